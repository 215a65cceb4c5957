import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../journal/sqlite/database.ts';

const schema = `
CREATE TABLE account(
  name TEXT PRIMARY KEY, role TEXT NOT NULL, organisation TEXT, sources TEXT NOT NULL, destinations TEXT NOT NULL,
  password TEXT NOT NULL, password_at INTEGER NOT NULL, must_change INTEGER NOT NULL, first INTEGER NOT NULL, created_at INTEGER NOT NULL, last_login_at INTEGER) WITHOUT ROWID;
CREATE TABLE session(
  id BLOB PRIMARY KEY, account TEXT NOT NULL, given TEXT, started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX session_account ON session(account);
PRAGMA user_version = 1;
`;
/** The gateway and the command line may both write. */
const lockMs = 5000;

/**
 * Accounts and sessions of a data folder, `accounts.sqlite`, beside the journal and not in it: a command changes an account
 * while the gateway runs, and what it revokes is revoked at the next request. Passwords are scrypt's, session tokens hashed.
 */
export function openAccountsDatabase(folder: string): Database {
  const file = join(folder, 'accounts.sqlite');
  const isNew = !existsSync(file);
  const db = openDatabase(file, { readOnly: false, timeoutMs: lockMs });
  if (isNew) chmodSync(file, 0o600);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('BEGIN IMMEDIATE');
  try {
    if (db.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version === 0) db.exec(schema);
    db.exec('COMMIT');
  } catch (error) { db.exec('ROLLBACK'); throw error; }
  return db;
}
