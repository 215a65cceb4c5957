import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder } from '../../../test/contract/sqlite-place.ts';
import { newKeyRing, parseKeyRing, rotate } from '../keys.ts';
import { openDatabase } from './database.ts';
import { openSqliteJournal } from './open.ts';
import { migrate, migrations, schemaOf } from './schema.ts';

const child = fileURLToPath(new URL('../../../test/contract/journal-child.ts', import.meta.url));
const text = newKeyRing();
let folder = '';
beforeEach(() => { folder = temporaryFolder(); });
afterEach(() => rm(folder, { recursive: true }));
const open = (ring = text, where = folder) => openSqliteJournal({ folder: where, keys: parseKeyRing(ring), clock: () => 0, repeatWindowMs: 1, crashesBeforeQuarantine: 2 });
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'no fault', (error: unknown) => (error as { code?: string }).code);

test('a second gateway on the folder is refused, in this process and in another, until the first is gone', async () => {
  const journal = await open();
  expect(await codeOf(open())).toBe('journal.locked');
  const other = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', child, folder, text, 'x', '4']);
  expect(other.stdout.toString()).toBe('fault journal.locked\n');
  expect(other.status).toBe(1);
  await journal.close();
  await (await open()).close();
}, 60_000);

test('a SIGKILL releases the folder', async () => {
  const running = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', child, folder, text, 'x'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((said) => running.stdout.once('data', said));
  expect(await codeOf(open())).toBe('journal.locked');
  const gone = new Promise((closed) => running.once('exit', closed));
  running.kill('SIGKILL');
  await gone;
  await (await open()).close();
}, 60_000);

test('a folder that cannot be written is refused', () => {
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  chmodSync(folder, 0o755);
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const other = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', child, locked, text, 'x', '4'], nobody);
  expect(other.stdout.toString()).toBe('fault journal.read-only\n');
  expect(other.status).toBe(1);
}, 60_000);

test('another ring, or one that lost a version, is refused; a rotated one is taken', async () => {
  await (await open()).close();
  expect(await codeOf(open(newKeyRing()))).toBe('journal.wrong-key');
  const rotated = rotate(text, 'sealing');
  const journal = await open(rotated);
  await journal.accept(newMessage('1'), newPlan());
  await journal.close();
  expect(await codeOf(open(text))).toBe('journal.wrong-key');
  const later = await open(rotated);
  expect((await later.message({ seq: 1 }))?.bytes).not.toBeNull();
  await later.close();
});

test('a newer schema is refused, an older one is brought up step by step', async () => {
  await (await open()).close();
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 0 });
  expect(schemaOf(db)).toBe(migrations.length);
  expect(() => { migrate(db, [...migrations, 'CREATE TABLE later(a)', 'CREATE TABLE broken(']); }).toThrow(expect.objectContaining({ code: 'journal.misuse' }));
  db.close();
  const again = openDatabase(join(folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 0 });
  expect(schemaOf(again)).toBe(migrations.length + 1);
  expect(again.statement('SELECT count(*) FROM later').all()).toHaveLength(1);
  again.close();
  expect(await codeOf(open())).toBe('journal.newer');
});

test('a file that is no database is refused, and a closed journal writes no more', async () => {
  const journal = await open();
  const last = journal.append(newMessage('1'));
  await journal.close();
  expect(await last).toEqual({ seq: 1 });
  expect(await codeOf(journal.append(newMessage('2')))).toBe('journal.closed');
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'journal.sqlite'), 'this is not a database, whatever its name says'.repeat(100));
  expect(await codeOf(open(text, other))).toBe('journal.corrupt');
});

test('a statement refuses missing and undefined values, and dates', () => {
  const db = openDatabase(join(folder, 'x.sqlite'), { readOnly: false, timeoutMs: 0 });
  db.exec('CREATE TABLE t(a, b)');
  const insert = db.statement('INSERT INTO t VALUES(?, ?)');
  const misuse = expect.objectContaining({ code: 'journal.misuse' });
  expect(() => insert.run(1)).toThrow(misuse);
  expect(() => insert.run(1, undefined as unknown as null)).toThrow(misuse);
  expect(() => insert.run(new Date() as unknown as null, 1)).toThrow(misuse);
  expect(insert.run(1, null)).toBe(1);
  db.close();
});
