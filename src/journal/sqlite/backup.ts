import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup } from 'node:sqlite';
import { journalFault } from '../fault.ts';
import { translated, type Database } from './database.ts';

const tries = 5;

/** A consistent copy while running, a few pages at a time. The name appears only once the copy is whole and durable. */
export async function backupTo(db: Database, file: string): Promise<void> {
  if (existsSync(file)) throw journalFault('journal.exists', 'backup');
  const part = `${file}.part`;
  await copied(db, part, tries);
  settleFile(part, file);
}

/** SQLite's copying, begun again when it is given up without an error of its own, as happens now and then beside many writes. */
async function copied(db: Database, part: string, left: number): Promise<void> {
  rmSync(part, { force: true });
  try { await backup(db.raw, part, { rate: 256 }); } catch (error) {
    const unexplained = typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === 0;
    if (!unexplained || left <= 1) translated(() => { throw error; });
    await copied(db, part, left - 1);
  }
}

/** Gives a whole file its name, both durably. */
export function settleFile(from: string, to: string): void {
  sync(from, 'r+');
  renameSync(from, to);
  sync(dirname(to), 'r');
}

function sync(path: string, flags: string): void {
  const opened = openSync(path, flags);
  try { fsyncSync(opened); } finally { closeSync(opened); }
}
