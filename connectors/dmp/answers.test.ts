import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { cdaOf, startDmpSample, workOf, type DmpSample } from '../../test/samples/dmp.ts';
import { shared, whenShared } from '../../test/when-shared.ts';
import { catalogue } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { decide } from '../../src/deliver/outcome.ts';
import { judgeFault, judgeRegistry, judgeStatus, noAnswer, type Judging } from './answers.ts';
import { knownCodes } from './codes.ts';

let sample: DmpSample;
beforeAll(async () => { sample = await startDmpSample(); });
beforeEach(() => { sample.simulator.reset(); });
afterAll(async () => { await sample.close(); });

/** dmp.md §1.6, read from its table and not from ours: what a code must come to. */
const classes: readonly (readonly [pattern: RegExp, means: string])[] = [
  [/^XDSRegistryBusy$|^XDSRepositoryBusy$|^XDSRegistryNotAvailable$|OutOfResources$|^XDSUnavailableCommunity$/, 'transient: retried'],
  [/^XDSRegistryError$|^XDSRepositoryError$/, 'transient-limited: retried, then held'],
  [/^XDSDuplicateUniqueIdInRegistry$/, 'permanent: refused'], // not ours: nothing of it is in the record
  [/^XDSNonIdentical(Hash|Size)$|DuplicateUniqueIdInMessage$|^XDSMissingDocument|MetadataError$|^InvalidDocumentContent$|^XDSUnknownPatientId$|^XDSPatientIdDoesNotMatch$/, 'permanent: refused'],
  [/^XDSRegistryDeprecatedDocumentError$/, 'refresh: asked anew once, then held'],
  [/^Partial|^XDSExtraMetadataNotSaved$|^DocumentQueued$/, 'warning: delivered'],
  [/^XDSTooManyResults$|^XDSStoredQuery|^XDSUnknownStoredQuery$|^XDSResultNotSinglePatient$|Community|CommunityId$|^XDSDocumentUniqueIdError$|^XDSUnknownRepositoryId$/, 'permanent: refused'],
];
const expected = (code: string): string => classes.find(([pattern]) => pattern.test(code))?.[1] ?? 'nothing';

const rules = { id: 'dmp', production: false, enabled: true, concurrency: 1, attemptMs: 1, evidenceMs: 1, backoff: { firstMs: 1, maxMs: 1 }, breaker: { failures: 5, probeMs: 1 } };
/** What a receipt comes to in the engine. */
function became(receipt: Receipt, last: Receipt): string {
  const { next } = decide(receipt, { at: 0, attempt: 1, stillInDoubt: false, random: 0.5, rules, lookup: true });
  if (receipt.kind === 'held' && receipt.stale === true) return 'refresh: asked anew once, then held';
  if (next.state === 'waiting') return last.kind === 'held' ? 'transient-limited: retried, then held' : 'transient: retried';
  if (next.state === 'delivered') return receipt.kind === 'delivered' && receipt.warnings?.length === 1 && receipt.raw !== undefined ? 'warning: delivered' : 'delivered';
  return next.state === 'refused' && 'fault' in receipt && catalogue[receipt.fault].class === 'permanent' ? 'permanent: refused' : next.state;
}

whenShared('every line of the XDS error codes, injected through the simulator', () => {
  const lines = readFileSync(shared('examples/dmp/xds-transaction-error-codes.csv') ?? '', 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map((part) => part.trim()));
  const cases = lines.map(([transaction = '', code = '', severity = '']) => [transaction, code, severity] as const);

  test('there are 76 lines, and each is known', () => {
    expect(cases).toHaveLength(76);
    expect(cases.filter(([, code]) => !knownCodes.has(code))).toEqual([]);
  });
  test.each(cases)('%s %s (%s)', async (transaction, code, severity) => {
    // Codes of queries are met when a version is asked for, the others when the lot is sent.
    const ofQuery = !['P', 'R'].includes(transaction);
    if (ofQuery) await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1));
    const attempt = async (n: number): Promise<Receipt> => {
      sample.simulator.scenario({ kind: 'error', code, severity: severity === 'W' ? 'Warning' : 'Error', on: ofQuery ? 'TD3.1b' : 'TD2.1', context: 'codeContext du DMP' });
      if (ofQuery) return sample.deliver(workOf('replace', cdaOf(1, 2, 1)), cdaOf(1, 2, 1));
      const work = workOf('submit', cdaOf(2));
      return sample.connector.send(sample.sending(work, cdaOf(2), await sample.resolved(work), n), AbortSignal.timeout(10_000));
    };
    const first = await attempt(1);
    const last = ofQuery && expected(code).startsWith('transient-limited') ? { kind: 'held' } as Receipt : first.kind === 'busy' ? await attempt(sample.config.limits.internalErrors) : first;
    expect([code, became(first, last)]).toEqual([code, expected(code)]);
    if ('raw' in first) expect(first.raw).toContain(code);
    if ('raw' in first) expect(first.raw).toContain('codeContext du DMP');
  }, 20_000);
});

const judging = (changed: Partial<Judging> = {}): Judging => ({ config: sample.config, attempt: 1, hide: (text) => text, ...changed });
const receiptOf = (verdict: ReturnType<typeof judgeFault>): unknown => (verdict.kind === 'receipt' ? verdict.receipt : verdict.kind);
const error = (code: string, severity: 'Error' | 'Warning' = 'Error') => ({ code, severity, context: '', location: '', text: '' });
const answer = (status: 'Success' | 'PartialSuccess' | 'Failure', ...errors: ReturnType<typeof error>[]) => ({ status, errors, objectRefs: [], documents: [], findings: [] });

describe('answers', () => {
  test('one permanent reason is enough; an unknown code is held, with the DMP’s own words', () => {
    expect(receiptOf(judgeRegistry(answer('Failure', error('XDSRegistryBusy'), error('XDSUnknownPatientId')), judging()))).toMatchObject({ kind: 'refused', fault: 'dmp.patient' });
    expect(receiptOf(judgeRegistry(answer('Failure', error('DMP_NEUF_42')), judging()))).toEqual({ kind: 'held', fault: 'dmp.unknown-code', args: ['DMP_NEUF_42'], raw: 'Failure DMP_NEUF_42 (Error)', remote: { code: 'DMP_NEUF_42', label: 'Code inconnu', english: 'Unknown code' } });
    expect(receiptOf(judgeRegistry(answer('Failure'), judging()))).toMatchObject({ kind: 'held', fault: 'dmp.unknown-code' });
    // Some of the lot is stored: only the record tells what, whatever is said beside.
    expect(judgeRegistry(answer('PartialSuccess'), judging())).toMatchObject({ kind: 'partial', code: 'PartialSuccess' });
    expect(judgeRegistry(answer('PartialSuccess', error('DocumentQueued', 'Warning')), judging())).toMatchObject({ kind: 'partial', raw: expect.stringContaining('DocumentQueued') });
    expect(judgeRegistry(answer('PartialSuccess', error('XDSRepositoryMetadataError')), judging())).toMatchObject({ kind: 'partial', code: 'XDSRepositoryMetadataError' });
    // A code that only warns does not undo a Success, whatever severity it is given.
    expect(judgeRegistry(answer('Success', error('XDSExtraMetadataNotSaved')), judging())).toMatchObject({ kind: 'success', raw: expect.stringContaining('XDSExtraMetadataNotSaved') });
    expect(receiptOf(judgeRegistry(answer('Success', error('XDSExtraMetadataNotSaved'), error('XDSUnknownPatientId')), judging()))).toMatchObject({ kind: 'refused', fault: 'dmp.patient' });
    expect(receiptOf(judgeRegistry(answer('Failure', error('DocumentQueued')), judging()))).toMatchObject({ kind: 'held' });
  });

  test('a question too is left to a person after as many internal errors as a lot', async () => {
    await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1));
    const asked = async (attempt: number) => {
      sample.simulator.scenario({ kind: 'error', code: 'XDSRegistryError', on: 'TD3.1b' });
      return sample.connector.resolve?.(workOf('replace', cdaOf(1, 2, 1)), AbortSignal.timeout(10_000), null, attempt);
    };
    const { internalErrors } = sample.config.limits;
    expect(await asked(internalErrors - 1)).toMatchObject({ receipt: { kind: 'busy', fault: 'dmp.internal-error' } });
    expect(await asked(internalErrors)).toMatchObject({ receipt: { kind: 'held', fault: 'dmp.internal-error', remote: { code: 'XDSRegistryError' } } });
  });
  test('a site classes a code otherwise', () => {
    const config = { ...sample.config, answers: { DMP_NEUF_42: 'refuse', XDSRegistryBusy: 'hold' } as const };
    expect(receiptOf(judgeRegistry(answer('Failure', error('DMP_NEUF_42')), judging({ config })))).toMatchObject({ kind: 'refused', fault: 'dmp.rejected', remote: { code: 'DMP_NEUF_42' } });
    expect(receiptOf(judgeRegistry(answer('Failure', error('XDSRegistryBusy')), judging({ config })))).toMatchObject({ kind: 'held' });
  });

  test.each([
    ['Sender', ['FailedAuthentication'], '', '', 'refused', 'dmp.security'],
    ['Sender', [], 'Aucun AuthorInstitution ne correspond à l’utilisateur du VIHF', '', 'held', 'dmp.author-structure'],
    ['Sender', [], 'La personne morale du VIHF est inconnue', '', 'refused', 'dmp.security'],
    // Of one document: the destination goes on.
    ['Sender', [], 'Auteur non autorisé à supprimer ce document', '', 'held', 'dmp.unknown-code'],
    ['Sender', [], 'AUTHORIZATION', '', 'held', 'dmp.not-authorised'],
    ['Receiver', [], 'certificat médical illisible', '', 'busy', 'dmp.internal-error'],
    ['Sender', ['InvalidSecurity'], 'certificat inconnu', '<x>AUTHORIZATION</x>', 'refused', 'dmp.security'],
    ['MustUnderstand', [], '', '', 'refused', 'dmp.service'],
    ['Receiver', [], 'erreur', '', 'busy', 'dmp.internal-error'],
    ['Sender', [], 'autre chose', '', 'held', 'dmp.unknown-code'],
    ['Sender', [], 'refus', '<codeRetour>DMP_NOT_EXISTS</codeRetour>', 'refused', 'dmp.patient'],
    ['Receiver', ['XDSRegistryBusy'], '', '', 'busy', 'dmp.busy'],
  ] as const)('SOAP fault %s %j %s %s: %s %s', (code, subcodes, reason, detail, kind, fault) => {
    expect(receiptOf(judgeFault({ code, subcodes: [...subcodes], reason, detail }, 500, null, judging()))).toMatchObject({ kind, fault });
  });

  test('a fault under a status that asks to wait is waited for, as long as it says, on any attempt', () => {
    expect(receiptOf(judgeFault({ code: 'Receiver', subcodes: [], reason: 'Service indisponible', detail: '' }, 503, 7000, judging({ attempt: 9 })))).toMatchObject({ kind: 'busy', fault: 'dmp.no-answer', retryAfterMs: 7000, raw: expect.stringContaining('indisponible') });
  });

  test.each([
    [400, 'held', 'dmp.unknown-code'], [503, 'busy', 'dmp.no-answer'], [429, 'busy', 'dmp.no-answer'], [502, 'unknown', 'dmp.no-answer'], [504, 'unknown', 'dmp.no-answer'], [500, 'unknown', 'dmp.not-understood'],
    [200, 'unknown', 'dmp.not-understood'], [401, 'refused', 'dmp.security'], [403, 'refused', 'dmp.security'], [404, 'refused', 'dmp.service'], [302, 'refused', 'dmp.service'], [413, 'refused', 'dmp.too-large'],
  ] as const)('HTTP %i without SOAP: %s %s', (status, kind, fault) => {
    expect(receiptOf(judgeStatus(status, 'not SOAP', 2000, judging()))).toMatchObject({ kind, fault });
  });

  test.each([
    ['ECONNREFUSED', 'busy', 'dmp.unreachable'], ['ECONNRESET', 'unknown', 'dmp.no-answer'], ['UND_ERR_HEADERS_TIMEOUT', 'unknown', 'dmp.no-answer'],
    ['CERT_HAS_EXPIRED', 'refused', 'dmp.tls'], ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'refused', 'dmp.tls'],
  ] as const)('a connection that ended by %s: %s %s', (code, kind, fault) => {
    expect(noAnswer(Object.assign(new Error('279035121518989'), { code }))).toMatchObject({ kind, fault, raw: code });
  });

  test('the patient is taken out of the DMP’s words', async () => {
    sample.simulator.scenario({ kind: 'error', code: 'XDSUnknownPatientId', context: 'patientId 279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH DURAND-TEST ZOE IPP-001 185076322000111' });
    expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1))).toMatchObject({ raw: expect.stringContaining('patientId ***^^^&1.2.250.1.213.1.4.10&ISO^NH *** *** *** ***') });
  });
});
