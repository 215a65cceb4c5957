import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flatFileLines, whitelistXml } from '../simulator/directory-files.ts';
import { fictiveDirectory, finessOf, rppsOf } from '../simulator/directory-data.ts';
import { startDirectorySimulator, type DirectorySimulator } from '../simulator/directory.ts';
import { professionalMails } from '../../../src/route/mail.ts';
import { LastGood } from './last-good.ts';
import { Recipients, type RecipientsConfig } from './recipients.ts';
import { readWhitelist, whitelistRefusal, type Whitelist } from './whitelist.ts';
import { readFile } from 'node:fs/promises';

let folder: string;
let simulator: DirectorySimulator;
let alarms: string[];
const open: Recipients[] = [];
beforeEach(async () => { folder = mkdtempSync(join(tmpdir(), 'passerelle-recipients-')); simulator = await startDirectorySimulator({ apiKey: 'key' }); alarms = []; });
afterEach(async () => { await Promise.all(open.splice(0).map((one) => one.close())); await simulator.close(); rmSync(folder, { recursive: true, force: true }); });

const file = (name: string, text: string): { file: string } => { const path = join(folder, name); writeFileSync(path, text); return { file: path }; };
const none: RecipientsConfig = { directory: null, file: null, whitelist: null, download: null, refreshMinutes: 60, practice: false, services: {}, applications: {} };
const recipients = (over: Partial<RecipientsConfig>): Recipients => { const made = new Recipients({ ...none, ...over }, (fault, detail) => { alarms.push(`${fault} ${detail}`); }); open.push(made); return made; };
const api = () => ({ url: simulator.fhir, apiKey: file('key', 'key\n'), perSecond: 100 });
const flat = (size = 20) => file('annuaire.txt', [...flatFileLines(fictiveDirectory(size))].join(''));
const signal = AbortSignal.timeout(20_000);
const ask = (of: Recipients, rpps: string, structure = '', earlier: Record<string, unknown> | null = null) => of.resolve({ content: { to: null, audience: 'professional', wanted: { rpps, structure, name: '' } } }, signal, earlier);

describe('a recipient without an address', () => {
  test('is found in the file by the national form of the number too; the API is not asked', async () => {
    const found = recipients({ file: flat(), directory: api() });
    expect(await ask(found, `8${rppsOf(1)}`)).toMatchObject({ answers: { to: expect.stringMatching(/@medecin\.mssante\.test$/) as unknown, rule: 'person' } });
    expect(await ask(found, '', `1${finessOf(1)}`)).toMatchObject({ answers: { rule: 'structure' } });
    expect(simulator.requests).toEqual([]);
  });

  test('that the file does not know is asked of the API; that nobody knows is held, never guessed', async () => {
    const found = recipients({ file: flat(3), directory: api() });
    expect(await ask(found, rppsOf(12))).toMatchObject({ answers: { rule: 'person' } });
    expect(await ask(found, rppsOf(999))).toEqual({ receipt: { kind: 'held', fault: 'recipients.not-found' } });
    expect(await ask(found, '', '')).toEqual({ receipt: { kind: 'held', fault: 'recipients.unidentified' } });
    expect(await ask(recipients({ directory: api() }), rppsOf(9))).toEqual({ receipt: { kind: 'held', fault: 'recipients.gone' } });
  });

  test('waits when the directory says so, without a word against the operator', async () => {
    const found = recipients({ directory: api() });
    simulator.fail({ status: 429, retryAfter: '3', times: 1 });
    expect(await ask(found, rppsOf(1))).toEqual({ receipt: { kind: 'busy', aside: true, fault: 'recipients.directory-busy', raw: '429', retryAfterMs: 3000 } });
    simulator.fail({ status: 403, times: 1 });
    expect(await ask(found, rppsOf(1))).toMatchObject({ receipt: { kind: 'busy', aside: true, fault: 'recipients.directory-refused' } });
    expect(await ask(found, rppsOf(1))).toMatchObject({ answers: { rule: 'person' } });
  });

  test('keeps the mailbox it was found, and an address that the message gives is never looked up', async () => {
    const found = recipients({ directory: api() });
    expect(await ask(found, rppsOf(1), '', { to: 'first@x.mssante.test' })).toEqual({ answers: { to: 'first@x.mssante.test' } });
    expect(await found.resolve({ content: { to: 'given@x.mssante.test', audience: 'professional' } }, signal, null)).toEqual({ answers: {} });
    expect(simulator.requests).toEqual([]);
  });

  test('is a patient only by a qualified INS, and nobody where no directory is configured', async () => {
    expect(await recipients({ directory: api() }).resolve({ content: { to: null, audience: 'patient' } }, signal, null)).toEqual({ receipt: { kind: 'held', fault: 'recipients.patient-unqualified' } });
    expect(await ask(recipients({}), rppsOf(1))).toEqual({ receipt: { kind: 'held', fault: 'recipients.no-directory' } });
  });

  test('is written to within the trust space only', async () => {
    const trust = (domains: string[]) => file('blanche.xml', whitelistXml({ domains, date: '2026-11-20T04:00:00Z' }, ['truncated']));
    expect(await ask(recipients({ directory: api(), whitelist: trust(['MEDECIN.mssante.test']) }), rppsOf(1))).toMatchObject({ answers: { rule: 'person' } });
    rmSync(join(folder, 'blanche.xml.good'));
    expect(await ask(recipients({ directory: api(), whitelist: trust(['other.mssante.test']) }), rppsOf(1))).toEqual({ receipt: { kind: 'held', fault: 'recipients.outside-trust-space' } });
  });

  test('named by the message or by agreement is within it too; without a readable list nobody is, and it is said', async () => {
    const given = (of: Recipients, to: string) => of.resolve({ content: { to, audience: 'professional' } }, signal, null);
    const held = (fault: string) => ({ receipt: { kind: 'held', fault } });
    const inside = recipients({ whitelist: file('blanche.xml', whitelistXml({ domains: ['y.mssante.test'], date: '2026-11-20T04:00:00Z' })), applications: { [finessOf(1)]: 'app@x.mssante.test', [finessOf(2)]: 'app@Y.mssante.test' } });
    expect(await given(inside, 'a@Y.mssante.test')).toEqual({ answers: {} });
    expect(await given(inside, 'a@x.mssante.test')).toEqual(held('recipients.outside-trust-space'));
    expect(await ask(inside, '', finessOf(1))).toEqual(held('recipients.outside-trust-space'));
    expect(await ask(inside, '', finessOf(2))).toMatchObject({ answers: { rule: 'application' } });
    // Absent from published copies of the list.
    expect(await inside.outside('279035121518989@patient.mssante.fr')).toBeNull();
    const never = recipients({ directory: api(), whitelist: { file: join(folder, 'absent.xml') } });
    expect(await ask(never, rppsOf(1))).toEqual(held('recipients.no-trust-list'));
    expect(await given(never, 'a@y.mssante.test')).toEqual(held('recipients.no-trust-list'));
  });

  test('is still found when the file was replaced by a bad one: one alarm, and the last good one, over a restart too', async () => {
    const first = recipients({ file: flat() });
    expect(await ask(first, rppsOf(1))).toMatchObject({ answers: { rule: 'person' } });
    file('annuaire.txt', '<html>');
    const second = recipients({ file: { file: join(folder, 'annuaire.txt') } });
    expect(await ask(second, rppsOf(1))).toMatchObject({ answers: { rule: 'person' } });
    expect(alarms).toEqual(['recipients.file-unusable Type de BAL']);
    flat(3);
    expect(await ask(recipients({ file: { file: join(folder, 'annuaire.txt') } }), rppsOf(1))).toMatchObject({ answers: { rule: 'person' } });
    expect(alarms.at(-1)).toBe('recipients.file-shrunk ');
  });
});

describe('routing', () => {
  const input = (participants: readonly object[]) => [
    { reading: { format: 'unknown', identified: { processing: 'P' }, documents: [], findings: [] }, order: null, normalized: { identity: null }, facts: { upTo: 0, known: [] }, source: { id: 'lab', answersTo: null, unknownConsent: 'follow' }, receivedAt: 0, settings: { destinations: [], rules: [] } },
    { action: 'submit', recipients: participants, replyTo: '', patientCannotReply: false, flags: {}, mailBody: { professionals: null, patient: null }, patientClass: '', sender: null },
    { id: 'mail', system: 'mssante', production: false, enabled: true, connected: true, deadlineDays: 1 },
  ] as unknown as Parameters<typeof professionalMails>;

  test('gives who has no address a mail to be addressed later, once for each person and place; who has no number either none', () => {
    const person = { kind: 'professional', place: 'PRT[1]', address: '', person: { id: rppsOf(1) }, organization: { id: finessOf(1), name: 'Cabinet' } };
    const { rows } = professionalMails(...input([person, { ...person, place: 'PRT[2]' }, { ...person, address: 'a@x.mssante.test' }, { ...person, person: null, organization: null }, { ...person, kind: 'patient' }]));
    expect(rows.map(({ recipient, content }) => [recipient, content.wanted])).toEqual([[null, { person: true, application: false, rpps: rppsOf(1), structure: finessOf(1), name: 'Cabinet' }], ['a@x.mssante.test', undefined]]);
  });
});

describe('the last good list', () => {
  test('is looked for again when it is due; what is wrong is told once for each file', async () => {
    const path = join(folder, 'blanche.xml');
    const domains = ['a.mssante.test', 'b.mssante.test', 'c.mssante.test'];
    const publish = (date: string, faults: Parameters<typeof whitelistXml>[1] = []) => { writeFileSync(path, whitelistXml({ domains, date }, faults)); utimesSync(path, new Date(), new Date(statSync(path).mtimeMs + 1000)); };
    const list = new LastGood<Whitelist>(path, {
      read: async (from) => { const read = readWhitelist(await readFile(from)); if (read === null) throw new Error('no list'); return read; },
      refusal: whitelistRefusal, unreadable: 'recipients.whitelist-unreadable', close: () => Promise.resolve(),
    }, 1000, (fault) => { alarms.push(fault); });
    expect(await list.current(0)).toBeNull();
    expect(alarms).toEqual(['recipients.whitelist-unreadable']);
    publish('2026-11-20T04:00:00Z');
    expect((await list.current(1))?.domains.size).toBe(3);
    publish('2026-11-21T04:00:00Z', ['international']);
    expect((await list.current(500))?.domains.size).toBe(3);
    expect((await list.current(1500))?.domains.size).toBe(4);
    for (const [at, faults] of [[3000, ['older']], [4500, ['not-xml']], [6000, ['shrunk']]] as const) { publish('2026-11-22T04:00:00Z', faults); await list.current(at); await list.current(at + 1200); }
    expect((await list.current(9000))?.domains.size).toBe(4);
    expect(alarms.slice(1)).toEqual(['recipients.whitelist-older', 'recipients.whitelist-unreadable', 'recipients.whitelist-shrunk']);
  });
});
