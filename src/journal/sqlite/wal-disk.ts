import { closeSync, fdatasync, openSync } from 'node:fs';
import { journalFault } from '../fault.ts';
import type { Database } from './database.ts';

/** Where committed transactions become durable. */
export interface Disk {
  /** Resolves when every transaction committed before the call is on the disk. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * The journal's write-ahead log, synced beside the event loop: under `synchronous = NORMAL` SQLite writes the same frames as
 * under FULL but leaves the sync of each COMMIT to us (sqlite.org/pragma.html#pragma_synchronous), and still syncs the log before
 * a checkpoint. The log is only ever appended to or begun again, so whoever finds a transaction after a crash finds all before it.
 */
export function walDisk(db: Database): Disk {
  const file = db.raw.location();
  if (file === null) throw journalFault('journal.misuse', 'a journal in memory');
  // SQLite locks the database and its shared memory, never the log: closing this handle drops none of its locks.
  const log = openSync(`${file}-wal`, 'r+');
  return {
    sync: () => new Promise((resolve, reject) => { fdatasync(log, (error) => { if (error === null) resolve(); else reject(error); }); }),
    close: () => { closeSync(log); },
  };
}
