import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anySubmission, author, entryFor, lotOf, patientId, submissionSet } from '../submission.fixture.ts';
import { submissionOf } from '../submission.ts';
import { getDocumentsByEntryUuid, getDocumentsByUniqueId } from './query.ts';
import { readRegistryAnswer } from './read-answer.ts';
import { readSubmission } from './read.ts';
import { statuses } from './schemes.ts';
import { deletion } from './update.ts';
import { submitObjectsRequest } from './write.ts';
import { NotXmlText } from '../../xml-characters.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codes = (text: string): string[] => readSubmission(bytes(text)).findings.map((one) => one.code);
const cda = bytes('<ClinicalDocument/>');
const lot = lotOf([cda], { signed: true });

describe('a lot', () => {
  test('read(write(x)) is x', () => {
    fc.assert(fc.property(anySubmission, (submission) => { expect(readSubmission(bytes(submitObjectsRequest(submission)))).toEqual({ submission, findings: [] }); }), { numRuns: 200 });
  });
  test('the same lot is the same text', () => { expect(submitObjectsRequest(lotOf([cda], { signed: true }))).toBe(submitObjectsRequest(lot)); });
  test('associations: members, signature, replacement of an entryUUID', () => {
    const replacing = submissionOf({ ...lot, replaces: [{ id: 'Document01', target: 'urn:uuid:00f8e428-a767-11e6-95bf-00163e58645d' }] });
    expect(replacing.associations.map(({ kind, source, target }) => `${kind} ${source} ${target}`)).toEqual([
      'HasMember SubmissionSet01 Document01', 'HasMember SubmissionSet01 Signature01', 'signs Signature01 SubmissionSet01', 'RPLC Document01 urn:uuid:00f8e428-a767-11e6-95bf-00163e58645d',
    ]);
    expect(submitObjectsRequest(replacing)).toContain('associationType="urn:ihe:iti:2007:AssociationType:RPLC"');
  });
  test('what only a registry sets is never submitted', () => {
    expect(submitObjectsRequest(lot)).not.toMatch(/availabilityStatus|repositoryUniqueId|VersionInfo| status=/);
  });
  test('a character that XML cannot hold is not dropped: nothing is written', () => {
    const { submissionSet: set } = lot;
    expect(() => submitObjectsRequest({ ...lot, submissionSet: { ...set, title: 'a\u0001b' } })).toThrow(NotXmlText);
    expect(() => submitObjectsRequest({ ...lot, submissionSet: { ...set, title: 'a\ud800b' } })).toThrow(NotXmlText);
  });
});

describe('ITI-57', () => {
  const uuid = 'urn:uuid:00f8e428-a767-11e6-95bf-00163e58645d';
  test('a deletion changes one status, that of what stands: approved or archived', () => {
    const change = (from: string) => [{ kind: 'UpdateAvailabilityStatus', source: 'SubmissionSet01', target: uuid, slots: { OriginalStatus: [from], NewStatus: [statuses.deleted] } }];
    expect(deletion(submissionSet, uuid)).toMatchObject({ documents: [], associations: change(statuses.approved) });
    expect(deletion(submissionSet, uuid, statuses.archived).associations).toEqual(change(statuses.archived));
  });
});

describe('ITI-18', () => {
  test('GetDocuments by uniqueId and by entryUUID', () => {
    expect(getDocumentsByUniqueId(['1.2.3'], 'ObjectRef')).toContain('returnType="ObjectRef"/><AdhocQuery id="urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4"><Slot name="$XDSDocumentEntryUniqueId"><ValueList><Value>(\'1.2.3\')</Value>');
    expect(getDocumentsByEntryUuid(['urn:uuid:a'], 'LeafClass')).toContain('<Slot name="$XDSDocumentEntryEntryUUID"><ValueList><Value>(\'urn:uuid:a\')</Value>');
  });
  test('a quote in a value is doubled; a list is cut into values of 256 characters at most, no text lost', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z'.]{1,80}$/), { minLength: 1, maxLength: 30 }), (ids) => {
      const values = [...getDocumentsByUniqueId(ids, 'ObjectRef').matchAll(/<Value>(.*?)<\/Value>/g)].map((found) => found[1] ?? '');
      expect(values.every((value) => value.length <= 256)).toBe(true);
      expect(values.flatMap((value) => [...value.slice(1, -1).matchAll(/'((?:[^']|'')*)'/g)].map((found) => (found[1] ?? '').replaceAll('\'\'', '\'')))).toEqual(ids);
    }));
    expect(() => getDocumentsByUniqueId(['1'.repeat(256)], 'ObjectRef')).toThrow(RangeError);
  });
});

describe('an answer', () => {
  const rs = 'xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"';
  const soap = (body: string): Uint8Array => bytes(`<?xml version="1.0"?>\n<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`);
  test('success with a warning, inside SOAP', () => {
    const read = readRegistryAnswer(soap(`<rs:RegistryResponse ${rs} status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"><rs:RegistryErrorList><rs:RegistryError errorCode="XDSExtraMetadataNotSaved" codeContext="slot" severity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning" location="x">texte</rs:RegistryError></rs:RegistryErrorList></rs:RegistryResponse>`));
    expect(read).toEqual({ status: 'Success', objectRefs: [], documents: [], findings: [], errors: [{ code: 'XDSExtraMetadataNotSaved', context: 'slot', severity: 'Warning', location: 'x', text: 'texte' }] });
  });
  test('references, and whole entries with what the registry added', () => {
    const open = '<query:AdhocQueryResponse xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">';
    const close = '</RegistryObjectList></query:AdhocQueryResponse>';
    expect(readRegistryAnswer(soap(`${open}<ObjectRef id="urn:uuid:a"/><ObjectRef id="urn:uuid:b"/>${close}`)).objectRefs).toEqual(['urn:uuid:a', 'urn:uuid:b']);
    const [object = ''] = /<ExtrinsicObject .*?<\/ExtrinsicObject>/.exec(submitObjectsRequest(lotOf([cda]))) ?? [];
    const stored = object.replace('id="Document01"', 'id="urn:uuid:a" lid="urn:uuid:l" status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"')
      .replace('<Classification ', '<VersionInfo versionName="2"/><Classification ').replace('<Slot name="size">', '<Slot name="repositoryUniqueId"><ValueList><Value>1.2.3</Value></ValueList></Slot><Slot name="size">');
    const [document] = readRegistryAnswer(soap(`${open}${stored}${close}`)).documents;
    expect(document).toMatchObject({ entry: entryFor(cda), registered: { entryUuid: 'urn:uuid:a', logicalId: 'urn:uuid:l', version: '2', availabilityStatus: statuses.approved, repositoryUniqueId: '1.2.3' } });
  });
  test('no answer, an unknown status, a cut one: said, never taken for a success', () => {
    expect(readRegistryAnswer(soap('')).findings.map((one) => one.code)).toEqual(['xds.no-answer']);
    const odd = readRegistryAnswer(soap(`<rs:RegistryResponse ${rs} status="urn:x:Perhaps"/>`));
    expect([odd.status, odd.findings.map((one) => one.code)]).toEqual(['', ['xds.no-answer']]);
    expect(readRegistryAnswer(soap(`<rs:RegistryResponse ${rs} status="urn:x:Success">`))).toMatchObject({ status: '', findings: [{ code: 'xds.not-well-formed' }] });
  });
});

describe('what cannot be used is told, with a place', () => {
  const text = submitObjectsRequest(lot);
  test('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => { expect(readSubmission(any).submission).toBeNull(); readRegistryAnswer(any); }));
    fc.assert(fc.property(fc.nat(text.length), fc.nat(text.length), fc.string({ maxLength: 5 }), (at, cut, put) => { readSubmission(bytes(text.slice(0, at) + put + text.slice(at + cut % 7))); }));
  });
  test('a document type declaration, an encoding, no XML, too deep, an object without end', () => {
    expect(codes(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>${text}`)).toEqual(['xds.dtd']);
    expect(readSubmission(Uint8Array.of(0x3c, 0xff, 0xfe)).findings.map((one) => one.code)).toEqual(['xds.encoding']);
    expect(codes('pas du XML')).toEqual(['xds.not-well-formed']);
    expect(codes('<a>'.repeat(200))).toEqual(['xds.limits']);
    expect(codes(text.replace('<ExtrinsicObject ', `<ExtrinsicObject a="">${'<b/>'.repeat(20_001)}</ExtrinsicObject><ExtrinsicObject `))).toEqual(['xds.limits']);
  });
  test('no SubmissionSet, or two', () => {
    const [set = ''] = /<RegistryPackage.*<\/RegistryPackage>/.exec(text) ?? [];
    expect(codes(text.replace(set, ''))).toEqual(['xds.submission-set']);
    expect(codes(text.replace(set, set + set))).toEqual(['xds.submission-set']);
  });
  test('a SubmissionSet classified from outside, as other systems write it', () => {
    const node = /<Classification classificationNode="[^"]*" classifiedObject="SubmissionSet01" id="[^"]*"\/>/;
    const [classification = ''] = node.exec(text) ?? [];
    expect(readSubmission(bytes(text.replace(node, '').replace('</RegistryObjectList>', `${classification}</RegistryObjectList>`)))).toEqual({ submission: lot, findings: [] });
  });
  test('no uniqueId, no HasMember, an association IHE does not know', () => {
    const broken = submissionOf({ ...lotOf([cda]), submissionSet: { ...submissionSet, uniqueId: '' } });
    expect(readSubmission(bytes(submitObjectsRequest({ ...broken, associations: [] }))).findings.map((one) => `${one.code} ${one.location}`)).toEqual(['xds.metadata-missing XDSSubmissionSet.uniqueId', 'xds.not-a-member XDSDocumentEntry[1]']);
    const read = readSubmission(bytes(submitObjectsRequest(submissionOf({ ...lot, replaces: [{ id: 'Document01', target: 'urn:uuid:a' }] })).replace('urn:ihe:iti:2007:AssociationType:RPLC', 'urn:ihe:iti:2010:AssociationType:RPLC')));
    expect(read.findings.map((one) => one.code)).toEqual(['xds.association-type']);
    expect(read.submission?.associations.at(-1)?.kind).toBe('urn:ihe:iti:2010:AssociationType:RPLC');
  });
});

test('the signature’s entry is the one the DMP fixes', () => {
  expect(lot.signature?.entry).toMatchObject({
    languageCode: 'art', title: 'Source', typeCode: { code: 'E1762', scheme: 'ASTM' }, classCode: { code: 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', scheme: 'URN' }, sourcePatientInfo: [], legalAuthenticator: author.person,
    confidentialityCode: [{ code: 'N' }, { code: 'MASQUE_PS' }, { code: 'INVISIBLE_PATIENT' }], sourcePatientId: patientId,
  });
});
