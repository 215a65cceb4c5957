import type { DocumentEntry, XdsAuthor, XdsCode } from '../document-entry.ts';
import type { Slots, SubmissionSet, SubmittedDocument } from '../submission.ts';
import { attributeOf, classifiedBy, identifierOf, localizedOf, slotsOf, type RimElement } from './object.ts';
import { entrySchemes, referenceIdList, setSchemes } from './schemes.ts';

const first = (slots: ReadonlyMap<string, readonly string[]>, name: string): string => slots.get(name)?.[0] ?? '';

const codeOf = (classification: RimElement): XdsCode => ({
  code: attributeOf(classification, 'nodeRepresentation'), scheme: first(slotsOf(classification), 'codingScheme'), display: localizedOf(classification, 'Name'),
});
const authorOf = (classification: RimElement): XdsAuthor => {
  const slots = slotsOf(classification);
  return { person: first(slots, 'authorPerson'), institutions: slots.get('authorInstitution') ?? [], roles: slots.get('authorRole') ?? [], specialties: slots.get('authorSpecialty') ?? [] };
};
const codes = (object: RimElement, scheme: string): XdsCode[] => classifiedBy(object, scheme).map(codeOf);
const maybeCode = (object: RimElement, scheme: string): XdsCode | null => codes(object, scheme)[0] ?? null;

const entrySlots: ReadonlySet<string> = new Set([
  'URI', 'creationTime', 'hash', 'languageCode', 'legalAuthenticator', 'serviceStartTime', 'serviceStopTime', 'size', 'sourcePatientId', 'sourcePatientInfo', referenceIdList, 'repositoryUniqueId',
]);
const others = (slots: ReadonlyMap<string, readonly string[]>, known: ReadonlySet<string>): Slots => Object.fromEntries([...slots].filter(([name]) => !known.has(name)));

/** What a registry adds to an entry; '' where the object does not say. */
export interface Registered { readonly entryUuid: string; readonly logicalId: string; readonly version: string; readonly availabilityStatus: string; readonly repositoryUniqueId: string }
export type RegisteredDocument = SubmittedDocument & { readonly registered: Registered };

/** A DocumentEntry of an ExtrinsicObject; what it lacks is '' , null or 0. */
export function readEntry(object: RimElement): RegisteredDocument {
  const slots = slotsOf(object);
  const size = Number(first(slots, 'size'));
  const comments = localizedOf(object, 'Description');
  const entry: DocumentEntry = {
    uniqueId: identifierOf(object, entrySchemes.uniqueId), patientId: identifierOf(object, entrySchemes.patientId),
    sourcePatientId: first(slots, 'sourcePatientId'), sourcePatientInfo: slots.get('sourcePatientInfo') ?? [], title: localizedOf(object, 'Name'),
    creationTime: first(slots, 'creationTime'), serviceStartTime: first(slots, 'serviceStartTime'), serviceStopTime: first(slots, 'serviceStopTime'),
    languageCode: first(slots, 'languageCode'), mimeType: attributeOf(object, 'mimeType'), hash: first(slots, 'hash'), size: Number.isSafeInteger(size) && size > 0 ? size : 0,
    typeCode: maybeCode(object, entrySchemes.typeCode), classCode: maybeCode(object, entrySchemes.classCode), formatCode: maybeCode(object, entrySchemes.formatCode),
    healthcareFacilityTypeCode: maybeCode(object, entrySchemes.healthcareFacilityTypeCode), practiceSettingCode: maybeCode(object, entrySchemes.practiceSettingCode),
    confidentialityCode: codes(object, entrySchemes.confidentialityCode), eventCodeList: codes(object, entrySchemes.eventCodeList),
    authors: classifiedBy(object, entrySchemes.author).map(authorOf), legalAuthenticator: first(slots, 'legalAuthenticator'),
    referenceIdList: slots.get(referenceIdList) ?? [], replaces: '', ...(comments === '' ? {} : { comments }),
  };
  const [documentName, logicalId, extra] = [first(slots, 'URI'), attributeOf(object, 'lid'), others(slots, entrySlots)];
  const versionInfo = object.children.find((child) => child.name === 'VersionInfo');
  return {
    id: attributeOf(object, 'id'), entry, ...(documentName === '' ? {} : { documentName }), ...(logicalId === '' ? {} : { logicalId }), ...(Object.keys(extra).length === 0 ? {} : { slots: extra }),
    registered: {
      entryUuid: attributeOf(object, 'id'), logicalId, version: versionInfo === undefined ? '' : attributeOf(versionInfo, 'versionName'),
      availabilityStatus: attributeOf(object, 'status'), repositoryUniqueId: first(slots, 'repositoryUniqueId'),
    },
  };
}

const setSlots: ReadonlySet<string> = new Set(['submissionTime', 'intendedRecipient']);

export function readSubmissionSet(object: RimElement): SubmissionSet {
  const slots = slotsOf(object);
  return {
    id: attributeOf(object, 'id'), uniqueId: identifierOf(object, setSchemes.uniqueId), sourceId: identifierOf(object, setSchemes.sourceId), patientId: identifierOf(object, setSchemes.patientId),
    submissionTime: first(slots, 'submissionTime'), contentTypeCode: maybeCode(object, setSchemes.contentTypeCode), authors: classifiedBy(object, setSchemes.author).map(authorOf),
    title: localizedOf(object, 'Name'), comments: localizedOf(object, 'Description'), intendedRecipients: slots.get('intendedRecipient') ?? [], slots: others(slots, setSlots),
  };
}
