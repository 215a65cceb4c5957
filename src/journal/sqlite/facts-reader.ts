import { join } from 'node:path';
import type { FactsAt } from '../../domain/fact.ts';
import type { KeyRing } from '../keys.ts';
import { blindIndex } from '../seal.ts';
import { openDatabase } from './database.ts';
import { indexedSince, knownFacts } from './known-facts.ts';

export interface SqliteFacts {
  /** As Journal.facts, synchronous and of one consistent moment. */
  facts(keys: readonly string[], before?: number): FactsAt;
  close(): void;
}

/** Read-only facts for a worker thread, beside the gateway that writes. Sees what is committed at each call. */
export function openSqliteFacts(settings: { readonly folder: string; readonly keys: KeyRing }): SqliteFacts {
  const db = openDatabase(join(settings.folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 5000 });
  const read = knownFacts(db, settings.keys, blindIndex(settings.keys.index, indexedSince(db)));
  const begin = db.statement('BEGIN');
  const commit = db.statement('COMMIT');
  return {
    facts: (keys, before) => {
      begin.run();
      try { return read(keys, before); } finally { commit.run(); }
    },
    close: () => { db.close(); },
  };
}
