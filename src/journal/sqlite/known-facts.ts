import { links, type Fact, type FactsAt, type Known } from '../../domain/fact.ts';
import type { KeyRing } from '../keys.ts';
import { unseal, type BlindIndex } from '../seal.ts';
import type { Database } from './database.ts';
import { indexed } from './store.ts';

/** A person has few identifiers; a component beyond this many keys is a feeding error, followed no further. */
const mostKeys = 256;
const remembered = 20_000;

/** The oldest version of the index key that rows may still be hashed with. */
export const indexedSince = (db: Database): number =>
  db.statement<{ value: number }>("SELECT value FROM counter WHERE name = 'index.version'").get()?.value ?? 0;

export const factContext = (id: number): string => `fact/${id}`;

/**
 * Facts about any of the keys, or any key reachable from them through linking facts, oldest first. `before` (exclusive): as
 * known to that sequence number. `upTo` is read first, so that it never claims more than was seen.
 */
export function knownFacts(db: Database, keys: KeyRing, index: BlindIndex): (asked: readonly string[], before: number | undefined) => FactsAt {
  const counted = db.statement<{ seq: number | null; fact: number | null }>("SELECT (SELECT value FROM counter WHERE name = 'seq') AS seq, (SELECT value FROM counter WHERE name = 'fact') AS fact");
  const about = db.statement<{ id: number; seq: number }>('SELECT fact.id, fact.seq FROM fact_key JOIN fact ON fact.id = fact_key.fact WHERE fact_key.hash = ? AND fact.seq < ?');
  const sealed = db.statement<{ sealed: Uint8Array }>('SELECT sealed FROM fact WHERE id = ?');
  const opened = new Map<number, Fact>();
  const factOf = (id: number): Fact => {
    const seen = opened.get(id);
    if (seen !== undefined) return seen;
    const fact = JSON.parse(unseal(keys.sealing, factContext(id), sealed.get(id)?.sealed ?? new Uint8Array(0)).toString()) as Fact;
    if (opened.size >= remembered) opened.clear();
    opened.set(id, fact);
    return fact;
  };
  return (asked, before) => {
    const { seq, fact: taught } = counted.get() ?? { seq: null, fact: null };
    const upTo = Math.min(seq ?? 0, (before ?? Number.MAX_SAFE_INTEGER) - 1);
    const now = before === undefined ? { taught: taught ?? 0 } : {};
    const found = new Map<number, Known>();
    const reached = new Set(asked);
    for (const key of reached) {
      for (const hash of index.all(indexed.fact(key))) {
        for (const { id, seq } of about.all(hash, upTo + 1)) {
          if (found.has(id)) continue;
          const fact = factOf(id);
          found.set(id, { seq, fact });
          if (links(fact)) for (const tied of fact.keys) if (reached.size < mostKeys) reached.add(tied);
        }
      }
    }
    return { ...now, upTo, known: [...found].sort(([a, x], [b, y]) => x.seq - y.seq || a - b).map(([, known]) => known) };
  };
}
