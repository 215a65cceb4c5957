/** `code^^scheme` in texts; here in parts. */
export interface XdsCode { readonly code: string; readonly scheme: string; readonly display: string }
/** HL7 CX/XCN/XON texts are kept as the DMP wants them written (dmp.md §1.5). */
export interface XdsAuthor { readonly person: string; readonly institutions: readonly string[]; readonly roles: readonly string[]; readonly specialties: readonly string[] }

/** An XDS DocumentEntry in IHE's words (ITI TF-3 §4.2.3.2); ebRIM stays at the edge. Times are UTC digits. */
export interface DocumentEntry {
  readonly uniqueId: string;
  readonly patientId: string;
  readonly sourcePatientId: string;
  readonly sourcePatientInfo: readonly string[];
  readonly title: string;
  readonly creationTime: string;
  readonly serviceStartTime: string;
  readonly serviceStopTime: string;
  readonly languageCode: string;
  readonly mimeType: string;
  readonly hash: string;
  readonly size: number;
  readonly typeCode: XdsCode | null;
  readonly classCode: XdsCode | null;
  readonly formatCode: XdsCode | null;
  readonly healthcareFacilityTypeCode: XdsCode | null;
  readonly practiceSettingCode: XdsCode | null;
  readonly confidentialityCode: readonly XdsCode[];
  readonly eventCodeList: readonly XdsCode[];
  readonly authors: readonly XdsAuthor[];
  readonly legalAuthenticator: string;
  readonly referenceIdList: readonly string[];
  /** uniqueId of the document it replaces, '' when none. */
  readonly replaces: string;
  /** Said by received metadata only: a CDA header has none. */
  readonly comments?: string;
}
