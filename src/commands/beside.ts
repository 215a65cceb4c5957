import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/** What the operators keep beside the journal, each a SQLite file of its own in the data folder. */
const names = ['audit', 'accounts', 'operations', 'incidents'] as const;
const copyOf = (to: string, name: string): string => `${to}.${name}`;

/**
 * Copies of them beside a backup, made after the journal's: the head of the audit log that the journal knows is then in its
 * copy too. Gives the files written.
 */
export async function backupBeside(folder: string, to: string): Promise<string[]> {
  const written: string[] = [];
  for (const name of names) {
    const file = join(folder, `${name}.sqlite`);
    if (!existsSync(file)) continue;
    const copy = copyOf(to, name);
    rmSync(copy, { force: true });
    const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    try { await backup(db, copy); } finally { db.close(); }
    written.push(copy);
  }
  return written;
}

/** Puts them back where there are none; nobody's session outlives it. Gives the files put back. */
export function restoreBeside(from: string, folder: string): string[] {
  const restored: string[] = [];
  for (const name of names) {
    const file = join(folder, `${name}.sqlite`);
    if (!existsSync(copyOf(from, name)) || existsSync(file)) continue;
    copyFileSync(copyOf(from, name), file);
    if (name === 'accounts') {
      const db = new DatabaseSync(file);
      try { db.exec('DELETE FROM session'); } finally { db.close(); }
    }
    restored.push(file);
  }
  return restored;
}
