import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../domain/clock.ts';
import { journalFault } from '../fault.ts';
import type { KeyRing } from '../keys.ts';
import { settleFile } from './backup.ts';
import { openDatabase } from './database.ts';
import { checkKeys } from './key-check.ts';
import { openSqliteJournal } from './open.ts';
import { schemaOf } from './schema.ts';

/**
 * Puts a backup into a folder that holds no journal, after checking it. What it shows as waiting may have been sent since the
 * backup was made: those deliveries come back in doubt, so that nothing is resent blindly (invariant 8). Resolves to the
 * problems `verify` finds; none when it is sound. The folder is left empty when the file cannot be a journal of these keys.
 */
export async function restoreSqlite(settings: { readonly file: string; readonly folder: string; readonly keys: KeyRing; readonly clock: Clock }): Promise<readonly string[]> {
  const { file, folder, keys, clock } = settings;
  const target = join(folder, 'journal.sqlite');
  if (existsSync(target)) throw journalFault('journal.exists', 'journal.sqlite');
  if (!existsSync(file)) throw journalFault('journal.unknown', 'backup');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const part = `${target}.part`;
  copyFileSync(file, part);
  try { doubtEverything(part, keys); } catch (error) { rmSync(part, { force: true }); throw error; }
  settleFile(part, target);
  const journal = await openSqliteJournal({ folder, keys, clock, repeatWindowMs: 0, crashesBeforeQuarantine: Number.MAX_SAFE_INTEGER });
  try { return await journal.verify(); } finally { await journal.close(); }
}

function doubtEverything(file: string, keys: KeyRing): void {
  const db = openDatabase(file, { readOnly: false, timeoutMs: 0 });
  try {
    if (schemaOf(db) === 0) throw journalFault('journal.corrupt', 'not a journal');
    checkKeys(db, keys);
    db.exec('UPDATE delivery SET in_doubt = 1 WHERE state < 2; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally { db.close(); }
}
