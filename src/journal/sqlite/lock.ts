import { closeSync, mkdirSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { journalFault } from '../fault.ts';
import { openDatabase } from './database.ts';

/**
 * Takes the data folder for this process: an exclusive transaction, never ended, on a database of its own. The kernel
 * releases it when the process dies, however it dies. Gives the function that releases it; throws `journal.locked`.
 */
export function lockFolder(folder: string): () => void {
  mustBeWritable(folder);
  const db = openDatabase(join(folder, 'lock.sqlite'), { readOnly: false, timeoutMs: 0 });
  try { db.exec('BEGIN EXCLUSIVE'); } catch (error) { db.close(); throw error; }
  return () => { db.close(); };
}

/** Tried with a real file: permission bits say little on network folders and read-only mounts. */
function mustBeWritable(folder: string): void {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(probe, 'w'));
    unlinkSync(probe);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    throw journalFault(code === 'ENOSPC' ? 'journal.disk-full' : 'journal.read-only', code, { cause: error });
  }
}
