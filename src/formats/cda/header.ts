import type { Finding } from '../../domain/finding.ts';

/** `root`, `extension` of an II. Empty strings when absent. */
export interface InstanceId { readonly root: string; readonly extension: string; readonly nullFlavor: string }
export interface Coded { readonly code: string; readonly system: string; readonly systemName: string; readonly display: string; readonly nullFlavor: string }
/** A CDA time as written and as an instant: `utc` is yyyyMMddHHmmss in UTC at the written precision, '' when absent. */
export interface CdaTime { readonly raw: string; readonly utc: string; readonly iso: string; readonly hadOffset: boolean }
/** A name part's qualifier: BR birth, CL usual, SP spouse, '' none. */
export interface NamePart { readonly text: string; readonly qualifier: string }
export interface PersonName { readonly family: readonly NamePart[]; readonly given: readonly NamePart[]; readonly prefix: string; readonly suffix: string }
export interface CdaOrganization { readonly ids: readonly InstanceId[]; readonly name: string; readonly nameNullFlavor: string; readonly industry: Coded | null; readonly telecoms: readonly { value: string; use: string }[]; readonly address: string }
export interface CdaAssigned {
  readonly ids: readonly InstanceId[]; readonly code: Coded | null; readonly person: PersonName | null;
  readonly device: { readonly software: string; readonly model: string } | null; readonly organization: CdaOrganization | null;
  readonly telecoms: readonly { value: string; use: string }[];
}
export interface CdaAuthor extends CdaAssigned { readonly time: CdaTime; readonly functionCode: Coded | null }
export interface CdaServiceEvent { readonly code: Coded | null; readonly low: CdaTime; readonly high: CdaTime; readonly performer: CdaAssigned | null }

/** What the gateway reads of a CDA R2 header (dmp.md §2.1), each with nothing inferred. */
export interface CdaHeader {
  /** `ClinicalDocument`, or `xsl:stylesheet` for an auto-presentable one (XDS mimeType application/xslt+xml). */
  readonly rootElement: 'ClinicalDocument' | 'xsl:stylesheet';
  readonly id: InstanceId;
  readonly templateIds: readonly InstanceId[];
  readonly code: Coded;
  readonly title: string;
  readonly effectiveTime: CdaTime;
  readonly confidentiality: Coded;
  readonly language: string;
  readonly setId: InstanceId | null;
  readonly version: string;
  readonly patient: {
    readonly ids: readonly InstanceId[]; readonly name: PersonName; readonly gender: Coded; readonly birthTime: CdaTime;
    readonly birthPlace: { readonly text: string; readonly insee: string } | null; readonly telecoms: readonly { value: string; use: string }[]; readonly addresses: readonly string[];
  };
  readonly authors: readonly CdaAuthor[];
  readonly legalAuthenticator: (CdaAssigned & { readonly time: CdaTime }) | null;
  readonly custodian: CdaOrganization | null;
  readonly serviceEvents: readonly CdaServiceEvent[];
  readonly relatedDocuments: readonly { readonly type: string; readonly id: InstanceId }[];
  readonly inFulfillmentOf: readonly InstanceId[];
  readonly encounter: { readonly ids: readonly InstanceId[]; readonly code: Coded | null; readonly low: CdaTime; readonly high: CdaTime; readonly facilityType: Coded | null; readonly facility: CdaOrganization | null } | null;
  readonly informationRecipients: readonly CdaAssigned[];
  /** N1 carries one file, N3 is structured. */
  readonly level: 'N1' | 'N3';
  readonly nonXmlMediaType: string;
  /** media types of B64 files inside a structured body (a PDF copy, images). */
  readonly embedded: readonly string[];
  readonly findings: readonly Finding[];
}

/** Either a header, or why the bytes are not a CDA (`document.*` findings of severity error). Never throws. */
export type CdaRead = { readonly ok: true; readonly header: CdaHeader } | { readonly ok: false; readonly findings: readonly Finding[] };
