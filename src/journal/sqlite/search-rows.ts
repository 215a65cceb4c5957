import type { Batch } from './batch.ts';
import type { Database } from './database.ts';
import { entryLength, entryOf, leavesOf, without, type Row } from './search-run.ts';

/** Up to which sequence number messages are in runs, or were written before there were any. */
export const indexedUpTo = 'search.upTo';
/** Messages of a run: so many are looked through one by one when something is searched, and a run is sorted in a few milliseconds. */
const runLength = 2048;

/** What the search index gets and loses (docs/decisions/0009). */
export interface SearchRows {
  /**
   * A message's blind indexes, besides the column that keeps them all. Those of its control id are written at once, as repeats are
   * looked for by them; the others go with the run of their message, or at once where that is written already.
   */
  add(batch: Batch, seq: number, control: readonly Uint8Array[], others: readonly Uint8Array[]): void;
  drop(batch: Batch, seq: number, hashes: readonly Uint8Array[]): void;
  /** Writes the next run when all its messages are there. To be called once the column of the newest is written. */
  run(batch: Batch): void;
}

export function openSearchRows({ db }: { readonly db: Database }, length = runLength): SearchRows {
  const sql = {
    add: db.statement('INSERT INTO search(hash, seq) VALUES(?, ?) ON CONFLICT DO NOTHING'),
    drop: db.statement('DELETE FROM search WHERE hash = ? AND seq = ?'),
    next: db.statement<Row & { seq: number; hashes: Uint8Array }>('SELECT seq, hashes FROM message WHERE seq > ? AND seq <= ? ORDER BY seq'),
    addRun: db.statement('INSERT INTO search_run(first, last) VALUES(?, ?)'),
    runOf: db.statement<{ first: number }>('SELECT first FROM search_run WHERE first <= ? AND last >= ? ORDER BY first DESC LIMIT 1'),
    dropRun: db.statement('DELETE FROM search_run WHERE first = ? AND NOT EXISTS (SELECT 1 FROM search_leaf WHERE run = search_run.first)'),
    addLeaf: db.statement('INSERT INTO search_leaf(run, least, entries) VALUES(?, ?, ?)'),
    leafOf: db.statement<{ least: Uint8Array; entries: Uint8Array }>('SELECT least, entries FROM search_leaf WHERE run = ? AND least <= ? ORDER BY least DESC LIMIT 1'),
    dropLeaf: db.statement('DELETE FROM search_leaf WHERE run = ? AND least = ?'),
  };
  const addLeaf = (run: number, leaf: Uint8Array): void => { if (leaf.length > 0) sql.addLeaf.run(run, leaf.subarray(0, entryLength), leaf); };
  const dropFromRun = (run: number, entry: Uint8Array): void => {
    const leaf = sql.leafOf.get(run, entry);
    const left = leaf === undefined ? null : without(leaf.entries, entry);
    if (leaf === undefined || left === null) return;
    sql.dropLeaf.run(run, leaf.least);
    addLeaf(run, left);
    if (left.length === 0) sql.dropRun.run(run);
  };

  return {
    add: (batch, seq, control, others) => {
      for (const hash of control) sql.add.run(hash, seq);
      if (seq <= batch.value(indexedUpTo)) for (const hash of others) sql.add.run(hash, seq);
    },
    drop: (batch, seq, hashes) => {
      for (const hash of hashes) sql.drop.run(hash, seq);
      const run = seq <= batch.value(indexedUpTo) ? sql.runOf.get(seq, seq)?.first : undefined;
      if (run !== undefined) for (const hash of hashes) dropFromRun(run, entryOf(hash, seq - run));
    },
    run: (batch) => {
      const upTo = batch.value(indexedUpTo);
      if (batch.value('seq') - upTo < length) return;
      const last = upTo + length;
      const leaves = leavesOf(upTo + 1, sql.next.all(upTo, last));
      if (leaves.length > 0) sql.addRun.run(upTo + 1, last);
      for (const leaf of leaves) addLeaf(upTo + 1, leaf);
      batch.add(indexedUpTo, length);
    },
  };
}
