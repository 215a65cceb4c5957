import { describe, expect, it } from '@jest/globals';
import { approved, archived, authorize, deleted, exists, findDocuments, getDocuments, retrieve, setStatus, setVisibility } from '../../../test/dmp/asks.ts';
import { fictive } from '../../../test/dmp/metadata.ts';
import { cda, provide } from '../../../test/dmp/request.ts';
import { errorCode, objects, references, simulated, success } from '../../../test/dmp/simulated.ts';

const { dmp, signer, send, broken, current } = simulated({ structures: { [fictive.structure]: ['1990000019'] } });
const other = { ...fictive, structure: '1990000019' };
/** A request of the second structure, signed with the certificate of the first, which speaks for both. */
const ofOther = { who: other, spoil: { assertion: (xml: string) => xml.replace('OU=1990000019', `OU=${fictive.structure}`) } };
const air = 'INDIRECTE_RENFORCEE';

describe('TD3.1b', () => {
  it('gives no reference, and no error, for what is not there; one for what is', async () => {
    expect(references(await send(getDocuments(signer())))).toEqual([]);
    await send(provide(signer()));
    const answer = await send(getDocuments(signer()));
    expect([references(answer), answer.text.includes(success)]).toEqual([[current()?.entryUuid], true]);
  });
  it('gives the size and hash of the bytes as LeafClass', async () => {
    await send(provide(signer()));
    const { text } = await send(getDocuments(signer(), undefined, { returnType: 'LeafClass' }));
    expect(text).toContain(`<Slot name="size"><ValueList><Value>${String(cda().length)}</Value>`);
    expect(text).toContain('status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"');
  });
});

describe('replacement', () => {
  it('the old version becomes Deprecated, the new one has its own entryUUID', async () => {
    await send(provide(signer()));
    const first = current()?.entryUuid ?? '';
    const answer = await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces: first }));
    expect([broken(), answer.text.includes(success)]).toEqual([[], true]);
    expect(dmp().entries().find((one) => one.entryUuid === first)?.status).toMatch(/Deprecated$/);
    expect(current('1.2.250.1.999.7.2')?.entryUuid).not.toBe(first);
    expect(dmp().report().stored.documents).toBe(1);
  });
  it.each([
    ['replace-by-entry-uuid', 'XDSReplaceFailed', '1.2.250.1.999.7.1'], ['replace-target', 'XDSReplaceFailed', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
  ])('%s', async (rule, code, replaces) => {
    await send(provide(signer()));
    const answer = await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces }));
    expect([broken(), errorCode(answer)]).toEqual([[rule], code]);
  });
  it('a version already replaced is not replaced again', async () => {
    await send(provide(signer()));
    const first = current()?.entryUuid ?? '';
    await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces: first }));
    const answer = await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.3', replaces: first }));
    expect([broken(), errorCode(answer)]).toEqual([['replace-current'], 'XDSRegistryDeprecatedDocumentError']);
  });
  it('not by another patient’s document, nor by another structure', async () => {
    await send(provide(signer()));
    const replaces = current()?.entryUuid ?? '';
    await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces, who: { ...fictive, ins: fictive.ins.replace('279035121518989', '185076322000111') } }));
    expect(broken()).toEqual(['replace-same-patient']);
    const { spoil, who } = ofOther;
    await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces, who, spoil }));
    expect(broken()).toEqual(['replace-own']);
  });
  it('RPLC starts from a document of the lot', async () => {
    await send(provide(signer()));
    await send(provide(signer(), { uniqueId: '1.2.250.1.999.7.2', replaces: current()?.entryUuid ?? '', spoil: { metadata: (xml) => xml.replace(/(RPLC" [^>]*sourceObject=")Document01/, '$1Signature01') } }));
    expect(broken()).toEqual(['replace-source']);
  });
});

describe('what is already there', () => {
  it.each([
    ['document-not-yet-here', 'XDSDuplicateUniqueIdInRegistry', (xml: string) => xml],
    ['document-same-size', 'XDSNonIdenticalSize', (xml: string) => `${xml}<!-- -->`],
    ['document-same-hash', 'XDSNonIdenticalHash', (xml: string) => xml.replace('UsOpc3VsdGF0', 'UsOpc3VsdGFU')],
  ])('%s', async (rule, code, document) => {
    await send(provide(signer()));
    const answer = await send(provide(signer(), { spoil: { document } }));
    expect([broken(), errorCode(answer), dmp().report().stored.documents]).toEqual([[rule], code, 1]);
  });
  it('a lot is not taken twice', async () => {
    await send(provide(signer(), { lotId: '1.2.250.1.999.3.777', signatureId: '1.2.250.1.999.3.778' }));
    await send(provide(signer(), { lotId: '1.2.250.1.999.3.777', signatureId: '1.2.250.1.999.3.779', uniqueId: '1.2.250.1.999.7.5' }));
    expect(broken()).toEqual(['lot-not-yet-here']);
  });
  it('a VIHF and a message id serve once', async () => {
    const made = provide(signer());
    await send(made);
    await send(made);
    expect(broken()).toEqual(expect.arrayContaining(['wsa-message-id-fresh', 'vihf-replay']));
  });
  it.each(['closed', 'absent'] as const)('a DMP that is %s takes nothing', async (status) => {
    dmp().dmp('279035121518989', status);
    expect(errorCode(await send(provide(signer())))).toBe('XDSUnknownPatientId');
    expect(broken()).toEqual(['dmp-exists']);
  });
});

describe('search and consultation', () => {
  it('AIR finds and reads what was sent, byte for byte', async () => {
    await send(provide(signer()));
    expect(objects(await send(findDocuments(signer())))).toEqual(dmp().entries().map((one) => one.entryUuid));
    expect(objects(await send(findDocuments(signer(), { $XDSDocumentEntryTypeCode: "('11502-2^^2.16.840.1.113883.6.1')" })))).toEqual([current()?.entryUuid]);
    expect(objects(await send(findDocuments(signer(), { $XDSDocumentEntryServiceStartTimeFrom: '20260302' })))).toHaveLength(1);
    const answer = await send(retrieve(signer()));
    expect([answer.type.startsWith('multipart/related'), answer.bytes.includes(cda())]).toEqual([true, true]);
  });
  it('plain indirect mode neither searches nor reads', async () => {
    for (const made of [findDocuments(signer(), {}, { mode: 'INDIRECTE' }), retrieve(signer(), undefined, { mode: 'INDIRECTE' })]) {
      const answer = await send(made);
      expect([answer.status, broken()]).toEqual([500, ['rights-mode']]);
    }
  });
  it('what is masked is seen by its author’s structure only; what is deleted, by nobody', async () => {
    await send(provide(signer(), { masks: ['MASQUE_PS'] }));
    expect(objects(await send(findDocuments(signer())))).toHaveLength(2);
    expect(objects(await send(findDocuments(signer(), {}, { ...ofOther, mode: air })))).toEqual([]);
    expect(errorCode(await send(retrieve(signer(), undefined, { ...ofOther, mode: air })))).toBe('XDSDocumentUniqueIdError');
    await send(setStatus(signer(), current()?.entryUuid ?? '', approved, deleted));
    expect(objects(await send(findDocuments(signer())))).toHaveLength(1);
    expect(references(await send(getDocuments(signer())))).toEqual([]);
    expect(errorCode(await send(retrieve(signer())))).toBe('XDSDocumentUniqueIdError');
  });
  it.each([
    ['query-known', 'XDSUnknownStoredQuery', (xml: string) => xml.replace('14d4debf', '00000000')], ['query-return', 'XDSRegistryError', (xml: string) => xml.replace('LeafClass', 'Autre')],
    ['query-parameters', 'XDSStoredQueryMissingParam', (xml: string) => xml.replace(/<Slot name="\$XDSDocumentEntryStatus">.*?<\/Slot>/, '')],
    ['query-quotes', 'XDSStoredQueryParamNumber', (xml: string) => xml.replace(/\('(urn:oasis[^']*)'\)/, '$1')],
    ['query-times', 'XDSRegistryError', (xml: string) => xml.replace('</AdhocQuery>', '<Slot name="$XDSDocumentEntryCreationTimeFrom"><ValueList><Value>2026-01-01</Value></ValueList></Slot></AdhocQuery>')],
    ['query-understood', 'XDSRegistryError', (xml: string) => xml.replace('</AdhocQuery>', '<Slot name="$XDSDocumentEntryAuthorPerson"><ValueList><Value>(\'x\')</Value></ValueList></Slot></AdhocQuery>')],
  ])('%s', async (rule, code, body) => {
    const answer = await send(findDocuments(signer(), {}, { spoil: { body } }));
    expect([broken(), errorCode(answer)]).toEqual([[rule], code]);
  });
  it('another repository is unknown', async () => { expect(errorCode(await send(retrieve(signer(), undefined, { repository: '1.2.3' })))).toBe('XDSUnknownRepositoryId'); expect(broken()).toEqual(['retrieve-repository']); });
});

describe('TD0.2, TD0.3', () => {
  it('says whether there is a DMP, and whether the structure is authorised', async () => {
    expect((await send(exists(signer()))).text).toMatch(/statusCode code="ACTIF".*NON_AUTORISE/);
    expect((await send(authorize(signer()))).text).toContain('<status>OK</status>');
    expect((await send(exists(signer()))).text).toContain('value code="AUTORISE"');
    await send(authorize(signer(), 'SUPPRESSION'));
    expect((await send(exists(signer()))).text).toContain('NON_AUTORISE');
    dmp().dmp('279035121518989', 'closed');
    expect((await send(exists(signer()))).text).toContain('statusCode code="FERME"');
    dmp().dmp('279035121518989', 'absent');
    expect((await send(exists(signer()))).text).toContain('queryResponseCode code="NF"');
  });
  it.each([
    ['existence-reason', exists, (xml: string) => xml.replace('TEST_EXST', 'AUTRE')], ['existence-patient', exists, (xml: string) => xml.replace('Patient.id', 'Autre.id')],
    ['existence-header', exists, (xml: string) => xml.replace('XML_1.0', 'XML_2.0')],
    ['authorization-action', (...[one, options]: [Parameters<typeof exists>[0], Parameters<typeof exists>[1]]) => authorize(one, 'AJOUT', options), (xml: string) => xml.replace('AJOUT', 'AUTRE')],
  ])('%s', async (rule, ask, body) => {
    const answer = await send(ask(signer(), { spoil: { body } }));
    expect([answer.status, broken()]).toEqual([500, [rule]]);
  });
  it('the INS of a request without lot has its key checked', async () => {
    const wrong = { ...fictive, ins: fictive.ins.replace('518989', '518988') };
    await send(getDocuments(signer(), undefined, { who: wrong }));
    expect(broken()).toEqual(['vihf-resource-ins']);
  });
});

describe('TD3.3', () => {
  const version = (masks: readonly string[], more: object = {}) => {
    const { lid = '', hash = '', size = 0 } = current() ?? {};
    return { id: 'urn:uuid:11111111-2222-4333-8444-555555555555', lid, previous: '1', hash, size, masks, ...more };
  };
  it('deletes for an author’s structure, in indirect mode; not for another', async () => {
    await send(provide(signer()));
    const { entryUuid = '' } = current() ?? {};
    await send(setStatus(signer(), entryUuid, approved, deleted, ofOther));
    expect(broken()).toEqual(['delete-own']);
    expect((await send(setStatus(signer(), entryUuid, approved, deleted))).text).toContain(success);
    expect(current()).toBeUndefined();
    await send(setStatus(signer(), entryUuid, approved, deleted));
    expect(broken()).toEqual(['update-target']);
  });
  it('archives and brings back, the entryUUID stays', async () => {
    await send(provide(signer()));
    const { entryUuid = '' } = current() ?? {};
    await send(setStatus(signer(), entryUuid, approved, archived, { mode: air }));
    expect([broken(), current()?.entryUuid, current()?.status]).toEqual([[], entryUuid, archived]);
    await send(setStatus(signer(), entryUuid, archived, approved, { mode: air }));
    expect([broken(), current()?.status]).toEqual([[], approved]);
  });
  it.each([
    ['update-from', archived, deleted, {}], ['update-to', approved, approved, { mode: air }], ['update-source', approved, deleted, { source: 'Autre' }],
  ])('%s', async (rule, from, to, options) => {
    await send(provide(signer()));
    await send(setStatus(signer(), current()?.entryUuid ?? '', from, to, options));
    expect(broken()).toEqual([rule]);
  });
  it('a document of another patient is not touched', async () => {
    await send(provide(signer()));
    await send(setStatus(signer(), current()?.entryUuid ?? '', approved, deleted, { who: { ...fictive, ins: fictive.ins.replace('279035121518989', '185076322000111') } }));
    expect(broken()).toEqual(['update-patient']);
  });
  it('masks by a new version: same lid, version 2, another entryUUID; the old one is Deprecated', async () => {
    await send(provide(signer()));
    const first = current();
    const answer = await send(setVisibility(signer(), version(['MASQUE_PS'])));
    expect([broken(), answer.text.includes(success)]).toEqual([[], true]);
    expect(current()).toMatchObject({ lid: first?.lid, version: 2, hash: first?.hash, entryUuid: 'urn:uuid:11111111-2222-4333-8444-555555555555' });
    expect(dmp().entries().find((one) => one.entryUuid === first?.entryUuid)?.status).toMatch(/Deprecated$/);
    // Both versions answer to the uniqueId: the client asks for the states and keeps the current one.
    expect(references(await send(getDocuments(signer())))).toHaveLength(2);
    await send(setStatus(signer(), first?.entryUuid ?? '', approved, deleted));
    expect(broken()).toEqual(['update-deprecated']);
    // Visible again.
    await send(setVisibility(signer(), { ...version([]), id: 'urn:uuid:11111111-2222-4333-8444-666666666666', previous: '2' }));
    expect([broken(), current()?.version, current()?.codes.confidentialityCode]).toEqual([[], 3, ['N^^2.16.840.1.113883.5.25']]);
  });
  it('not in plain indirect mode', async () => {
    await send(provide(signer()));
    await send(setVisibility(signer(), version(['MASQUE_PS']), { mode: 'INDIRECTE' }));
    expect(broken()).toEqual(['rights-mode']);
  });
  it.each([
    ['version-id', { lid: 'urn:uuid:00000000-0000-4000-8000-000000000000' }], ['version-previous', { previous: '7' }], ['version-only-visibility', { hash: '0'.repeat(40) }],
  ])('%s', async (rule, more) => {
    await send(provide(signer()));
    await send(setVisibility(signer(), version(['MASQUE_PS'], more)));
    expect(broken()).toEqual([rule]);
  });
  it('a deleted document has no new version', async () => {
    await send(provide(signer()));
    const made = version(['MASQUE_PS']);
    await send(setStatus(signer(), current()?.entryUuid ?? '', approved, deleted));
    await send(setVisibility(signer(), made));
    expect(broken()).toEqual(['version-current']);
  });
  it('an update that changes nothing is refused', async () => {
    await send(setStatus(signer(), 'urn:uuid:00000000-0000-4000-8000-000000000000', approved, deleted, { mode: air, spoil: { body: (xml) => xml.replace(/<Association.*<\/Association>/, '') } }));
    expect(broken()).toEqual(['update-something']);
  });
});
