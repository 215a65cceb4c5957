import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { delivered, newMessage, newPlan, text } from '../../../test/contract/journal-samples.ts';
import { sqlitePlace, temporaryFolder, testKeys } from '../../../test/contract/sqlite-place.ts';
import { newKeyRing, parseKeyRing } from '../keys.ts';
import { openDatabase } from './database.ts';
import { openSqliteJournal } from './open.ts';
import { restoreSqlite } from './restore.ts';

let folder = '';
beforeEach(() => { folder = temporaryFolder(); });
afterEach(() => rm(folder, { recursive: true }));
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'no fault', (error: unknown) => (error as { code?: string }).code);
const clock = () => 0;

test('a backup made while messages come in is consistent; restored, nothing of it is resent blindly', async () => {
  const place = sqlitePlace();
  const journal = await place.open();
  const before = await Promise.all(Array.from({ length: 50 }, (_, n) => journal.accept(newMessage(`a${n}`), newPlan({ documents: new Map([['d', new Uint8Array(100_000).fill(n)]]) }))));
  const done = before[0]!.deliveries[0]!.id;
  await journal.begin([done], 1);
  await journal.settle(done, delivered(), []);
  const file = join(folder, 'copy');
  const copying = journal.backup(file);
  for (let n = 0; n < 20; n++) await journal.accept(newMessage(`b${n}`), newPlan());
  await copying;
  expect(await codeOf(journal.backup(file))).toBe('journal.exists');
  await journal.close();
  await place.remove();

  const data = join(folder, 'data');
  expect(await restoreSqlite({ file, folder: data, keys: testKeys, clock })).toEqual([]);
  expect(await codeOf(restoreSqlite({ file, folder: data, keys: testKeys, clock }))).toBe('journal.exists');
  const restored = await openSqliteJournal({ folder: data, keys: testKeys, clock, repeatWindowMs: 10_000, crashesBeforeQuarantine: 2 });
  expect(text((await restored.message({ seq: 50 }))?.bytes)).toBe('MSH|^~\\&|LABO|a49');
  expect((await restored.counts()).messages.received).toBeGreaterThanOrEqual(50);
  const waiting = await restored.waiting('region', 0, 1000);
  expect(waiting.length).toBeGreaterThanOrEqual(49);
  expect(waiting.every(({ inDoubt }) => inDoubt)).toBe(true);
  await restored.close();
});

test('what is no journal of these keys is not restored', async () => {
  const keys = testKeys;
  expect(await codeOf(restoreSqlite({ file: join(folder, 'absent'), folder, keys, clock }))).toBe('journal.unknown');
  writeFileSync(join(folder, 'text'), 'not a journal');
  expect(await codeOf(restoreSqlite({ file: join(folder, 'text'), folder, keys, clock }))).toBe('journal.corrupt');
  const place = sqlitePlace();
  const journal = await place.open();
  await journal.backup(join(folder, 'good'));
  await journal.close();
  await place.remove();
  expect(await codeOf(restoreSqlite({ file: join(folder, 'good'), folder, keys: parseKeyRing(newKeyRing()), clock }))).toBe('journal.wrong-key');
  expect(await restoreSqlite({ file: join(folder, 'good'), folder, keys, clock })).toEqual([]);
});

test('verify names what is damaged: counts, references, seals; one bad seal spoils no other message', async () => {
  const place = sqlitePlace();
  let journal = await place.open();
  await journal.accept(newMessage('1'), newPlan({ facts: [{ kind: 'identity', keys: ['ID|a|1'], birthDate: null, sex: null, statuses: [] }] }));
  await journal.accept(newMessage('2', { bytes: new Uint8Array(70_000) }), newPlan());
  await journal.accept(newMessage('3'), newPlan());
  await journal.close();
  const db = openDatabase(join(place.folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 0 });
  db.exec("UPDATE counter SET value = value + 1 WHERE name IN ('message.planned', 'delivery.waiting.region')");
  db.exec('UPDATE segment SET sealed = zeroblob(200) WHERE id = 1; UPDATE segment SET users = 9 WHERE id = 2; DELETE FROM payload');
  db.exec('UPDATE fact SET sealed = zeroblob(50); UPDATE message SET seq = 30 WHERE seq = 3');
  db.close();
  journal = await place.open();
  const problems = (await journal.verify()).join('\n');
  for (const expected of ['messages planned: 4 kept, 3 found', 'messages received', 'deliveries waiting: 4 kept, 3 found', 'segment 2: 9 users kept', 'payload 1 is missing', 'message.bytes_ref does not open', 'fact/1 does not open']) {
    expect(problems).toContain(expected);
  }
  const results = await Promise.all([journal.plan(1, newPlan()), journal.append(newMessage('4'))].map(codeOf));
  expect(results).toEqual(['journal.not-in-pipeline', 'no fault']);
  expect(await codeOf(journal.message({ seq: 1 }))).toBe('journal.wrong-key');
  expect((await journal.message({ seq: 30 }))?.ack).toBe('AA');
  await journal.close();
  await place.remove();
});
