import type { AuditRow, Verified } from '../api/contract/audit.ts';

/** What is told of an act; number, time and hashes are the log's own. No value of a patient: ids, codes, and the reason as it was given. */
export type AuditEntry = Omit<AuditRow, 'seq' | 'at' | 'previous' | 'hash'>;
export interface AuditFilter { readonly who?: string; readonly act?: string; readonly outcome?: AuditRow['outcome']; readonly message?: string; readonly from?: number; readonly to?: number; readonly cursor?: number }

/** The audit log: append-only, each row bound to the one before it by its hash. */
export interface Audit {
  /** Tries whether a row could be written, and writes none. @throws AuditFault */
  ready(): void;
  /** On disk when it returns. @throws AuditFault when it cannot be kept: what it tells of must then not be shown or done. */
  write(entry: AuditEntry): AuditRow;
  /** Newest first. */
  list(filter: AuditFilter, limit: number): readonly AuditRow[];
  /** Reads the whole chain, and compares its end with the head the journal keeps. */
  verify(): Promise<Verified>;
  close(): Promise<void>;
}

/** The audit log cannot be written or read. */
export class AuditFault extends Error {
  override readonly name = 'AuditFault';
  readonly code = 'api.audit-unavailable';
  readonly args: readonly string[] = [];
}
