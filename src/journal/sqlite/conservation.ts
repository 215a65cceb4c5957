import { join } from 'node:path';
import { openDatabase } from './database.ts';
import { counts } from './verify.ts';

/** Invariant 4 beside the gateway that writes, read-only and at one moment: the counts kept against the rows. Problems in words, empty when it holds. */
export function verifyCounts(folder: string): string[] {
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 5000 });
  try {
    db.exec('BEGIN');
    const counters = new Map(db.statement<{ name: string; value: number }>('SELECT name, value FROM counter').all().map(({ name, value }) => [name, value]));
    return [...counts({ db, counters })];
  } finally { db.close(); }
}
