import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditFile } from '../audit/open.ts';
import { operationsFile } from '../operations/store.ts';
import { keptFiles } from './files.ts';
import { checkCopy, keptFile, openKept, type Kept } from './open.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-kept-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });
const raw = (kept: Kept, sql: string): void => { const db = new DatabaseSync(keptFile(folder, kept)); try { db.exec(sql); } finally { db.close(); } };
const versionOf = (kept: Kept): unknown => { const db = openKept(folder, kept); try { return db.statement('PRAGMA user_version').get()?.user_version; } finally { db.close(); } };

test.each(keptFiles.map((kept) => [kept.name, kept] as const))('%s: has its version, opens again, is its owner’s only', (_name, kept) => {
  expect([versionOf(kept), versionOf(kept), statSync(keptFile(folder, kept)).mode & 0o777]).toEqual([kept.steps.length, kept.steps.length, 0o600]);
});

test.each(keptFiles.map((kept) => [kept.name, kept] as const))('%s: one of a newer version is refused, and left as it is', (_name, kept) => {
  versionOf(kept);
  raw(kept, `PRAGMA user_version = ${kept.steps.length + 1}; PRAGMA journal_mode = DELETE`);
  const before = readFileSync(keptFile(folder, kept));
  const fault = expect.objectContaining({ code: 'operate.file-newer', args: [keptFile(folder, kept), String(kept.steps.length + 1), String(kept.steps.length)] });
  expect(() => openKept(folder, kept)).toThrow(fault);
  expect(() => { checkCopy(keptFile(folder, kept), kept); }).toThrow(fault);
  expect(readFileSync(keptFile(folder, kept)).equals(before)).toBe(true);
});

test('one whose tables are not those of its number is refused: it is not misread', () => {
  // The audit log's rows once had no `begun`, under the same number.
  raw(auditFile, 'CREATE TABLE entry(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL); PRAGMA user_version = 1');
  expect(() => openKept(folder, auditFile)).toThrow(expect.objectContaining({ code: 'operate.file-other' }));
  raw(operationsFile, 'CREATE TABLE replay(id INTEGER PRIMARY KEY, state TEXT NOT NULL)');
  expect(() => openKept(folder, operationsFile)).toThrow(expect.objectContaining({ code: 'operate.file-other' }));
});

test('an earlier schema is brought to the present one, all of its steps or none; one without a number too', () => {
  const before: Kept = { name: 'operations', steps: ['CREATE TABLE a(x TEXT)'], durable: true };
  const db = openKept(folder, before);
  db.exec("INSERT INTO a VALUES('kept'); PRAGMA user_version = 0");
  db.close();
  expect(() => openKept(folder, { ...before, steps: [...before.steps, 'ALTER TABLE a ADD COLUMN y TEXT', 'ALTER TABLE nothing ADD COLUMN y TEXT'] })).toThrow();
  const now = openKept(folder, { ...before, steps: [...before.steps, 'ALTER TABLE a ADD COLUMN y TEXT'] });
  expect([now.statement('SELECT x, y FROM a').all().map((row) => ({ ...row })), now.statement('PRAGMA user_version').get()?.user_version]).toEqual([[{ x: 'kept', y: null }], 2]);
  now.close();
});
