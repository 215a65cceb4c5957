import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { backup } from 'node:sqlite';
import { openAccountsDatabase } from '../operate/accounts/database.ts';
import { keptFiles } from '../operate/kept/files.ts';
import { checkCopy, keptFile, readKept } from '../operate/kept/open.ts';

const copyOf = (to: string, name: string): string => `${to}.${name}`;

/**
 * Copies of what the operators keep, beside a backup, made after the journal's: the head of the audit log that the journal knows
 * is then in its copy too. Gives the files written. @throws KeptFault for one that a restore would refuse
 */
export async function backupBeside(folder: string, to: string): Promise<string[]> {
  const written: string[] = [];
  for (const kept of keptFiles) {
    const file = keptFile(folder, kept);
    if (!existsSync(file)) continue;
    const db = readKept(folder, kept);
    const copy = copyOf(to, kept.name);
    try { rmSync(copy, { force: true }); await backup(db.raw, copy); } finally { db.close(); }
    written.push(copy);
  }
  return written;
}

/** Before anything is restored: whether this version reads every copy. @throws KeptFault */
export function checkBeside(from: string): void {
  for (const kept of keptFiles) if (existsSync(copyOf(from, kept.name))) checkCopy(copyOf(from, kept.name), kept);
}

/** Puts them back where there are none; nobody's session outlives it. Gives the files put back. */
export function restoreBeside(from: string, folder: string): string[] {
  const restored: string[] = [];
  for (const kept of keptFiles) {
    const file = keptFile(folder, kept);
    if (!existsSync(copyOf(from, kept.name)) || existsSync(file)) continue;
    copyFileSync(copyOf(from, kept.name), file);
    if (kept.name === 'accounts') {
      const db = openAccountsDatabase(folder);
      try { db.exec('DELETE FROM session'); } finally { db.close(); }
    }
    restored.push(file);
  }
  return restored;
}
