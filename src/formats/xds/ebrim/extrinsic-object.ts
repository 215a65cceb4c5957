import type { SubmittedDocument } from '../submission.ts';
import { Classified, type Numbering } from './classified.ts';
import { entrySchemes, referenceIdList, stableDocument } from './schemes.ts';
import { descriptionOf, escaped, nameOf, slot, slotOf, slotsOf } from './xml.ts';

/** The ExtrinsicObject of a DocumentEntry (IHE ITI TF-3 §4.2.3.2). What the registry sets (status, version, repository) is never submitted. */
export function extrinsicObject({ id, entry, documentName = '', logicalId, slots = {} }: SubmittedDocument, numbers: Numbering): string {
  const of = new Classified(id, numbers);
  const code = (name: 'classCode' | 'formatCode' | 'healthcareFacilityTypeCode' | 'practiceSettingCode' | 'typeCode'): string => of.code(entrySchemes[name], entry[name]);
  return `<ExtrinsicObject id="${escaped(id)}"${logicalId === undefined ? '' : ` lid="${escaped(logicalId)}"`} mimeType="${escaped(entry.mimeType)}" objectType="${stableDocument}">`
    + slotOf('URI', documentName) + slotOf('creationTime', entry.creationTime) + slotOf('hash', entry.hash) + slotOf('languageCode', entry.languageCode)
    + slotOf('legalAuthenticator', entry.legalAuthenticator) + slotOf('serviceStartTime', entry.serviceStartTime) + slotOf('serviceStopTime', entry.serviceStopTime)
    + slotOf('size', entry.size === 0 ? '' : String(entry.size)) + slotOf('sourcePatientId', entry.sourcePatientId) + slot('sourcePatientInfo', entry.sourcePatientInfo)
    + slot(referenceIdList, entry.referenceIdList) + slotsOf(slots)
    + nameOf(entry.title) + descriptionOf(entry.comments ?? '')
    + entry.authors.map((author) => of.author(entrySchemes.author, author)).join('')
    + code('classCode') + entry.confidentialityCode.map((one) => of.code(entrySchemes.confidentialityCode, one)).join('')
    + entry.eventCodeList.map((one) => of.code(entrySchemes.eventCodeList, one)).join('')
    + code('formatCode') + code('healthcareFacilityTypeCode') + code('practiceSettingCode') + code('typeCode')
    + of.identifier(entrySchemes.patientId, 'XDSDocumentEntry.patientId', entry.patientId) + of.identifier(entrySchemes.uniqueId, 'XDSDocumentEntry.uniqueId', entry.uniqueId)
    + '</ExtrinsicObject>';
}
