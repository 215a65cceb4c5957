import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyRing, parseKeyRing, type KeyRing } from '../../src/journal/keys.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import type { JournalPlace } from './journal/subject.ts';

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'passerelle-journal-'));
export const testKeys: KeyRing = parseKeyRing(newKeyRing());

/** A folder of its own with a journal of the sqlite driver. */
export function sqlitePlace(keys: KeyRing = testKeys): JournalPlace & { readonly folder: string } {
  const folder = temporaryFolder();
  const place = {
    folder, now: 1_000,
    open: () => openSqliteJournal({ folder, keys, clock: () => place.now, repeatWindowMs: 10_000, crashesBeforeQuarantine: 2 }),
    remove: () => rm(folder, { recursive: true }),
  };
  return place;
}
