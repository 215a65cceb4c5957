import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { verifyConservation } from '../../compose/conservation.ts';
import { newKeyRing, parseKeyRing } from '../keys.ts';
import { openDatabase } from './database.ts';
import { openSqliteJournal } from './open.ts';

test('the counts are verified against the rows beside the gateway that writes, and a row that is gone is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-conservation-'));
  const journal = await openSqliteJournal({ folder, keys: parseKeyRing(newKeyRing()), clock: Date.now, repeatWindowMs: 1, crashesBeforeQuarantine: 3 });
  try {
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i++) await journal.accept(newMessage(String(i)), newPlan());
    const writing = journal.accept(newMessage('20'), newPlan());
    expect(await verifyConservation(folder, signal)).toEqual([]);
    await writing;
    const other = openDatabase(join(folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 1000 });
    other.statement('DELETE FROM delivery WHERE id IN (SELECT id FROM delivery ORDER BY id LIMIT 1)').run();
    other.close();
    expect(await verifyConservation(folder, signal)).toEqual([expect.stringMatching(/^count of deliveries waiting: 2\d kept, 2\d found$/)]);
    expect(await verifyConservation(folder, AbortSignal.abort())).toBeNull();
    expect(await verifyConservation(join(folder, 'absent'), signal)).toBeNull();
  } finally { await journal.close(); rmSync(folder, { recursive: true, force: true }); }
});
