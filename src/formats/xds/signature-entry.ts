import type { DocumentEntry, XdsAuthor, XdsCode } from './document-entry.ts';
import { invisibleToPatient, maskedToProfessionals } from './visibility.ts';

export interface SignatureMetadata {
  readonly uniqueId: string;
  /** CX of the INS. */
  readonly patientId: string;
  /** When the lot is signed, UTC digits. */
  readonly at: string;
  /** Of the signature file's bytes. */
  readonly hash: string;
  readonly size: number;
  /** The lot's author. */
  readonly author: XdsAuthor;
  /** As the documents of the lot say. */
  readonly healthcareFacilityTypeCode: XdsCode | null;
  readonly practiceSettingCode: XdsCode | null;
}

const code = (value: string, scheme: string, display: string): XdsCode => ({ code: value, scheme, display });

/** The entry of a lot's signature: metadata fixed by the DMP (dmp.md §1.4; IHE ITI DSG). */
export const signatureEntry = ({ uniqueId, patientId, at, hash, size, author, healthcareFacilityTypeCode, practiceSettingCode }: SignatureMetadata): DocumentEntry => ({
  uniqueId, patientId, sourcePatientId: patientId, sourcePatientInfo: [], title: 'Source', creationTime: at, serviceStartTime: at, serviceStopTime: at,
  languageCode: 'art', mimeType: 'text/xml', hash, size,
  typeCode: code('E1762', 'ASTM', 'Full Document'), classCode: code('urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'URN', 'Digital Signature'),
  formatCode: code('http://www.w3.org/2000/09/xmldsig#', 'URN', 'Default Signature Style'), healthcareFacilityTypeCode, practiceSettingCode,
  confidentialityCode: [code('N', '2.16.840.1.113883.5.25', 'Normal'), maskedToProfessionals, invisibleToPatient],
  eventCodeList: [code('1.2.840.10065.1.12.1.14', '1.2.840.10065.1.12', 'Source')], authors: [author], legalAuthenticator: author.person, referenceIdList: [], replaces: '',
});
