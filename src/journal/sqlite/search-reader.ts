import type { SearchKey } from '../../domain/message.ts';
import type { BlindIndex } from '../seal.ts';
import type { Database } from './database.ts';
import { hashesIn } from './repeats.ts';
import { rangesOf } from './search-index.ts';
import { indexedUpTo } from './search-rows.ts';
import { bounds, offsetsIn, within, type Range } from './search-run.ts';

/** Laboratories number alike: a region has hundreds of the same number. Beyond this only a feeding error has more, and the search must end. */
const mostAuthorities = 4096;

/** Sequence numbers below `before` of messages that have the key, newest first, at most `limit` of those that are `seen`. */
export type Search = (key: SearchKey, before: number, limit: number, seen?: (seq: number) => boolean) => number[];

/**
 * Looks for a key wherever its indexes may stand (docs/decisions/0009): in rows of their own, in messages that are in no run yet, in the
 * runs. To be used within one transaction, or by the only writer: what is in no run at one moment is in one at the next.
 */
export function searcher({ db, index }: { readonly db: Database; readonly index: BlindIndex }): Search {
  const [rows, runs] = [rowsReader(db), runsReader(db)];
  return (key, before, limit, seen = () => true) => {
    const found = new Set<number>();
    const take = (seqs: Iterable<number>): void => {
      let left = limit;
      for (const seq of seqs) {
        if (!seen(seq)) continue;
        found.add(seq);
        left -= 1;
        if (left <= 0) break;
      }
    };
    for (const range of rangesOf(index, key)) {
      for (const seqs of rows(range, before)) take(seqs);
      take(runs(range, before));
    }
    return [...found].sort((a, b) => b - a).slice(0, limit);
  };
}

/** The rows of a range: those of each hash newest first. */
function rowsReader(db: Database): (range: Range, before: number) => Generator<Iterable<number>> {
  const nextHash = db.statement<{ hash: Uint8Array | null }>('SELECT min(hash) AS hash FROM search WHERE hash >= ? AND hash <= ?');
  const hashAfter = db.statement<{ hash: Uint8Array | null }>('SELECT min(hash) AS hash FROM search WHERE hash > ? AND hash <= ?');
  const having = db.statement<{ seq: number }>('SELECT seq FROM search WHERE hash = ? AND seq < ? ORDER BY seq DESC');
  const seqs = function* (hash: Uint8Array, before: number): Generator<number> { for (const { seq } of having.iterate(hash, before)) yield seq; };
  return function* ({ from, to }, before) {
    let hash = nextHash.get(from, to)?.hash ?? null;
    for (let n = 0; hash !== null && n < mostAuthorities; n += 1) {
      yield seqs(hash, before);
      hash = hashAfter.get(hash, to)?.hash ?? null;
    }
  };
}

/** What came in since the last run, then run after run: newest first. */
function runsReader(db: Database): (range: Range, before: number) => Generator<number> {
  const upTo = db.statement<{ value: number }>(`SELECT value FROM counter WHERE name = '${indexedUpTo}'`);
  const later = db.statement<{ seq: number; hashes: Uint8Array }>('SELECT seq, hashes FROM message WHERE seq > ? AND seq < ? ORDER BY seq DESC');
  const firsts = db.statement<{ first: number }>('SELECT first FROM search_run WHERE first < ? ORDER BY first DESC');
  const leaves = db.statement<{ entries: Uint8Array }>(
    'SELECT entries FROM search_leaf WHERE run = ? AND least >= coalesce((SELECT max(least) FROM search_leaf WHERE run = ? AND least <= ?), x\'\') AND least <= ? ORDER BY least');
  return function* (range, before) {
    for (const { seq, hashes } of later.iterate(upTo.get()?.value ?? 0, before)) if (hashesIn(hashes).some((hash) => within(range, hash))) yield seq;
    const [low, high] = bounds(range);
    for (const { first } of firsts.all(before)) {
      const seqs = new Set<number>();
      for (const { entries } of leaves.all(first, first, low, high)) for (const offset of offsetsIn(entries, range)) if (first + offset < before) seqs.add(first + offset);
      yield* [...seqs].sort((a, b) => b - a);
    }
  };
}
