import type { Database } from '../../journal/sqlite/database.ts';
import { openKept, type Kept } from '../kept/open.ts';

/**
 * What operators make besides the journal: replay plans, saved searches, corrections that wait. A file of its own in the data
 * folder, so that none of it ever waits for a message's transaction. Ids and codes only; what has a patient's value is sealed.
 */
const version1 = `
CREATE TABLE replay(
  id INTEGER PRIMARY KEY, state TEXT NOT NULL, made_by TEXT NOT NULL, why TEXT NOT NULL, made_at INTEGER NOT NULL, second INTEGER NOT NULL, started_by TEXT, started_at INTEGER,
  ended_at INTEGER, per_minute INTEGER NOT NULL, cap INTEGER NOT NULL, selection TEXT NOT NULL, preview TEXT NOT NULL);
CREATE TABLE replay_item(
  plan INTEGER NOT NULL, delivery INTEGER NOT NULL, seq INTEGER NOT NULL, trace TEXT NOT NULL, source TEXT NOT NULL, destination TEXT NOT NULL, state TEXT NOT NULL,
  made INTEGER, cause TEXT, at INTEGER, PRIMARY KEY(plan, delivery)) WITHOUT ROWID;
CREATE INDEX replay_left ON replay_item(plan, delivery) WHERE state IN ('pending', 'making');
CREATE TABLE replay_act(id INTEGER PRIMARY KEY, plan INTEGER NOT NULL, act TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX replay_acts ON replay_act(plan);
CREATE TABLE saved_search(account TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(account, name)) WITHOUT ROWID;
CREATE TABLE correction(id TEXT PRIMARY KEY, trace TEXT NOT NULL, source TEXT NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL, state TEXT NOT NULL DEFAULT 'pending') WITHOUT ROWID;
`;
/** A saved search's address is an id of its own: its name is a person's own words, and addresses are in many logs. */
const version2 = `
ALTER TABLE saved_search ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE saved_search SET id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX saved_search_id ON saved_search(id);
`;

export const operationsFile: Kept = { name: 'operations', steps: [version1, version2], durable: true };
export const openOperations = (folder: string): Database => openKept(folder, operationsFile);
