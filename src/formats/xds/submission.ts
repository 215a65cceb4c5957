import type { DocumentEntry, XdsAuthor, XdsCode } from './document-entry.ts';

/** Slots by name; every value is a LongName (256). */
export type Slots = Readonly<Record<string, readonly string[]>>;

/** IHE ITI TF-3 §4.2.3.3. The id is symbolic (`SubmissionSet01`) or, in what a registry answers, an entryUUID. */
export interface SubmissionSet {
  readonly id: string;
  readonly uniqueId: string;
  readonly sourceId: string;
  /** CX of the INS; '' in an XDM without one. */
  readonly patientId: string;
  /** UTC digits. */
  readonly submissionTime: string;
  readonly contentTypeCode: XdsCode | null;
  readonly authors: readonly XdsAuthor[];
  readonly title: string;
  readonly comments: string;
  /** `XON|XCN|XTN` texts. */
  readonly intendedRecipients: readonly string[];
  /** Slots that are none of the above (extra metadata). */
  readonly slots: Slots;
}

/** A document of a submission: `id` is symbolic (`Document01`), a fresh uuid for an ITI-57 update, or an entryUUID. */
export interface SubmittedDocument {
  readonly id: string;
  readonly entry: DocumentEntry;
  /** XDM: the file beside METADATA.XML (slot URI). */
  readonly documentName?: string;
  /** ITI-57: the logical document that this is a new metadata version of. */
  readonly logicalId?: string;
  readonly slots?: Slots;
}

/** IHE ITI TF-3 §4.2.2. `sign` in IHE's texts, `signs` on the wire. */
export type AssociationKind = 'HasMember' | 'RPLC' | 'APND' | 'XFRM' | 'XFRM_RPLC' | 'signs' | 'UpdateAvailabilityStatus' | 'SubmitAssociation';
export interface Association {
  /** A kind of IHE's, else the URN as it came. */
  readonly kind: AssociationKind | `urn:${string}`;
  readonly source: string;
  readonly target: string;
  readonly slots: Slots;
}

/** What one SubmitObjectsRequest holds: the lot of ITI-41, of ITI-57 or of a METADATA.XML. */
export interface Submission {
  readonly submissionSet: SubmissionSet;
  readonly documents: readonly SubmittedDocument[];
  readonly associations: readonly Association[];
  /** The lot's signature, an entry of its own (signature-entry.ts). */
  readonly signature?: { readonly id: string; readonly entry: DocumentEntry };
}

const original: Slots = { SubmissionSetStatus: ['Original'] };

export interface Lot extends Omit<Submission, 'associations'> {
  /** Which document of the lot replaces which entryUUID (or, in an XDM, which `urn:oid:` document). */
  readonly replaces?: readonly { readonly id: string; readonly target: string }[];
}

/** A lot with its associations (dmp.md §1.4): HasMember for each document and for the signature, `signs`, RPLC. */
export function submissionOf({ replaces = [], ...lot }: Lot): Submission {
  const { submissionSet, documents, signature } = lot;
  const member = (target: string): Association => ({ kind: 'HasMember', source: submissionSet.id, target, slots: original });
  return {
    ...lot,
    associations: [
      ...documents.map(({ id }) => member(id)),
      ...(signature === undefined ? [] : [member(signature.id), { kind: 'signs' as const, source: signature.id, target: submissionSet.id, slots: original }]),
      ...replaces.map(({ id, target }): Association => ({ kind: 'RPLC', source: id, target, slots: {} })),
    ],
  };
}
