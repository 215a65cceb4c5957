import type { AuditRow, Verified } from '../api/contract/audit.ts';
import type { Head } from './chain.ts';

/** What is told of an act; number, time and hashes are the log's own. No value of a patient: ids, codes, and the reason as it was given. */
export type AuditEntry = Omit<AuditRow, 'seq' | 'at' | 'begun' | 'previous' | 'hash'>;
export interface AuditFilter {
  readonly who?: string | undefined; readonly act?: string | undefined; readonly outcome?: AuditRow['outcome'] | undefined; readonly message?: string | undefined;
  /** Epoch ms, both included. */
  readonly from?: number | undefined; readonly to?: number | undefined;
  /** Rows before this number. */
  readonly cursor?: number | undefined;
}

/** The audit log: append-only, each row bound to the one before it by its hash. */
export interface Audit {
  /** Tells of an act before it is done; what `write` then tells is its end. On disk when it returns. @returns the row's number. @throws AuditFault: the act must not be done */
  begin(entry: Omit<AuditEntry, 'outcome' | 'fault'>): number;
  /** On disk when it returns. `begun`: the row of which it is the end. @throws AuditFault when it cannot be kept: what it tells of must then not be shown. */
  write(entry: AuditEntry, begun?: number | null): AuditRow;
  /** Newest first, without the beginnings of acts whose ends are there. `next` is the cursor of what is older, null when nothing is: a page may hold fewer rows than asked, or none, and have a next. */
  list(filter: AuditFilter, limit: number): { readonly rows: readonly AuditRow[]; readonly next: number | null };
  /** Reads the whole chain, and compares its end with the anchored head. */
  verify(): Promise<Verified>;
  /** Keeps the present head in the anchor: from then on a tail cut off before it is found. @returns the head it put there, null when it did not */
  anchor(): Promise<Head | null>;
  close(): void;
}

/** The audit log cannot be written or read. */
export class AuditFault extends Error {
  override readonly name = 'AuditFault';
  readonly code = 'api.audit-unavailable';
  readonly args: readonly string[] = [];
}
