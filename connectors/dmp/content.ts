import type { DocumentEntry } from '../../src/formats/xds/document-entry.ts';
import type { LotSender } from '../../src/formats/xds/submission-set.ts';
import type { SubmissionSet } from '../../src/formats/xds/submission.ts';

export type LotAction = 'submit' | 'replace' | 'delete';

/** What route puts in `work.content` for this connector (src/route/dmp.ts). */
export interface DmpContent {
  readonly entries: readonly { readonly name: string; readonly entry: DocumentEntry }[];
  readonly action: LotAction;
  readonly sender: LotSender | null;
  /** PV1-2. */
  readonly patientClass: string;
  readonly secretConnection: boolean;
}

/** A version in the record, by its present entryUUID, which every replacement and every change of metadata renews. */
export interface Target { readonly entryUuid: string; readonly status: string }
/** What is asked or made before a lot leaves; kept in the journal. Ids and time are made once, targets are asked for each sending. */
export interface DmpAnswers {
  readonly lot: { readonly uniqueId: string; readonly signatureId: string; readonly at: number };
  /** By uniqueId of the version to replace or delete. */
  readonly targets: Readonly<Record<string, Target>>;
}

/** Who the VIHF of a lot speaks of and for. */
export interface Actor { readonly patientId: string; readonly structure: string; readonly nameId: string; readonly subjectId: string; readonly secretConnection: boolean; readonly authenticatedAt: number }

/** What is frozen of a lot: the same in every attempt. */
export interface Frozen {
  readonly action: LotAction;
  readonly signatureId: string;
  /** Epoch ms: submission and signature. */
  readonly at: number;
  readonly actor: Actor;
  readonly submissionSet: SubmissionSet;
  /** `id` is symbolic; `size` is the number of its bytes after this description. */
  readonly documents: readonly { readonly id: string; readonly entry: DocumentEntry }[];
}
