import { join } from 'node:path';
import type { FactsAt } from '../../domain/fact.ts';
import type { KeyRing } from '../keys.ts';
import { blindIndex } from '../seal.ts';
import { openDatabase } from './database.ts';
import { indexedSince, knownFacts } from './known-facts.ts';

export interface SqliteFacts {
  /** As Journal.facts, synchronous and of one consistent moment. */
  facts(keys: readonly string[], before?: number): FactsAt;
  /** What is read during `work` is of one moment, that of its first reading: several messages share what a moment costs. */
  during<T>(work: () => T): T;
  close(): void;
}

/**
 * Read-only facts for a worker thread, beside the gateway that writes. Each moment sees what is committed when it begins, and reads
 * its pages anew; what is taught meanwhile is found when the plan is committed (`asked`).
 */
export function openSqliteFacts(settings: { readonly folder: string; readonly keys: KeyRing }): SqliteFacts {
  const db = openDatabase(join(settings.folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 5000 });
  const read = knownFacts(db, settings.keys, blindIndex(settings.keys.index, indexedSince(db)));
  const begin = db.statement('BEGIN');
  const commit = db.statement('COMMIT');
  const during = <T>(work: () => T): T => {
    if (db.inTransaction()) return work();
    begin.run();
    try { return work(); } finally { commit.run(); }
  };
  return {
    facts: (keys, before) => during(() => read(keys, before)),
    during,
    close: () => { db.close(); },
  };
}
