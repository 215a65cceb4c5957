import { join } from 'node:path';
import { openDatabase, type Database } from '../../journal/sqlite/database.ts';

/**
 * What operators make besides the journal: replay plans, saved searches, corrections that wait. A file of its own in the data
 * folder, so that none of it ever waits for a message's transaction. Ids and codes only; what has a patient's value is sealed.
 */
const schema = `
CREATE TABLE IF NOT EXISTS replay(
  id INTEGER PRIMARY KEY, state TEXT NOT NULL, made_by TEXT NOT NULL, why TEXT NOT NULL, made_at INTEGER NOT NULL, second INTEGER NOT NULL, started_by TEXT, started_at INTEGER,
  ended_at INTEGER, per_minute INTEGER NOT NULL, cap INTEGER NOT NULL, selection TEXT NOT NULL, preview TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS replay_item(
  plan INTEGER NOT NULL, delivery INTEGER NOT NULL, seq INTEGER NOT NULL, trace TEXT NOT NULL, source TEXT NOT NULL, destination TEXT NOT NULL, state TEXT NOT NULL,
  made INTEGER, cause TEXT, at INTEGER, PRIMARY KEY(plan, delivery)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS replay_left ON replay_item(plan, delivery) WHERE state IN ('pending', 'making');
CREATE TABLE IF NOT EXISTS replay_act(id INTEGER PRIMARY KEY, plan INTEGER NOT NULL, act TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS replay_acts ON replay_act(plan);
CREATE TABLE IF NOT EXISTS saved_search(account TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(account, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS correction(id TEXT PRIMARY KEY, trace TEXT NOT NULL, source TEXT NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL, state TEXT NOT NULL DEFAULT 'pending') WITHOUT ROWID;
`;

export function openOperations(folder: string): Database {
  const db = openDatabase(join(folder, 'operations.sqlite'), { readOnly: false, timeoutMs: 5000 });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY');
    db.exec(schema);
    return db;
  } catch (error) { db.close(); throw error; }
}

/** All of it or nothing. */
export function together<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try { const made = work(); db.exec('COMMIT'); return made; } catch (error) {
    if (db.inTransaction()) db.exec('ROLLBACK');
    throw error;
  }
}
