import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup } from 'node:sqlite';
import { journalFault } from '../fault.ts';
import { translated, type Database } from './database.ts';

/** A consistent copy while running, a few pages at a time. The name appears only once the copy is whole and durable. */
export async function backupTo(db: Database, file: string): Promise<void> {
  if (existsSync(file)) throw journalFault('journal.exists', 'backup');
  const part = `${file}.part`;
  rmSync(part, { force: true });
  await backup(db.raw, part, { rate: 256 }).catch((error: unknown) => translated(() => { throw error; }));
  settleFile(part, file);
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
