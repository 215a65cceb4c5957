import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cdaOf, startDmpSample, uniqueIdOf, workOf, type DmpSample } from '../../test/samples/dmp.ts';
import type { Sending, Work } from '../../src/deliver/connector.ts';
import { maskedToProfessionals } from '../../src/formats/xds/visibility.ts';
import type { Actor, DmpContent, Frozen } from './content.ts';
import type { Exchange } from './exchange.ts';
import { presence } from './presence.ts';
import { openSigner } from './signer.ts';
import { targetOf, type Asking } from './registry.ts';

let sample: DmpSample;
beforeAll(async () => { sample = await startDmpSample(); });
beforeEach(() => { sample.simulator.reset(); });
afterAll(async () => { await sample.close(); });

const signal = (): AbortSignal => AbortSignal.timeout(10_000);
const contentOf = (work: Work): DmpContent => work.content as unknown as DmpContent;
const submit = (n: number) => sample.deliver(workOf('submit', cdaOf(n)), cdaOf(n));
const statusOf = (n: number): string[] => sample.simulator.entries().filter((one) => one.uniqueId === uniqueIdOf(n)).map(({ status }) => status.replace(/.*:/, ''));
const transactions = (): string[] => sample.simulator.arrived().map((one) => one.transaction);

const masked = (work: Work): Work => ({
  ...work, content: { ...work.content, entries: contentOf(work).entries.map(({ name, entry }) => ({ name, entry: { ...entry, confidentialityCode: [...entry.confidentialityCode, maskedToProfessionals] } })) },
});
/** Documents 1 and 2 as one lot. */
function pair(action: DmpContent['action']): Work {
  const [one, two] = [workOf(action, cdaOf(1)), workOf(action, cdaOf(2))];
  const kept = (work: Work) => work.documents.get('document-1') ?? { size: 0, sha1: '' };
  return { ...one, content: { ...one.content, entries: [...contentOf(one).entries, ...contentOf(two).entries.map(({ entry }) => ({ name: 'document-2', entry }))] }, documents: new Map([['document-1', kept(one)], ['document-2', kept(two)]]) };
}
async function pairSent(): Promise<Sending> {
  const work = pair('submit');
  const sending = sample.sending(work, Buffer.alloc(0), await sample.resolved(work));
  const body = Buffer.concat([sending.envelope.steps[0]?.body[0] as Uint8Array, cdaOf(1), cdaOf(2)]);
  return { ...sending, body: () => Promise.resolve(body) };
}

describe('the same document with another visibility', () => {
  test('sent again masked: refused as such, never taken for delivered', async () => {
    await submit(1);
    const work = masked(workOf('submit', cdaOf(1)));
    const sending = sample.sending(work, cdaOf(1), await sample.resolved(work));
    sample.simulator.scenario({ kind: 'error', code: 'XDSDuplicateUniqueIdInRegistry', on: 'TD2.1' });
    expect(await sample.connector.send(sending, signal())).toMatchObject({ kind: 'refused', fault: 'dmp.other-visibility' });
    expect(await sample.connector.lookup(sending, signal())).toMatchObject({ receipt: { kind: 'refused', fault: 'dmp.other-visibility' } });
  });
  test('sent again unmasked, as masked it stands', async () => {
    await sample.deliver(masked(workOf('submit', cdaOf(1))), cdaOf(1));
    const work = workOf('submit', cdaOf(1));
    expect(await sample.connector.lookup(sample.sending(work, cdaOf(1), await sample.resolved(work)), signal())).toMatchObject({ receipt: { fault: 'dmp.other-visibility' } });
  });
});

describe('a lot of two documents', () => {
  test('is resolved, sent and found whole', async () => {
    const sending = await pairSent();
    expect(await sample.connector.send(sending, signal())).toMatchObject({ kind: 'delivered' });
    expect(await sample.connector.lookup(sending, signal())).toBe('found');
  });
  test('half of it in the record already: held, neither delivered nor refused', async () => {
    await submit(1);
    const sending = await pairSent();
    expect(await sample.connector.lookup(sending, signal())).toMatchObject({ receipt: { kind: 'held', fault: 'dmp.half-stored' } });
    sample.simulator.scenario({ kind: 'error', code: 'XDSDuplicateUniqueIdInRegistry', on: 'TD2.1' });
    expect(await sample.connector.send(sending, signal())).toMatchObject({ kind: 'held', fault: 'dmp.half-stored' });
  });
  test('a deletion passes over the half that is gone', async () => {
    await submit(1);
    await submit(2);
    sample.simulator.thirdParty(uniqueIdOf(1), 'delete');
    expect(await sample.deliver(pair('delete'), Buffer.alloc(0))).toMatchObject({ kind: 'delivered' });
    expect([statusOf(1), statusOf(2)]).toEqual([['Deleted'], ['Deleted']]);
  });
});

describe('a PartialSuccess', () => {
  test('of what the record has whole is delivered, with the warning', async () => {
    sample.simulator.scenario({ kind: 'partial' });
    expect(await submit(1)).toMatchObject({ kind: 'delivered', warnings: ['dmp.warning'], raw: expect.stringContaining('PartialSuccess XDSExtraMetadataNotSaved') });
    expect(transactions()).toEqual(['TD2.1', 'TD3.1b', 'TD3.1b']);
  });
  test('of what it does not show is held', async () => {
    sample.simulator.scenario({ kind: 'partial' });
    const work = workOf('submit', cdaOf(1));
    const sending = sample.sending(work, cdaOf(1), await sample.resolved(work));
    const asked = { ...sample.connect({}) };
    sample.simulator.scenario({ kind: 'error', code: 'XDSStoredQueryMissingParam', on: 'TD3.1b' });
    expect(await asked.send(sending, signal())).toMatchObject({ kind: 'held', fault: 'dmp.query-refused' });
  });
});

describe('a deletion', () => {
  test('whose target went between two askings is done', async () => {
    await submit(1);
    const work = workOf('delete', cdaOf(1));
    const answers = await sample.resolved(work);
    sample.simulator.thirdParty(uniqueIdOf(1), 'delete');
    expect(await sample.connector.resolve?.(work, signal(), { ...answers })).toEqual({ receipt: { kind: 'delivered', duplicate: true } });
    expect(await sample.connector.lookup(sample.sending(work, Buffer.alloc(0), answers), signal())).toBe('found');
  });
  test('that named no target was never sent', async () => {
    await submit(1);
    const work = workOf('delete', cdaOf(1));
    const answers = { ...await sample.resolved(work), targets: {} };
    expect(await sample.connector.lookup(sample.sending(work, Buffer.alloc(0), answers), signal())).toBe('absent');
  });
});

test('a question that the DMP refuses is left to a person, with its words; not asked for ever', async () => {
  await submit(1);
  const work = workOf('submit', cdaOf(1));
  const sending = sample.sending(work, cdaOf(1), await sample.resolved(work));
  sample.simulator.scenario({ kind: 'error', code: 'XDSStoredQueryMissingParam', on: 'TD3.1b' });
  expect(await sample.connector.lookup(sending, signal())).toMatchObject({ receipt: { kind: 'held', fault: 'dmp.query-refused', raw: expect.stringContaining('XDSStoredQueryMissingParam') } });
  sample.simulator.scenario({ kind: 'http', status: 502, on: 'TD3.1b' });
  expect(await sample.connector.lookup(sending, signal())).toBe('unknown');
});

test('a second replacement of what is replaced already is held: the document exists, and no version of it stands', async () => {
  await submit(1);
  await sample.deliver(workOf('replace', cdaOf(1, 2, 1)), cdaOf(1, 2, 1));
  const work = workOf('replace', cdaOf(1, 3, 1));
  const answers = await sample.resolved(work);
  expect(await sample.connector.send(sample.sending(work, cdaOf(1, 3, 1), answers), signal())).toMatchObject({ kind: 'held', stale: true });
  expect(await sample.connector.resolve?.(work, signal(), { ...answers })).toEqual({ receipt: { kind: 'held', fault: 'dmp.target-changed', args: ['Deprecated'] } });
});

/** A DMP that gives this body to every question. */
function answering(body: string, root: string): Exchange {
  return { call: () => Promise.resolve({ status: 200, retryAfterMs: null, message: { action: '', relatesTo: '', body, fault: null }, root: Buffer.from(root), why: '' }), reach: () => Promise.resolve(), skew: () => null, certificate: openSigner(sample.config.signature, 'dmp').certificate, close: () => Promise.resolve() };
}
const query = 'urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0', rs = 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0', success = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success';
interface Shown { readonly uniqueId?: string; readonly patientId?: string; readonly status?: string; readonly hash?: string }
const leaf = ({ uniqueId = uniqueIdOf(1), patientId = '279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH^^20100907', status = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved', hash = '' }: Shown): string =>
  `<query:AdhocQueryResponse xmlns:query="${query}" status="${success}"><rim:RegistryObjectList xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:ObjectRef id="urn:uuid:x"/><rim:ExtrinsicObject id="urn:uuid:x" status="${status}">`
  + (hash === '' ? '' : `<rim:Slot name="hash"><rim:ValueList><rim:Value>${hash}</rim:Value></rim:ValueList></rim:Slot><rim:Slot name="size"><rim:ValueList><rim:Value>${cdaOf(1).length}</rim:Value></rim:ValueList></rim:Slot>`)
  + `<rim:ExternalIdentifier identificationScheme="urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427" value="${patientId}"/><rim:ExternalIdentifier identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab" value="${uniqueId}"/></rim:ExtrinsicObject></rim:RegistryObjectList></query:AdhocQueryResponse>`;
const asked = (exchange: Exchange): Asking => ({ exchange, actor: { patientId: contentOf(workOf('submit', cdaOf(1))).entries[0]?.entry.patientId ?? '' } as Actor, judging: { config: sample.config, attempt: 1, hide: (text) => text }, signal: signal() });
const frozen = (action: DmpContent['action']): Frozen => ({ action, documents: contentOf(workOf(action, cdaOf(1))).entries.map(({ entry }) => ({ id: 'Document01', entry })) } as unknown as Frozen);
const hash = (): string => contentOf(workOf('submit', cdaOf(1))).entries[0]?.entry.hash ?? '';

describe('what is not the answer to the question', () => {
  const showing = (shown: Shown) => presence(asked(answering(`{${query}}AdhocQueryResponse`, leaf(shown))), frozen('submit'), {});
  test('the very document is found, whatever the DMP adds to its INS', async () => { expect(await showing({ hash: hash() })).toEqual({ kind: 'found' }); });
  test.each([
    ['another patient’s', { patientId: '185057512345678^^^&amp;1.2.250.1.213.1.4.8&amp;ISO^NH' }, 'dmp.other-patient'],
    ['without hash and size', { hash: '' }, 'dmp.not-comparable'], ['deleted', { status: 'urn:asip:ci-sis:2010:StatusType:Deleted' }, 'dmp.not-comparable'], ['another document', { uniqueId: '9.9.9' }, 'dmp.not-comparable'],
  ] as const)('a document that is %s is not found', async (_, shown, fault) => {
    expect(await showing({ hash: hash(), ...shown })).toMatchObject({ kind: 'receipt', receipt: { kind: 'held', fault } });
  });
  test('a RegistryResponse answers no question', async () => {
    const exchange = answering(`{${rs}}RegistryResponse`, `<rs:RegistryResponse xmlns:rs="${rs}" status="${success}"/>`);
    expect(await presence(asked(exchange), frozen('delete'), { [uniqueIdOf(1)]: { entryUuid: 'urn:uuid:x', status: '' } })).toMatchObject({ receipt: { kind: 'unknown', fault: 'dmp.not-understood' } });
  });
  test('an entry of another patient or document is no target', async () => {
    const target = (shown: Shown) => targetOf(asked(answering(`{${query}}AdhocQueryResponse`, leaf(shown))), uniqueIdOf(1), true);
    expect(await target({})).toMatchObject({ target: { entryUuid: 'urn:uuid:x' } });
    expect(await target({ patientId: '185057512345678^^^&amp;1.2.250.1.213.1.4.8&amp;ISO^NH' })).toMatchObject({ receipt: { kind: 'held', fault: 'dmp.other-patient' } });
    expect(await target({ status: 'urn:asip:ci-sis:2010:StatusType:Deleted' })).toEqual({ none: 'gone' });
  });
});
