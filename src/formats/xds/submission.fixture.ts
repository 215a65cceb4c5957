import fc from 'fast-check';
import { createHash } from 'node:crypto';
import type { DocumentEntry, XdsAuthor, XdsCode } from './document-entry.ts';
import { signatureEntry } from './signature-entry.ts';
import { submissionOf, type Submission, type SubmissionSet, type SubmittedDocument } from './submission.ts';

export const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

export const author: XdsAuthor = {
  person: '899700218896^BERTHELOT^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS', institutions: ['Laboratoire fictif des Quatre-Vents^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1990000001'],
  roles: ['Responsable'], specialties: ['G15_10/SM03^Médecin - Biologie médicale (SM)^1.2.250.1.213.1.1.4.5'],
};
export const patientId = '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH';
const code = (value: string, scheme: string, display: string): XdsCode => ({ code: value, scheme, display });

/** A laboratory report's entry, for the bytes given. */
export const entryFor = (bytes: Uint8Array, number = 1): DocumentEntry => ({
  uniqueId: `1.2.250.1.999.1.1.7.${String(number)}`, patientId, sourcePatientId: '4100027^^^&1.2.250.1.999.1.1.8.1&ISO^PI', sourcePatientInfo: ['PID-5|MARTIN^Dominique^^^^^L', 'PID-7|19790328', 'PID-8|F'],
  title: "Compte rendu d'examens biologiques", creationTime: '20261119150527', serviceStartTime: '20261119065500', serviceStopTime: '20261119150500', languageCode: 'fr-FR', mimeType: 'text/xml',
  hash: sha1(bytes), size: bytes.length, typeCode: code('11502-2', '2.16.840.1.113883.6.1', "CR d'examens biologiques"), classCode: code('10', '1.2.250.1.213.1.1.4.1', 'Compte rendu'),
  formatCode: code('urn:ihe:lab:xd-lab:2008', '1.3.6.1.4.1.19376.1.2.3', 'Compte rendu de biologie'), healthcareFacilityTypeCode: code('SA25', '1.2.250.1.71.4.2.4', 'Laboratoire de biologie médicale'),
  practiceSettingCode: code('AMBULATOIRE', '1.2.250.1.213.1.1.4.9', 'Ambulatoire'), confidentialityCode: [code('N', '2.16.840.1.113883.5.25', 'Normal')],
  eventCodeList: [code('18719-5', '2.16.840.1.113883.6.1', 'Biochimie')], authors: [author], legalAuthenticator: author.person,
  referenceIdList: ['OBX-77120^^^&1.2.250.1.999.1.1.9.4&ISO^urn:ihe:iti:xds:2013:order'], replaces: '',
});
export const submissionSet: SubmissionSet = {
  id: 'SubmissionSet01', uniqueId: '1.2.250.1.999.1.1.6.26.1', sourceId: '1.2.250.1.999.1.1', patientId, submissionTime: '20261119151000', contentTypeCode: code('07', '1.2.250.1.213.2.2', 'Consultation'),
  authors: [author], title: 'Biologie', comments: '', intendedRecipients: [], slots: {},
};

/** Documents with their bytes in one lot, signed when asked. */
export function lotOf(files: readonly Uint8Array[], { signed = false }: { signed?: boolean } = {}): Submission {
  const documents = files.map((bytes, i): SubmittedDocument => ({ id: `Document0${String(i + 1)}`, entry: entryFor(bytes, i + 1) }));
  const { healthcareFacilityTypeCode, practiceSettingCode } = entryFor(new Uint8Array());
  const entry = signatureEntry({ uniqueId: '1.2.250.1.999.1.1.6.26.2', patientId, at: '20261119151000', hash: 'd8a162b88e6344aade47df7a320c61dd8a240684', size: 4838, author, healthcareFacilityTypeCode, practiceSettingCode });
  return submissionOf({ submissionSet, documents, ...(signed ? { signature: { id: 'Signature01', entry } } : {}) });
}

/** Any text XML can carry, without white space around it (a registry's layout is not kept). */
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((one) => one.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').trim());
const word = text.filter((one) => one !== '');
const anyCode = fc.record({ code: word, scheme: text, display: text });
const maybeCode = fc.option(anyCode, { nil: null });
const anyAuthor = fc.record({ person: text, institutions: fc.array(text), roles: fc.array(text), specialties: fc.array(text) });
const extraSlots = fc.dictionary(fc.stringMatching(/^urn:extra:[a-z]{1,8}$/), fc.array(text, { minLength: 1, maxLength: 3 }), { maxKeys: 2, noNullPrototype: true });

const anyEntry: fc.Arbitrary<DocumentEntry> = fc.record({
  uniqueId: word, patientId: text, sourcePatientId: text, sourcePatientInfo: fc.array(text), title: text, creationTime: text, serviceStartTime: text, serviceStopTime: text, languageCode: text, mimeType: text,
  hash: text, size: fc.nat(), typeCode: maybeCode, classCode: maybeCode, formatCode: maybeCode, healthcareFacilityTypeCode: maybeCode, practiceSettingCode: maybeCode, confidentialityCode: fc.array(anyCode),
  eventCodeList: fc.array(anyCode), authors: fc.array(anyAuthor), legalAuthenticator: text, referenceIdList: fc.array(text), replaces: fc.constant(''),
});
const anySet = fc.record({
  id: fc.constant('SubmissionSet01'), uniqueId: word, sourceId: text, patientId: text, submissionTime: text, contentTypeCode: maybeCode, authors: fc.array(anyAuthor), title: text, comments: text,
  intendedRecipients: fc.array(text), slots: extraSlots,
});

/** Lots of any content, for `read(write(x))`. */
export const anySubmission: fc.Arbitrary<Submission> = fc.record({ set: anySet, entries: fc.array(anyEntry, { maxLength: 3 }), extra: extraSlots, signed: fc.boolean() }).map(({ set, entries, extra, signed }) => {
  const documents = entries.map((entry, i): SubmittedDocument => ({ id: `Document0${String(i + 1)}`, entry, ...(Object.keys(extra).length > 0 ? { slots: extra } : {}), ...(i === 0 ? { documentName: 'DOC00001.XML', logicalId: 'urn:uuid:00f8e428-a767-11e6-95bf-00163e58645d' } : {}) }));
  const { signature } = lotOf([], { signed });
  return submissionOf({ submissionSet: set, documents, ...(signature === undefined ? {} : { signature }), replaces: documents.map(({ id }) => ({ id, target: 'urn:uuid:aaa' })) });
});
