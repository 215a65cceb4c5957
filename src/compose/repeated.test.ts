import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { delivery, newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { withCda } from '../../test/samples/region.ts';
import { outcomeTold } from '../acknowledge/deliveries.ts';
import type { Accept } from '../intake/accept.ts';
import { Unplanned } from '../intake/unplanned.ts';
import type { DeliveryFull, Journal } from '../journal/journal.ts';
import { newKeyRing, parseKeyRing } from '../journal/keys.ts';
import { openSqliteFacts, type SqliteFacts } from '../journal/sqlite/facts-reader.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { createPlanner } from '../planner.ts';
import type { PlanJob } from '../workers/jobs.ts';
import { encodePlan } from '../workers/plan-codec.ts';
import { composeAcceptance } from './acceptance.ts';
import { withoutRepeats } from './repeated.ts';

// Exactly once at document level, over the real stages and journal: bytes in, what is planned to go out.

const destination = (id: string, system: 'dmp' | 'mssante' | 'regional' | 'hl7v2') => ({ id, system, production: false, enabled: true, connected: true, deadlineDays: 1 });
const planner = createPlanner({
  destinations: [destination('dmp', 'dmp'), destination('mail', 'mssante'), destination('region', 'regional'), destination('answers', 'hl7v2')],
  rules: [{ name: 'documents', when: { carries: 'document' }, to: ['region'] }],
}, { profiles: [], check: null }, new Map(), 'test');
const source = { id: 'lab', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: 'answers', establishment: null, unknownConsent: 'follow' as const };

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/hl7v2/volet/${name}/in.hl7`, import.meta.url), 'utf8');
const as = (controlId: string, text: string): string => text.replace(/\|VOL\d{4}\|/, `|${controlId}|`);
/** The same message about somebody else, in PID and in the CDA. */
function ofAnother(text: string): string {
  const thirteen = '2790351215190';
  const other = (one: string) => one.replaceAll('279035121518989', thirteen + String(97n - (BigInt(thirteen) % 97n)).padStart(2, '0')).replaceAll('4100027', '4100099');
  return other(text).replace(/\^Base64\^([A-Za-z0-9+/=]+)/g, (_, cda: string) => `^Base64^${Buffer.from(other(Buffer.from(cda, 'base64').toString('utf8'))).toString('base64')}`);
}

let folder: string;
let journal: Journal;
let facts: SqliteFacts;
let accept: Accept;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-repeated-'));
  const keys = parseKeyRing(newKeyRing());
  journal = await openSqliteJournal({ folder, keys, clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  facts = openSqliteFacts({ folder, keys });
  accept = composeAcceptance({
    journal, clock: Date.now, unplanned: new Unplanned(), stageBudgetMs: 60_000, planned: () => undefined, crashPoint: () => undefined, log: () => undefined,
    pool: {
      waiting: 0, close: () => Promise.resolve(),
      run: ({ payload }) => {
        const job = payload as PlanJob;
        const { plan, outcome } = planner.plan({ ...job, source: { ...source, id: job.source } }, (asked) => facts.facts(asked));
        return Promise.resolve(encodePlan({ plan, findings: outcome.findings.map((one) => one.code), repeats: outcome.repeats }));
      },
    },
  });
});
afterEach(async () => { facts.close(); await journal.close(); rmSync(folder, { recursive: true, force: true }); });

async function send(text: string, from = source): Promise<{ answer: string; deliveries: readonly DeliveryFull[] }> {
  const { bytes, trace } = await accept({ bytes: Buffer.from(text), source: from, receivedAt: Date.now(), via: 'mllp', stream: text.slice(0, 120) });
  const heads = (await journal.message({ trace }))?.deliveries ?? [];
  const deliveries = (await Promise.all(heads.map(({ id }) => journal.delivery(id)))).filter((one) => one !== null);
  return { answer: Buffer.from(bytes ?? []).toString(), deliveries };
}
const where = (deliveries: readonly DeliveryFull[]): string[] => deliveries.map(({ destination: id, planned: { recipient, headers } }) => `${id} ${recipient ?? (headers as { 'OBX-4'?: string })['OBX-4'] ?? ''}`.trim()).sort();
async function settle(deliveries: readonly DeliveryFull[], state: 'delivered' | 'refused', delivered = 'deliver.delivered'): Promise<void> {
  for (const { id, state: now } of deliveries) {
    if (now !== 'waiting') continue;
    await journal.begin([id], 1);
    await journal.settle(id, { at: 1, receipt: state === 'delivered' ? { kind: state } : { kind: state, fault: 'deliver.deadline' }, next: { state }, reason: state === 'delivered' ? delivered : 'deliver.deadline' }, []);
  }
}
const oru = fixture('oru-initial');

describe('a document that comes again under another control id', () => {
  it('is not sent again where it went, and the new message is answered as itself', async () => {
    const first = await send(as('A', oru));
    expect(where(first.deliveries).map((one) => one.split(' ')[0])).toEqual(['dmp', 'mail', 'mail', 'region']);
    await settle(first.deliveries, 'delivered');
    const again = await send(as('B', oru));
    expect(again.answer).toContain('MSA|AA|B');
    const gone = first.deliveries.filter(({ state }) => state === 'waiting').length;
    expect(gone).toBeGreaterThan(1);
    expect(new Set(where(again.deliveries))).toEqual(new Set(['answers B']));
    const ids = again.deliveries.map(({ planned }) => planned.headers['MSH-10']);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('is not said to be received where no notice came of its mail', async () => {
    const first = await send(as('A', oru));
    await settle(first.deliveries.filter(({ destination: id }) => id === 'mail'), 'delivered', 'deliver.no-notice');
    await settle(first.deliveries.filter(({ destination: id }) => id !== 'mail'), 'delivered');
    const told = (await send(as('B', oru))).deliveries.map(({ planned }) => planned.headers['MSH-9']);
    expect(told).toEqual(['ZAM^Z01^ZAM_Z01']);
  });
  it('is not sent again where it is still on its way; its sender is to be told how that ends', async () => {
    const first = await send(as('A', oru));
    expect((await send(as('B', oru))).deliveries).toEqual([]);
    const owed = async (): Promise<string[][]> => Promise.all(first.deliveries.map(async ({ id, destination: at }) => [at, ...((await journal.delivery(id))?.askers ?? []).map(({ answer }) => (answer as { controlId: string }).controlId)]));
    expect((await owed()).sort()).toEqual([['dmp', 'B'], ['mail', 'B'], ['mail', 'B'], ['region']]);
    await send(as('C', oru));
    const dmp = await journal.delivery(first.deliveries.find((one) => one.destination === 'dmp')?.id ?? 0);
    const told = outcomeTold(dmp!, { kind: 'delivered' }, 1).map(({ delivery: { headers }, seq }) => [headers['OBX-4'], headers['OBX-5'], seq ?? dmp?.seq]);
    expect(told.map(([name, yes]) => [name, yes])).toEqual([['A', 'Y'], ['B', 'Y'], ['C', 'Y']]);
    expect(new Set(told.map(([, , seq]) => seq)).size).toBe(3);
  });
  it('is answered with what is known of its reading, and with the notices that come later', async () => {
    const read = oru.replace(/\|ACK_LECTURE_MSS\^([^|]*)\|\|N/, '|ACK_LECTURE_MSS^$1||Y');
    expect(read === oru).toBe(false);
    const first = await send(as('A', read));
    for (const one of first.deliveries) await settle([one], 'delivered', one.destination === 'mail' ? 'notice.read' : 'deliver.delivered');
    const again = await send(as('B', read));
    const mails = first.deliveries.filter((one) => one.destination === 'mail').length;
    expect(again.deliveries.map(({ planned }) => planned.headers['MSH-9']).filter((one) => one === 'ZAM^Z03^ZAM_Z01')).toHaveLength(mails);
    for (const { id, destination: at } of first.deliveries) expect((await journal.delivery(id))?.askers.length).toBe(at === 'mail' ? 1 : 0);
  });
  it('is sent where the first sending was refused, once', async () => {
    const first = await send(as('A', oru));
    const open = first.deliveries.filter(({ state }) => state === 'waiting');
    await settle(open, 'refused');
    const second = await send(as('B', oru));
    expect(where(second.deliveries)).toEqual(where(open));
    expect((await send(as('C', oru))).deliveries).toEqual([]);
  });
  it('is sent to a recipient who did not have it, and under flags that hide it otherwise', async () => {
    await send(as('A', oru));
    const other = oru.replace(/(PRT\|\|UC\|\|RCT\^[^\r]*X\.400\^)helene/, '$1autre');
    expect(other).not.toBe(oru);
    expect(where((await send(as('B', other))).deliveries)).toEqual([expect.stringMatching(/^mail autre/)]);
    const masked = oru.replace('|MASQUE_PS^Masqué aux professionnels de Santé^MetaDMPMSS||N^^', '|MASQUE_PS^Masqué aux professionnels de Santé^MetaDMPMSS||Y^^');
    expect(masked).not.toBe(oru);
    const { deliveries } = await send(as('C', masked));
    expect(where(deliveries)).toEqual(['dmp', 'region']);
    // The region keeps what it was told first: a person sees to it.
    const region = deliveries.find(({ destination: id }) => id === 'region');
    expect([region?.state, region?.reason, region?.envelope]).toEqual(['held', 'facts.document-shown-otherwise', null]);
    expect(where((await send(as('D', masked))).deliveries)).toEqual([]);
  });
  it('is sent to whom the directory is asked for, other than the one who had it', async () => {
    const mail = (rpps: string) => delivery({ destination: 'mail', system: 'mssante', recipient: null, content: { wanted: { rpps, structure: '', name: '' } } });
    const { seq } = await journal.accept(newMessage('A'), newPlan({ deliveries: [mail('899700218912')] }));
    const plan = newPlan({ deliveries: [mail('899700218912'), mail('899700218920')] });
    const { deliveries } = await withoutRepeats(journal, plan, { documents: [[seq]], more: false }, { trace: 'B', receivedAt: 1 });
    expect(deliveries.map(({ content }) => (content as { wanted: { rpps: string } }).wanted.rpps)).toEqual(['899700218920']);
  });
  it('goes once when both messages come together, on two connections', async () => {
    const both = await Promise.all([send(as('A', oru)), send(as('B', oru))]);
    expect(both.map(({ answer }) => answer.includes('MSA|AA'))).toEqual([true, true]);
    expect(where(both.flatMap(({ deliveries }) => deliveries)).filter((one) => one === 'dmp' || one === 'region')).toEqual(['dmp', 'region']);
  });
});

describe('a document that is replaced or deleted', () => {
  const [initial, replacement, deletion] = [fixture('mdm-initial'), fixture('mdm-remplacement'), fixture('mdm-suppression')];
  it('is so by its own source, for its own patient', async () => {
    for (const text of [initial, replacement, deletion]) expect((await send(text)).answer).toContain('MSA|AA');
  });
  it('goes as a pair when it is one: each with its id', async () => {
    const { deliveries } = await send(fixture('oru-n1-n3'));
    const content = deliveries.find(({ destination: id }) => id === 'region')?.planned.content as { documents: { uniqueId: string }[] };
    expect(new Set(content.documents.map(({ uniqueId }) => uniqueId)).size).toBe(2);
  });
  it.each([['replacement', replacement, initial], ['deletion', deletion, replacement]])('is taken though its %s came first, and goes only where that one waits', async (_, first, second) => {
    const before = await send(first);
    expect(before.answer).toContain('MSA|AA');
    const { answer, deliveries } = await send(second);
    expect(answer).toContain('MSA|AA');
    const rows = deliveries.filter(({ planned }) => planned.series.length > 0);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every(({ planned }) => planned.gate.overtaken === true)).toBe(true);
    const [dmp, named] = [before.deliveries, deliveries].map((all) => all.find((one) => one.destination === 'dmp'));
    expect(named?.planned.series).toEqual(dmp?.planned.gate.after);
  });
  it('is refused when what came first is another patient’s or another source’s', async () => {
    await send(ofAnother(replacement));
    expect((await send(initial)).answer).toMatch(/MSA\|AE\|.*facts\.document-replaced/s);
    await send(as('Z', deletion), { ...source, id: 'stranger' });
    expect((await send(replacement)).answer).toMatch(/MSA\|AE\|/s);
  });
  it.each([['deleted', deletion, '31.2'], ['replaced', replacement, '31.1']])('waits for the pair it is in, when either half of it is %s', async (_, text, named) => {
    const { deliveries: pair } = await send(fixture('oru-n1-n3'));
    for (const half of ['26.2', '26.1']) {
      const naming = (one: string): string => one.replaceAll(`1.2.250.1.999.1.1.7.${named}`, `1.2.250.1.999.1.1.7.${half}`).replaceAll('1.2.250.1.999.1.1.7.31.2', `1.2.250.1.999.1.1.7.99.${half}`);
      const { answer, deliveries } = await send(as(`D${half}`, naming(withCda(Buffer.from(text), naming).toString())));
      expect(answer).toContain(`MSA|AA|D${half}`);
      for (const destination of ['dmp', 'region']) {
        const [first, later] = [pair, deliveries].map((all) => all.find((one) => one.destination === destination));
        expect(await journal.unfinished(destination, null, later?.planned.gate.after ?? [], later?.id ?? 0)).toContain(first?.id);
      }
    }
  });
  it('is not another patient’s: 904', async () => {
    await send(initial);
    expect((await send(as('X', ofAnother(replacement)))).answer).toMatch(/MSA\|AE\|X\r.*\|207\^.*\|E\|904\^.*facts\.document-other-patient/s);
    await send(replacement);
    const { answer, deliveries } = await send(as('Y', ofAnother(deletion)));
    expect(answer).toMatch(/MSA\|AE\|Y\r.*\|E\|904\^/s);
    expect(deliveries).toEqual([]);
  });
  it('is not another source’s: 901', async () => {
    const stranger = { ...source, id: 'stranger' };
    await send(initial);
    expect((await send(replacement, stranger)).answer).toMatch(/MSA\|AE\|VOL\d+\r.*\|207\^.*\|E\|901\^.*facts\.document-other-source/s);
    await send(replacement);
    expect((await send(deletion, stranger)).answer).toMatch(/MSA\|AE\|.*\|E\|901\^/s);
  });
});
