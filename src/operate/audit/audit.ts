import type { AuditRow, Verified } from '../api/contract/audit.ts';

/** What is told of an act; number, time and hashes are the log's own. No value of a patient: ids, codes, and the reason as it was given. */
export type AuditEntry = Omit<AuditRow, 'seq' | 'at' | 'previous' | 'hash'>;
export interface AuditFilter {
  readonly who?: string | undefined; readonly act?: string | undefined; readonly outcome?: AuditRow['outcome'] | undefined; readonly message?: string | undefined;
  /** Epoch ms, both included. */
  readonly from?: number | undefined; readonly to?: number | undefined;
  /** Rows before this number. */
  readonly cursor?: number | undefined;
}

/** The audit log: append-only, each row bound to the one before it by its hash. */
export interface Audit {
  /** Tries whether a row could be written, and writes none. @throws AuditFault */
  ready(): void;
  /** On disk when it returns. @throws AuditFault when it cannot be kept: what it tells of must then not be shown or done. */
  write(entry: AuditEntry): AuditRow;
  /** Newest first. `next` is the cursor of what is older, null when nothing is: a page may hold fewer rows than asked, or none, and have a next. */
  list(filter: AuditFilter, limit: number): { readonly rows: readonly AuditRow[]; readonly next: number | null };
  /** Reads the whole chain, and compares its end with the anchored head. */
  verify(): Promise<Verified>;
  /** Keeps the present head in the anchor: from then on a tail cut off before it is found. */
  anchor(): Promise<void>;
  close(): void;
}

/** The audit log cannot be written or read. */
export class AuditFault extends Error {
  override readonly name = 'AuditFault';
  readonly code = 'api.audit-unavailable';
  readonly args: readonly string[] = [];
}
