import type { Database } from '../../journal/sqlite/database.ts';
import { openKept, type Kept } from '../kept/open.ts';

const version1 = `
CREATE TABLE account(
  name TEXT PRIMARY KEY, role TEXT NOT NULL, organisation TEXT, sources TEXT NOT NULL, destinations TEXT NOT NULL,
  password TEXT NOT NULL, password_at INTEGER NOT NULL, must_change INTEGER NOT NULL, first INTEGER NOT NULL, created_at INTEGER NOT NULL, last_login_at INTEGER) WITHOUT ROWID;
CREATE TABLE session(
  id BLOB PRIMARY KEY, account TEXT NOT NULL, given TEXT, started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX session_account ON session(account);
`;
/** From where a session was opened. */
const version2 = 'ALTER TABLE session ADD COLUMN address TEXT;';

/**
 * Accounts and sessions of a data folder, `accounts.sqlite`, beside the journal and not in it: a command changes an account
 * while the gateway runs, and what it revokes is revoked at the next request. Passwords are scrypt's, session tokens hashed.
 */
export const accountsFile: Kept = { name: 'accounts', steps: [version1, version2], durable: true };
export const openAccountsDatabase = (folder: string): Database => openKept(folder, accountsFile);
