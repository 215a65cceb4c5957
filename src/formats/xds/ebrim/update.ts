import type { Submission, SubmissionSet } from '../submission.ts';
import { statuses } from './schemes.ts';

/**
 * TD3.3c, logical deletion by the document's author: one ITI-57 lot that changes its status (IHE ITI TF-2 §3.57.4.1.3.3.2). The
 * other changes of attributes (TD3.3a, b, d) are not open to a gateway in indirect mode (dmp.md §0.1).
 */
export const deletion = (submissionSet: SubmissionSet, entryUuid: string, from: string = statuses.approved): Submission => ({
  submissionSet, documents: [],
  associations: [{ kind: 'UpdateAvailabilityStatus', source: submissionSet.id, target: entryUuid, slots: { OriginalStatus: [from], NewStatus: [statuses.deleted] } }],
});
