import { expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/contract/sqlite-place.ts';
import type { Batch } from './batch.ts';
import { openDatabase } from './database.ts';
import { journalFault } from '../fault.ts';
import { groupCommit, Refusal } from './group-commit.ts';

const turn = () => new Promise<void>((resolve) => { setImmediate(resolve); });
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'no fault', (error: unknown) => (error as { code?: string }).code);
const batch = { finish: () => undefined, committed: () => undefined } as unknown as Batch;

/** A disk whose syncs end when the test says so. */
function slowDisk() {
  const syncs: { readonly done: () => void; readonly failed: (error: Error) => void }[] = [];
  return { syncs, disk: { sync: () => new Promise<void>((done, failed) => { syncs.push({ done, failed }); }), close: () => undefined } };
}

async function withGroup(run: (group: ReturnType<typeof groupCommit>, syncs: ReturnType<typeof slowDisk>['syncs'], rows: () => number) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'x.sqlite'), { readOnly: false, timeoutMs: 0 });
  db.exec('CREATE TABLE t(n)');
  const { syncs, disk } = slowDisk();
  await run(groupCommit(db, () => batch, disk), syncs, () => Number(db.statement('SELECT count(*) AS n FROM t').get()?.n));
  db.close();
  await rm(folder, { recursive: true });
}
const insert = (group: ReturnType<typeof groupCommit>, db: { n: number }) => group.write(() => { db.n += 1; return db.n; });

test('a call resolves after its sync, not after its COMMIT; what comes meanwhile shares one transaction and one sync', () => withGroup(async (group, syncs) => {
  const counted = { n: 0 };
  const told: number[] = [];
  const first = insert(group, counted).then((n) => told.push(n));
  await turn();
  await turn();
  expect([counted.n, syncs.length, told]).toEqual([1, 1, []]);
  const others = [insert(group, counted), insert(group, counted), group.soon(() => { counted.n += 1; })];
  await turn();
  await turn();
  expect([counted.n, syncs.length]).toEqual([1, 1]);
  syncs[0]?.done();
  await first;
  expect(told).toEqual([1]);
  await turn();
  expect([counted.n, syncs.length]).toEqual([4, 2]);
  syncs[1]?.done();
  await Promise.all(others);
  await group.close();
}));

test('a call that is refused is told so at COMMIT, before the sync', () => withGroup(async (group, syncs) => {
  const told: unknown[] = [];
  const refused = codeOf(group.write(() => { throw new Refusal(journalFault('journal.repeat')); })).then((fault) => told.push(fault));
  const first = group.write(() => 1).then((n) => told.push(n));
  await turn();
  await turn();
  expect([syncs.length, told]).toEqual([1, ['journal.repeat']]);
  syncs[0]?.done();
  await first;
  expect(told).toEqual(['journal.repeat', 1]);
  await refused;
  await group.close();
}));

test('a sync that fails tells every call of its transaction and of those that waited, and nothing is written afterwards', () => withGroup(async (group, syncs) => {
  const counted = { n: 0 };
  const first = codeOf(insert(group, counted));
  await turn();
  await turn();
  const second = codeOf(insert(group, counted));
  syncs[0]?.failed(new Error('EIO'));
  expect([await first, await second]).toEqual(['journal.io', 'journal.io']);
  expect(await codeOf(insert(group, counted))).toBe('journal.io');
  expect([counted.n, syncs.length]).toEqual([1, 1]);
  await group.close();
}));

test('closing commits and syncs what waits, then refuses', () => withGroup(async (group, syncs) => {
  const counted = { n: 0 };
  const waiting = group.soon(() => { counted.n += 1; return counted.n; });
  const closing = group.close();
  expect(syncs).toHaveLength(1);
  syncs[0]?.done();
  expect(await waiting).toBe(1);
  await closing;
  expect(await codeOf(insert(group, counted))).toBe('journal.closed');
}));
