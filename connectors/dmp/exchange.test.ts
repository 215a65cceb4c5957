import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testPki } from '../../src/sandbox/pki.ts';
import { maskedToProfessionals } from '../../src/formats/xds/visibility.ts';
import { open } from './connector.ts';
import type { DmpContent } from './content.ts';
import { openSigner } from './signer.ts';
import { cdaOf, now, startDmpSample, uniqueIdOf, workOf, type DmpSample } from '../../test/samples/dmp.ts';

let sample: DmpSample;
beforeAll(async () => { sample = await startDmpSample(); });
beforeEach(() => { sample.simulator.reset(); });
afterAll(async () => { await sample.close(); });

const signal = (): AbortSignal => AbortSignal.timeout(10_000);
const broken = (): string[] => sample.simulator.submissions().flatMap((one) => one.rules.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => `${one.transaction} ${id}`));
const submit = (n: number) => sample.deliver(workOf('submit', cdaOf(n)), cdaOf(n));
const replaceWork = (n: number) => workOf('replace', cdaOf(n, 2, 1));
const transactions = (): string[] => sample.simulator.arrived().map((one) => one.transaction);
const statusOf = (n: number, version: number): string[] => sample.simulator.entries().filter((one) => one.uniqueId === uniqueIdOf(n, version)).map(({ status }) => status.replace(/.*:/, ''));

describe('a document', () => {
  test('is delivered: no rule of the simulator is broken', async () => {
    expect(await submit(1)).toEqual({ kind: 'delivered', remoteId: expect.stringMatching(/^2\.25\.\d+$/) });
    expect([broken(), sample.simulator.report().stored]).toEqual([[], { documents: 1, lots: 1, versions: 2 }]);
    expect(transactions()).toEqual(['TD2.1']);
  });

  test('is replaced by its entryUUID, asked just before; then deleted', async () => {
    await submit(1);
    expect(await sample.deliver(replaceWork(1), cdaOf(1, 2, 1))).toMatchObject({ kind: 'delivered' });
    expect([statusOf(1, 1), statusOf(1, 2)]).toEqual([['Deprecated'], ['Approved']]);
    expect(await sample.deliver(workOf('delete', cdaOf(1, 2, 1)), Buffer.alloc(0))).toMatchObject({ kind: 'delivered' });
    expect(statusOf(1, 2)).toEqual(['Deleted']);
    expect([broken(), transactions()]).toEqual([[], ['TD2.1', 'TD3.1b', 'TD2.1', 'TD3.1b', 'TD3.3c']]);
  });

  test.each(['replace', 'delete'] as const)('that is not in the record: a %s sends nothing', async (action) => {
    const work = action === 'replace' ? replaceWork(1) : workOf('delete', cdaOf(1));
    expect(await sample.deliver(work, cdaOf(1))).toMatchObject({ kind: 'refused', fault: 'dmp.target-absent' });
    expect(transactions()).toEqual(['TD3.1b']);
  });

  // The record answers TD3.1b within the patient of the VIHF: one reference is of that patient, and needs no second question (dmp.md §9).
  test.each(['replace', 'delete'] as const)('that another patient has under the same id: a %s of ours touches nothing', async (action) => {
    const theirs = Buffer.from(cdaOf(1).toString('utf8').replaceAll('279035121518989', '185076322000111'));
    expect(await sample.deliver(workOf('submit', theirs), theirs)).toMatchObject({ kind: 'delivered' });
    expect(await sample.deliver(action === 'replace' ? replaceWork(1) : workOf('delete', cdaOf(1)), cdaOf(1, 2, 1))).toMatchObject({ kind: 'refused', fault: 'dmp.target-absent' });
    expect([statusOf(1, 1), transactions()]).toEqual([['Approved'], ['TD2.1', 'TD3.1b']]);
  });

  // Masked to professionals, it is still shown to the structure that sent it: a deletion in doubt is told as done only once it is.
  test('that nobody else may see: its deletion is asked for, and found done only when it is', async () => {
    const shown = workOf('submit', cdaOf(1));
    const entries = (shown.content as unknown as DmpContent).entries.map((one) => ({ ...one, entry: { ...one.entry, confidentialityCode: [...one.entry.confidentialityCode, maskedToProfessionals] } }));
    expect(await sample.deliver({ ...shown, content: { ...shown.content, entries } }, cdaOf(1))).toMatchObject({ kind: 'delivered' });
    const work = workOf('delete', cdaOf(1));
    const sending = sample.sending(work, Buffer.alloc(0), await sample.resolved(work));
    expect(await sample.connector.lookup(sending, signal())).toBe('absent');
    expect(await sample.connector.send(sending, signal())).toMatchObject({ kind: 'delivered' });
    expect([statusOf(1, 1), await sample.connector.lookup(sending, signal())]).toEqual([['Deleted'], 'found']);
  });

  test.each(['replace', 'delete', 'archive'] as const)('that someone else did %s between the question and the sending: stale, then as the record has it', async (change) => {
    await submit(1);
    const work = replaceWork(1);
    const answers = await sample.resolved(work);
    sample.simulator.thirdParty(uniqueIdOf(1), change);
    const receipt = await sample.connector.send(sample.sending(work, cdaOf(1, 2, 1), answers), signal());
    // Archived it can still be replaced; replaced or deleted by another, it is no more there.
    if (change === 'archive') { expect(receipt).toMatchObject({ kind: 'delivered' }); return; }
    expect(receipt).toMatchObject({ kind: 'held', fault: 'dmp.target-changed', stale: true });
    expect(await sample.connector.resolve?.(work, signal(), { ...answers })).toMatchObject({ receipt: { kind: 'held', fault: 'dmp.target-changed' } });
  });

  test('whose metadata another changed has a new entryUUID: asked anew, the same lot goes to it', async () => {
    await submit(1);
    const work = replaceWork(1);
    const answers = await sample.resolved(work);
    sample.simulator.thirdParty(uniqueIdOf(1), 'update');
    expect(await sample.connector.send(sample.sending(work, cdaOf(1, 2, 1), answers), signal())).toMatchObject({ kind: 'held', fault: 'dmp.target-changed', stale: true });
    const again = await sample.connector.resolve?.(work, signal(), { ...answers });
    if (again === undefined || !('answers' in again)) throw new Error('not resolved');
    expect(again.answers.lot).toEqual(answers.lot);
    expect(again.answers.targets).not.toEqual(answers.targets);
    expect(await sample.connector.send({ ...sample.sending(work, cdaOf(1, 2, 1), answers), answers: again.answers }, signal())).toMatchObject({ kind: 'delivered', remoteId: answers.lot.uniqueId });
  });

  test('sent again is the same lot and the same signature; MessageID and VIHF are fresh', async () => {
    const work = workOf('submit', cdaOf(1));
    const answers = await sample.resolved(work);
    sample.simulator.scenario({ kind: 'reset-after-body' });
    expect(await sample.connector.send(sample.sending(work, cdaOf(1), answers), signal())).toMatchObject({ kind: 'unknown', fault: 'dmp.no-answer' });
    expect(await sample.connector.lookup(sample.sending(work, cdaOf(1), answers, 2), signal())).toBe('absent');
    expect(await sample.connector.send(sample.sending(work, cdaOf(1), answers, 2), signal())).toMatchObject({ kind: 'delivered' });
    const [first, second] = sample.simulator.arrived().filter((one) => one.transaction === 'TD2.1').map(({ body }) => body.toString('utf8'));
    const part = (text = '', pattern: RegExp) => pattern.exec(text)?.[1];
    for (const pattern of [/(<lcm:SubmitObjectsRequest.*<\/lcm:SubmitObjectsRequest>)/s, /(<ds:Signature xmlns:ds="[^"]*" Id.*<\/ds:Signature>)/s]) {
      expect(part(first, pattern)).toBeDefined();
      expect(part(first, pattern)).toBe(part(second, pattern));
    }
    for (const pattern of [/<wsa:MessageID[^>]*>([^<]*)/, / ID="([^"]*)"/]) expect(part(first, pattern)).not.toBe(part(second, pattern));
    expect(broken()).toEqual([]);
  });
});

describe('what the DMP may have already', () => {
  test('success lost before the answer: found, by uniqueId, hash and size', async () => {
    const work = workOf('submit', cdaOf(1));
    const answers = await sample.resolved(work);
    sample.simulator.scenario({ kind: 'answer-lost' });
    expect(await sample.connector.send(sample.sending(work, cdaOf(1), answers), signal())).toMatchObject({ kind: 'unknown' });
    expect(await sample.connector.lookup(sample.sending(work, cdaOf(1), answers, 2), signal())).toBe('found');
    expect(transactions()).toEqual(['TD2.1', 'TD3.1b', 'TD3.1b']);
  });

  test('an answer cut in its middle is unknown, not a refusal', async () => {
    sample.simulator.scenario({ kind: 'truncated' });
    expect(await submit(1)).toMatchObject({ kind: 'unknown', fault: 'dmp.not-understood', raw: 'HTTP 200, soap.mime-truncated' });
  });

  test('a deletion is there once no version stands', async () => {
    await submit(1);
    const work = workOf('delete', cdaOf(1));
    const sending = sample.sending(work, Buffer.alloc(0), await sample.resolved(work));
    expect(await sample.connector.lookup(sending, signal())).toBe('absent');
    await sample.connector.send(sending, signal());
    expect(await sample.connector.lookup(sending, signal())).toBe('found');
  });

  test('the same lot twice: a duplicate that is ours is delivered; another content under the id is refused', async () => {
    const work = workOf('submit', cdaOf(1));
    const sending = sample.sending(work, cdaOf(1), await sample.resolved(work));
    await sample.connector.send(sending, signal());
    sample.simulator.scenario({ kind: 'error', code: 'XDSDuplicateUniqueIdInRegistry', on: 'TD2.1' });
    expect(await sample.connector.send(sending, signal())).toMatchObject({ kind: 'delivered', duplicate: true });
    sample.simulator.scenario({ kind: 'error', code: 'XDSDuplicateUniqueIdInRegistry', on: 'TD2.1' });
    expect(await submit(2)).toMatchObject({ kind: 'refused', fault: 'dmp.duplicate', args: ['XDSDuplicateUniqueIdInRegistry'] });
    const other = Buffer.from(cdaOf(1).toString().replace('UsOpc3', 'UsOpc4'));
    expect(await sample.deliver(workOf('submit', other), other)).toMatchObject({ kind: 'refused', fault: 'dmp.non-identical' });
  });
});

describe('before anything is sent', () => {
  test.each([['closed', 'DMPClosed'], ['absent', 'DMP_NOT_EXISTS']] as const)('a record that is %s, when the settings ask', async (status, code) => {
    sample.simulator.dmp('279035121518989', status);
    const asking = sample.connect({ existence: 'before-sending' });
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), asking)).toMatchObject({ kind: 'refused', fault: 'dmp.patient', remote: { code } });
    expect(transactions()).toEqual(['TD0.2']);
    sample.simulator.reset();
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), asking)).toMatchObject({ kind: 'delivered' });
    expect([transactions(), broken()]).toEqual([['TD0.2', 'TD2.1'], []]);
  });

  test('a structure that the certificates do not speak for is left to a person', async () => {
    const organization = { name: 'Autre', id: '1990000019', type: 'FINEG', authority: '1.2.250.1.71.4.2.2' };
    const work = workOf('submit', cdaOf(1), { sender: { person: null, organization, device: 'AUTOMATE' } });
    expect(await sample.deliver(work, cdaOf(1))).toMatchObject({ kind: 'held', fault: 'dmp.structure', args: ['1990000019'] });
    expect(transactions()).toEqual([]);
    expect(await sample.resolved(work, sample.connect({ structure: { id: '1990000001', name: 'x', also: ['1990000019'] } }))).toMatchObject({ targets: {} });
  });

  test('a lot of which no author is of the VIHF’s structure is left to a person', async () => {
    const work = workOf('submit', cdaOf(1));
    const { entries } = work.content as unknown as DmpContent;
    const strangers = entries.map(({ name, entry }) => ({ name, entry: { ...entry, authors: entry.authors.map((author) => ({ ...author, institutions: ['AUTRE^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1770000001'] })) } }));
    expect(await sample.deliver({ ...work, content: { ...work.content, entries: strangers } }, cdaOf(1))).toEqual({ kind: 'held', fault: 'dmp.author-structure', args: ['1990000001'] });
    expect(transactions()).toEqual([]);
  });

  test.each(['submit', 'delete'] as const)('a value that no XML can carry: a %s is refused by its place, and the destination goes on', async (action) => {
    const sender = { person: { id: '801234534765', family: 'CAMP\u0001ARINI', given: 'Marcel', authority: '', type: 'IDNPS' }, organization: null, device: '' };
    expect(await sample.deliver(workOf(action, cdaOf(1), { sender }), cdaOf(1))).toEqual({ kind: 'refused', fault: 'dmp.not-xml-text', args: ['sender.person.family'] });
    expect(transactions()).toEqual([]);
  });

  test('a question without an answer leaves no doubt: nothing was sent', async () => {
    await submit(1);
    for (const scenario of [{ kind: 'reset-after-body' }, { kind: 'truncated' }, { kind: 'http', status: 503 }, { kind: 'http', status: 502 }] as const) {
      sample.simulator.scenario({ ...scenario, on: 'TD3.1b' });
      expect(await sample.deliver(replaceWork(1), cdaOf(1, 2, 1))).toMatchObject({ kind: 'busy', fault: 'dmp.question-unanswered' });
    }
  });

  test('a defect of ours is not told as the DMP’s', async () => {
    await expect(sample.connector.resolve?.({ ...workOf('submit', cdaOf(1)), content: {} }, signal(), null)).rejects.toThrow(TypeError);
    const work = workOf('submit', cdaOf(1));
    const sending = sample.sending(work, cdaOf(1), await sample.resolved(work));
    await expect(sample.connector.send({ ...sending, body: () => Promise.reject(new Error('gone')) }, signal())).rejects.toThrow('gone');
  });

  test('a document over the limits, and one that is no XML, are refused', async () => {
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), sample.connect({ limits: { maxDocumentBytes: 1024 } }))).toMatchObject({ kind: 'refused', fault: 'dmp.too-large' });
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), sample.connect({ limits: { maxLotBytes: 1024 } }))).toMatchObject({ kind: 'refused', fault: 'dmp.too-large' });
    const work = workOf('submit', cdaOf(1));
    expect(await sample.deliver(work, Buffer.alloc(cdaOf(1).length, 'x'))).toMatchObject({ kind: 'refused', fault: 'dmp.not-xml' });
    expect(transactions()).toEqual([]);
  });
});

describe('who we are', () => {
  test('the check says both certificates’ days and, once the DMP has answered, the clock', async () => {
    expect(await sample.connect({}).check()).toEqual({ ok: true, text: 'DMP joint, écart d’horloge pas encore connu', english: 'DMP reached, clock skew not known yet' });
    await submit(1);
    // The simulator's HTTP server tells the machine's own time.
    expect(await sample.connector.check()).toMatchObject({ ok: false, text: expect.stringMatching(/^écart d’horloge \d+ s$/) });
    expect(await sample.connect({}, () => now + 340 * 86_400_000).check()).toMatchObject({ ok: true, text: expect.stringMatching(/ORG_AUTH_CLI expire dans 25 jours \(moins de 30\) ; ATTENTION, ORG_SIGN/) });
    expect(await sample.connect({}, () => now + 300 * 86_400_000).check()).not.toMatchObject({ text: expect.stringContaining('ATTENTION') });
    expect(await sample.connect({ structure: { id: '1990000019', name: 'x' } }).check()).toMatchObject({ ok: false, text: expect.stringMatching(/ORG_AUTH_CLI : sa structure \(OU 1990000001\).*ORG_SIGN/) });
    expect(await sample.connect({}, () => now + 400 * 86_400_000).check()).toMatchObject({ ok: false, text: expect.stringMatching(/hors de ses dates/) });
    expect(await sample.connect({ signature: { ...sample.config.signature, pfx: { file: join(sample.folder, 'DMP AUTH copy.p12') } } }).check()).toMatchObject({ ok: false, text: expect.stringMatching(/même certificat/) });
    expect(await sample.connect({ baseUrl: 'https://127.0.0.1:9' }).check()).toEqual({ ok: false, text: 'injoignable : vérifiez l’adresse, le réseau et le pare-feu (ECONNREFUSED)', english: 'cannot be reached: check the address, the network and the firewall (ECONNREFUSED)' });
  });

  test('a DMP of another authority is a setting to mend; so is a certificate that the DMP does not take', async () => {
    const stranger = testPki('Autre AC', now);
    const [ca, pfx] = [join(sample.folder, 'other-ca.pem'), join(sample.folder, 'other.p12')];
    writeFileSync(ca, stranger.ca);
    writeFileSync(pfx, stranger.pkcs12(stranger.issue('client', 'DMP AUTH', { structure: '1990000001' }), 'mot de passe secret'));
    const { authentication } = sample.config;
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), sample.connect({ authentication: { ...authentication, ca: { file: ca } } }))).toMatchObject({ kind: 'refused', fault: 'dmp.tls' });
    expect(await sample.connect({ authentication: { ...authentication, ca: { file: ca } } }).check()).toMatchObject({ ok: false });
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), sample.connect({ authentication: { ...authentication, pfx: { file: pfx } } }))).not.toMatchObject({ kind: 'delivered' });
    expect(transactions()).toEqual([]);
  });

  test('a key that does not sign is a setting to mend: nothing leaves', async () => {
    const { certificate } = openSigner(sample.config.signature, 'dmp');
    const connector = open(sample.config, { clock: () => now, ids: randomUUID, destination: 'dmp' }, { certificate, sign: () => Promise.reject(Object.assign(new Error('HSM'), { code: 'CKR_TOKEN_NOT_PRESENT' })) });
    try {
      expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), connector)).toEqual({ kind: 'refused', fault: 'dmp.signature', args: ['CKR_TOKEN_NOT_PRESENT'], raw: 'CKR_TOKEN_NOT_PRESENT' });
      expect(transactions()).toEqual([]);
    } finally { await connector.close(); }
  });

  test('a homologation number that cannot be read is told by its file; a missing target is never passed over', async () => {
    const without = sample.connect({ homologation: { file: join(sample.folder, 'gone') } });
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), without)).toMatchObject({ kind: 'refused', fault: 'config.file-unreadable', args: [join(sample.folder, 'gone'), 'ENOENT'] });
    await submit(1);
    const answers = await sample.resolved(replaceWork(1));
    await expect(sample.connector.send(sample.sending(replaceWork(1), cdaOf(1, 2, 1), { ...answers, targets: {} }), signal())).rejects.toThrow('without its target');
    expect(statusOf(1, 2)).toEqual([]);
  });

  test('a VIHF out of its time is a setting to mend', async () => {
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1), sample.connect({}, () => now - 3_600_000))).toMatchObject({ kind: 'refused', fault: 'dmp.security' });
  });
});
