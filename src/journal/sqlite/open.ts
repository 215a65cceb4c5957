import { join } from 'node:path';
import type { Journal } from '../journal.ts';
import { openDatabase } from './database.ts';
import { journalOn, now, type SqliteSettings } from './driver.ts';
import { lockFolder } from './lock.ts';

/** The embedded journal: one file, WAL, every commit synced before its calls resolve (wal-disk.ts), one writer. */
export function openSqliteJournal(settings: SqliteSettings): Promise<Journal> {
  return now(() => {
    const unlock = lockFolder(settings.folder);
    try {
      const db = openDatabase(join(settings.folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 5000 });
      try { return journalOn(db, settings, unlock); } catch (error) { db.close(); throw error; }
    } catch (error) { unlock(); throw error; }
  });
}
