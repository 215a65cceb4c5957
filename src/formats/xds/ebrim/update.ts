import type { DocumentEntry } from '../document-entry.ts';
import type { Submission, SubmissionSet } from '../submission.ts';
import { statuses } from './schemes.ts';

/** One ITI-57 lot that changes a document's status (IHE ITI TF-2 §3.57.4.1.3.3.2; DMP TD3.3c, TD3.3d). */
const statusUpdate = (submissionSet: SubmissionSet, entryUuid: string, from: string, to: string): Submission => ({
  submissionSet, documents: [],
  associations: [{ kind: 'UpdateAvailabilityStatus', source: submissionSet.id, target: entryUuid, slots: { OriginalStatus: [from], NewStatus: [to] } }],
});

/** TD3.3c: logical deletion, by the document's author. */
export const deletion = (set: SubmissionSet, entryUuid: string, from: string = statuses.approved): Submission => statusUpdate(set, entryUuid, from, statuses.deleted);
/** TD3.3d. */
export const archiving = (set: SubmissionSet, entryUuid: string): Submission => statusUpdate(set, entryUuid, statuses.approved, statuses.archived);
export const unarchiving = (set: SubmissionSet, entryUuid: string): Submission => statusUpdate(set, entryUuid, statuses.archived, statuses.approved);

export interface NewVersion {
  /** `urn:uuid:` of the new metadata version. */
  readonly id: string;
  /** logicalId (lid) of the document, the same in all its versions. */
  readonly logicalId: string;
  /** Version number that it follows. */
  readonly previousVersion: number;
  /** The whole entry as it shall be. */
  readonly entry: DocumentEntry;
}

/** TD3.3a and b: a new metadata version, such as one with MASQUE_PS (IHE ITI TF-2 §3.57.4.1.3.3.1). Not open to a gateway in indirect mode (dmp.md §0.1). */
export const metadataUpdate = (submissionSet: SubmissionSet, { id, logicalId, previousVersion, entry }: NewVersion): Submission => ({
  submissionSet, documents: [{ id, logicalId, entry }],
  associations: [{ kind: 'HasMember', source: submissionSet.id, target: id, slots: { SubmissionSetStatus: ['Original'], PreviousVersion: [String(previousVersion)] } }],
});
