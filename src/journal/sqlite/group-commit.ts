import { journalFault } from '../fault.ts';
import type { Batch } from './batch.ts';
import { isOfTheDisk, type Database } from './database.ts';

/** One call's share of a transaction. Thrown before anything was written (`Refusal`), an error spoils only its own call. */
export type Operation<T> = (batch: Batch) => T;

/** A call that found, before its first write, that it must not be done: the others of its transaction need no second run. */
export class Refusal extends Error {
  readonly fault: Error;
  constructor(fault: Error) { super(fault.message); this.fault = fault; }
}

export interface GroupCommit {
  /** Runs in the transaction of this turn; resolves after COMMIT, that is after fsync. */
  write<T>(operation: Operation<T>): Promise<T>;
  /** As `write`, for what nobody is waiting for on a wire: it goes with the next transaction, or with one of its own a few milliseconds later. */
  soon<T>(operation: Operation<T>): Promise<T>;
  /** Commits what waits; later writes reject with `journal.closed`. */
  close(): void;
}

interface Pending { readonly run: Operation<unknown>; readonly done: (value: unknown) => void; readonly failed: (error: unknown) => void }

/** How long what may wait waits for others to share its transaction. */
const soonMs = 4;

/** No transaction takes more calls than this, so that no turn of the event loop lasts long. */
const most = 512;

/**
 * Group commit: calls of one turn of the event loop share one transaction. A call that fails after it has written makes the
 * transaction start again without it. When the disk fails, all reject, nothing is acknowledged, and the next turn tries anew.
 */
export function groupCommit(db: Database, newBatch: () => Batch): GroupCommit {
  let waiting: Pending[] = [];
  let scheduled = false;
  let later: NodeJS.Timeout | null = null;
  let closed = false;

  /** Gives the calls to run again: none after COMMIT. */
  const transaction = (calls: readonly Pending[]): readonly Pending[] => {
    const results = new Map<Pending, unknown>();
    // Told after COMMIT only: what a call was refused for may itself be rolled back.
    const refused = new Map<Pending, Error>();
    const batch = newBatch();
    db.exec('BEGIN IMMEDIATE');
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
    db.exec('COMMIT');
    batch.committed();
    for (const [call, value] of results) call.done(value);
    for (const [call, fault] of refused) call.failed(fault);
    return [];
  };

  const flush = () => {
    scheduled = false;
    if (later !== null) { clearTimeout(later); later = null; }
    let calls: readonly Pending[] = waiting.slice(0, most);
    waiting = waiting.slice(most);
    if (waiting.length > 0) schedule();
    try { while (calls.length > 0) calls = transaction(calls); } catch (error) {
      if (db.inTransaction()) db.exec('ROLLBACK');
      for (const call of calls) call.failed(error);
    }
  };
  const schedule = () => { if (!scheduled) { scheduled = true; setImmediate(flush); } };

  const add = <T>(operation: Operation<T>, schedules: () => void) => new Promise<T>((resolve, reject) => {
    if (closed) { reject(journalFault('journal.closed')); return; }
    waiting.push({ run: operation, done: (value) => { resolve(value as T); }, failed: (error) => { reject(error instanceof Error ? error : new Error(String(error))); } });
    schedules();
  });

  return {
    write: (operation) => add(operation, schedule),
    soon: (operation) => add(operation, () => { if (!scheduled) later ??= setTimeout(flush, soonMs); }),
    close: () => {
      closed = true;
      while (waiting.length > 0) flush();
    },
  };
}
