import { journalFault } from '../fault.ts';
import type { Batch } from './batch.ts';
import { isOfTheDisk, type Database } from './database.ts';
import type { Disk } from './wal-disk.ts';

/** One call's share of a transaction. Thrown before anything was written (`Refusal`), an error spoils only its own call. */
export type Operation<T> = (batch: Batch) => T;

/** A call that found, before its first write, that it must not be done: the others of its transaction need no second run. */
export class Refusal extends Error {
  readonly fault: Error;
  constructor(fault: Error) { super(fault.message); this.fault = fault; }
}

export interface GroupCommit {
  /** Runs in the transaction of this turn; resolves when that is on the disk. */
  write<T>(operation: Operation<T>): Promise<T>;
  /** As `write`, for what nobody is waiting for on a wire: it goes with the next transaction, or with one of its own a few milliseconds later. */
  soon<T>(operation: Operation<T>): Promise<T>;
  /** Commits what waits; later writes reject with `journal.closed`. */
  close(): Promise<void>;
}

interface Pending { readonly run: Operation<unknown>; readonly done: (value: unknown) => void; readonly failed: (error: unknown) => void }

/** How long what may wait waits for others to share its transaction. */
const soonMs = 4;

/** No transaction takes more calls than this, so that no turn of the event loop lasts long. */
const most = 512;

/** A transaction committed and not on the disk yet: its calls are told after the sync. */
interface Committed { readonly done: () => void; readonly failed: (error: unknown) => void }

/**
 * Group commit: calls of one turn of the event loop share one transaction, and those that come while the disk syncs share the
 * next. A call that fails after it has written makes the transaction start again without it. When the disk refuses a write, all
 * reject, nothing is acknowledged, and the next turn tries anew. When it refuses a sync, the journal writes no more.
 */
export function groupCommit(db: Database, newBatch: () => Batch, disk: Disk): GroupCommit {
  const begin = db.statement('BEGIN IMMEDIATE');
  const commit = db.statement('COMMIT');
  let waiting: Pending[] = [];
  let committed: Committed[] = [];
  let scheduled = false;
  let syncing: Promise<void> | null = null;
  let later: NodeJS.Timeout | null = null;
  let ended: Error | null = null;

  /** Gives the calls to run again: none after COMMIT. */
  const transaction = (calls: readonly Pending[]): readonly Pending[] => {
    const results = new Map<Pending, unknown>();
    // Told after COMMIT only: what a call was refused for may itself be rolled back.
    const refused = new Map<Pending, Error>();
    const batch = newBatch();
    begin.run();
    for (const call of calls) {
      try { results.set(call, call.run(batch)); } catch (error) {
        if (isOfTheDisk(error)) throw error;
        if (error instanceof Refusal) { refused.set(call, error.fault); continue; }
        call.failed(error);
        db.exec('ROLLBACK');
        return calls.filter((other) => other !== call);
      }
    }
    batch.finish();
    commit.run();
    batch.committed();
    // A refusal promises nothing, and before the sync it still comes ahead of calls that its caller must keep behind (a stream's order).
    for (const [call, fault] of refused) call.failed(fault);
    committed.push({
      done: () => { for (const [call, value] of results) call.done(value); },
      failed: (error) => { for (const call of calls) call.failed(error); },
    });
    return [];
  };

  /** What the kernel could not write it may have forgotten: a later sync would succeed over a hole, so nothing more is written here. */
  const broken = (error: unknown): void => {
    ended ??= journalFault('journal.io', 'sync', { cause: error });
    for (const call of waiting) call.failed(ended);
    waiting = [];
  };
  const synced = (calls: readonly Committed[]): void => { for (const call of calls) call.done(); };
  const unsynced = (calls: readonly Committed[], error: unknown): void => { broken(error); for (const call of calls) call.failed(ended); };

  const sync = (): void => {
    const calls = committed;
    committed = [];
    syncing = disk.sync().then(() => { synced(calls); }, (error: unknown) => { unsynced(calls, error); }).finally(() => {
      syncing = null;
      // In the next turn: what was just told leaves first.
      if (waiting.length > 0) schedule();
    });
  };

  const flush = (): void => {
    scheduled = false;
    if (later !== null) { clearTimeout(later); later = null; }
    // One sync at a time: its end schedules the next.
    if (syncing !== null) return;
    let calls: readonly Pending[] = waiting.slice(0, most);
    waiting = waiting.slice(most);
    try { while (calls.length > 0) calls = transaction(calls); } catch (error) {
      if (db.inTransaction()) db.exec('ROLLBACK');
      for (const call of calls) call.failed(error);
    }
    if (committed.length > 0) sync();
    else if (waiting.length > 0) schedule();
  };
  const schedule = (): void => { if (!scheduled && syncing === null) { scheduled = true; setImmediate(flush); } };

  const add = <T>(operation: Operation<T>, schedules: () => void) => new Promise<T>((resolve, reject) => {
    if (ended !== null) { reject(ended); return; }
    waiting.push({ run: operation, done: (value) => { resolve(value as T); }, failed: (error) => { reject(error instanceof Error ? error : new Error(String(error))); } });
    schedules();
  });

  return {
    write: (operation) => add(operation, schedule),
    soon: (operation) => add(operation, () => { if (!scheduled && syncing === null) later ??= setTimeout(flush, soonMs); }),
    close: async () => {
      ended ??= journalFault('journal.closed');
      while (waiting.length > 0 || syncing !== null) { flush(); await syncing; }
      disk.close();
    },
  };
}
