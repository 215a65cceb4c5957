import { describe, expect, it } from '@jest/globals';
import { approved, deleted, getDocuments, setStatus } from '../../../test/dmp/asks.ts';
import { now, provide } from '../../../test/dmp/request.ts';
import { errorCode, references, simulated, success } from '../../../test/dmp/simulated.ts';
import { readScenario, type Scenario } from './scenario.ts';

const { dmp, signer, send, broken, current } = simulated();
const stored = (): number => dmp().report().stored.documents;
const tell = async (body: object, path = 'scenario'): Promise<number> => (await fetch(`${dmp().pagesUrl}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;

describe('scenarios', () => {
  it('busy twice, then as usual', async () => {
    dmp().scenario({ kind: 'busy', times: 2 });
    for (const code of ['XDSRegistryBusy', 'XDSRegistryBusy', '']) expect(errorCode(await send(provide(signer())))).toBe(code);
    expect([stored(), dmp().report().arrivals]).toEqual([1, 3]);
  });
  it('slow, then answered', async () => {
    dmp().scenario({ kind: 'slow', ms: 30 });
    expect((await send(provide(signer()))).text).toContain(success);
  });
  it('reset after the body: nothing stored', async () => {
    dmp().scenario({ kind: 'reset-after-body' });
    await expect(send(provide(signer()))).rejects.toThrow();
    expect([stored(), dmp().report().arrivals]).toEqual([0, 1]);
  });
  it('stored and the answer lost: a lookup finds it', async () => {
    dmp().scenario({ kind: 'answer-lost' });
    await expect(send(provide(signer()))).rejects.toThrow();
    expect(references(await send(getDocuments(signer())))).toEqual([current()?.entryUuid]);
  });
  it('200 with a MIME message cut short', async () => {
    dmp().scenario({ kind: 'truncated' });
    const answer = await send(provide(signer()));
    expect([answer.status, answer.type.startsWith('multipart/related'), answer.text.includes('--\r\n'), stored()]).toEqual([200, true, false, 1]);
  });
  it('partial success with a warning, stored', async () => {
    dmp().scenario({ kind: 'partial' });
    const answer = await send(provide(signer()));
    expect(answer.text).toMatch(/PartialSuccess.*XDSExtraMetadataNotSaved.*ErrorSeverityType:Warning/);
    expect(stored()).toBe(1);
  });
  it('a SOAP fault, its code and reason as asked', async () => {
    dmp().scenario({ kind: 'fault', subcode: 'FailedAuthentication', reason: 'Structure <inconnue>', side: 'Sender' });
    const answer = await send(provide(signer()));
    expect([answer.status, stored()]).toEqual([500, 0]);
    expect(answer.text).toMatch(/soap:Sender.*wsse:FailedAuthentication.*Structure &lt;inconnue&gt;/);
  });
  it.each([['XDSRegistryOutOfResources', undefined, 0, 'Failure'], ['XDSExtraMetadataNotSaved', 'Warning', 1, 'Success'], ['CodeInconnu', 'Error', 0, 'Failure']] as const)('the XDS code %s', async (code, severity, kept, status) => {
    dmp().scenario({ kind: 'error', code, ...(severity === undefined ? {} : { severity }) });
    const answer = await send(provide(signer()));
    expect([errorCode(answer), stored(), answer.text.includes(`ResponseStatusType:${status}`)]).toEqual([code, kept, true]);
  });
  it('an HTTP status without SOAP', async () => {
    dmp().scenario({ kind: 'http', status: 503 });
    expect(await send(provide(signer()))).toMatchObject({ status: 503, text: '' });
  });
  it('a clock that is an hour ahead refuses the VIHF', async () => {
    dmp().skew(3600);
    const answer = await send(provide(signer()));
    expect([broken(), answer.text.includes('wsse:MessageExpired')]).toEqual([['vihf-fresh'], true]);
    await send(provide(signer(), { at: now + 3_600_000 }));
    expect(broken()).toEqual([]);
  });
  it('only the transaction it is for', async () => {
    dmp().scenario({ kind: 'busy', on: 'TD3.1b' });
    expect(errorCode(await send(provide(signer())))).toBe('');
    expect(errorCode(await send(getDocuments(signer())))).toBe('XDSRegistryBusy');
  });
  it('a request refused by a rule is refused, whatever the scenario', async () => {
    dmp().scenario({ kind: 'answer-lost' });
    const answer = await send(provide(signer(), { spoil: { metadata: (xml) => xml.replace('fr-FR</Value>', 'fr</Value>') } }));
    expect([broken(), errorCode(answer)]).toEqual([['language'], 'XDSRepositoryMetadataError']);
  });
});

describe('someone else changes the document between resolution and sending', () => {
  it.each(['update', 'replace', 'delete'] as const)('%s: the replacement is refused', async (change) => {
    await send(provide(signer()));
    dmp().scenario({ kind: 'third-party', change });
    const answer = await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces: current()?.entryUuid ?? '' }));
    expect([broken(), errorCode(answer)]).toEqual([['replace-current'], 'XDSRegistryDeprecatedDocumentError']);
  });
  it('update: resolved again, it is done', async () => {
    await send(provide(signer()));
    const { entryUuid = '' } = current() ?? {};
    dmp().scenario({ kind: 'third-party', change: 'update' });
    await send(setStatus(signer(), entryUuid, approved, deleted));
    expect(broken()).toEqual(['update-deprecated']);
    await send(setStatus(signer(), current()?.entryUuid ?? '', approved, deleted));
    expect([broken(), current()]).toEqual([[], undefined]);
  });
  it('archive: replaced all the same', async () => {
    await send(provide(signer()));
    expect([dmp().thirdParty('1.2.250.1.999.7.1', 'archive'), dmp().thirdParty('1.2.3', 'archive')]).toEqual([true, false]);
    await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces: current()?.entryUuid ?? '' }));
    expect(broken()).toEqual([]);
  });
});

describe('orders over HTTP', () => {
  it('a scenario, a DMP, a clock, a change, a reset', async () => {
    expect(await tell({ kind: 'busy', times: 1 })).toBe(200);
    expect(errorCode(await send(provide(signer())))).toBe('XDSRegistryBusy');
    expect(await tell({ ins: '279035121518989', status: 'closed' }, 'dmp')).toBe(200);
    expect(errorCode(await send(provide(signer())))).toBe('XDSUnknownPatientId');
    expect(await tell({ ins: '279035121518989', status: 'open' }, 'dmp')).toBe(200);
    expect(await tell({ kind: 'clock-skew', seconds: 3600 })).toBe(200);
    expect((await send(provide(signer()))).status).toBe(500);
    expect(await tell({ kind: 'clock-skew', seconds: 0 })).toBe(200);
    await send(provide(signer()));
    expect([await tell({ uniqueId: '1.2.250.1.999.7.1', change: 'delete' }, 'third-party'), current()]).toEqual([200, undefined]);
    expect([await tell({}, 'reset'), dmp().report().arrivals]).toEqual([200, 0]);
  });
  it.each([{}, { kind: 'autre' }, { kind: 'slow' }, { kind: 'slow', ms: -1 }, { kind: 'error' }, { kind: 'error', code: '"><x' }, { kind: 'http', status: 99 }, { kind: 'busy', times: 0 }, { kind: 'third-party' }, { kind: 'clock-skew', seconds: 'x' }, { kind: 'fault', side: 'Nobody' }])('refuses %j', async (body) => { expect(await tell(body)).toBe(400); });
  it('reads what it is given, and nothing else', () => {
    const sound: Scenario[] = [{ kind: 'busy' }, { kind: 'slow', ms: 1, on: 'TD2.1' }, { kind: 'error', code: 'X', times: 3 }, { kind: 'http', status: 429 }];
    expect(sound.map(readScenario)).toEqual(sound);
    expect([null, 'busy', 3].map(readScenario)).toEqual([null, null, null]);
  });
});
