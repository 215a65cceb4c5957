import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder, testKeys } from '../../../test/contract/sqlite-place.ts';
import type { SearchKey } from '../../domain/message.ts';
import type { Journal } from '../journal.ts';
import { newKeyRing, parseKeyRing, rotate } from '../keys.ts';
import { blindIndex } from '../seal.ts';
import type { Batch } from './batch.ts';
import { openDatabase, type Database } from './database.ts';
import { openSqliteJournal } from './open.ts';
import { openSqliteReader } from './reader.ts';
import { hashesIn } from './repeats.ts';
import { migrate } from './schema.ts';
import { hashesOf } from './search-index.ts';
import { openSearchRows } from './search-rows.ts';
import { searcher } from './search-reader.ts';

let folder: string;
beforeEach(() => { folder = temporaryFolder(); });
afterEach(async () => { await rm(folder, { recursive: true }); });
const count = (db: Database, table: string): number => db.statement<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;

test('whatever comes, is planned late or leaves, each key finds its messages, the newest first', () => {
  const index = blindIndex(testKeys.index);
  const key = fc.record({ kind: fc.constantFrom('patient' as const, 'visit' as const), value: fc.constantFrom('1', '2', 'A|1', 'B|1', 'A|2') });
  const keys = fc.array(key, { maxLength: 4 });
  const act = fc.oneof({ weight: 5, arbitrary: fc.record({ kind: fc.constant('came' as const), keys, waits: fc.boolean() }) },
    fc.record({ kind: fc.constantFrom('planned' as const, 'left' as const, 'again' as const), of: fc.nat(), keys }));
  fc.assert(fc.property(fc.array(act, { maxLength: 60 }), key, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), (acts, asked, before, limit) => {
    const db = openDatabase(':memory:', { readOnly: false, timeoutMs: 0 });
    migrate(db);
    const counters = new Map([['seq', 0], ['search.upTo', 0]]);
    const add = (name: string, by: number): void => { counters.set(name, (counters.get(name) ?? 0) + by); db.statement('UPDATE counter SET value = ? WHERE name = ?').run(counters.get(name) ?? 0, name); };
    const batch = { value: (name: string) => counters.get(name) ?? 0, add } as Batch;
    const rows = openSearchRows({ db }, 4);
    const known = new Map<number, readonly SearchKey[]>();
    const write = (seq: number, having: readonly SearchKey[]): void => {
      const hashes = hashesOf({ index }, having);
      rows.add(batch, seq, [], hashes);
      db.statement(`INSERT INTO message(seq, trace, source, received_at, format, type, disposition, size, facts_up_to, crashes, repeats, recipe, forgotten, hashes)
        VALUES(?, ?, 's', 0, 'f', 't', 2, 0, 0, 0, 0, 0, 0, ?) ON CONFLICT(seq) DO UPDATE SET hashes = excluded.hashes`).run(seq, `t${seq}`, Buffer.concat(hashes));
      known.set(seq, having);
    };
    const hashes = db.statement<{ hashes: Uint8Array }>('SELECT hashes FROM message WHERE seq = ?');
    for (const one of acts) {
      if (one.kind === 'came') {
        add('seq', 1);
        write(batch.value('seq'), one.waits ? [] : one.keys);
        rows.run(batch);
        continue;
      }
      const seq = [...known.keys()][one.of % Math.max(1, known.size)];
      if (seq === undefined || (one.kind === 'planned' && known.get(seq)?.length !== 0)) continue;
      if (one.kind !== 'planned') rows.drop(batch, seq, hashesIn(hashes.get(seq)?.hashes ?? new Uint8Array(0)));
      if (one.kind === 'left') { db.statement('DELETE FROM message WHERE seq = ?').run(seq); known.delete(seq); } else write(seq, one.keys);
    }
    const having = [...known].filter(([seq, all]) => seq < before && all.some(({ kind, value }) => kind === asked.kind && value === asked.value)).map(([seq]) => seq);
    const newest = having.sort((a, b) => b - a);
    const search = searcher({ db, index });
    expect(search(asked, before, 100)).toEqual(newest);
    expect(search(asked, before, limit)).toEqual(newest.slice(0, limit));
    expect(search(asked, before, limit, (seq) => seq % 2 === 0)).toEqual(newest.filter((seq) => seq % 2 === 0).slice(0, limit));
    // What has left leaves nothing behind.
    for (const seq of [...known.keys()]) { rows.drop(batch, seq, hashesIn(hashes.get(seq)?.hashes ?? new Uint8Array(0))); }
    expect([count(db, 'search'), count(db, 'search_leaf'), count(db, 'search_run')]).toEqual([0, 0, 0]);
    db.close();
  }), { numRuns: 300 });
});

test('over several runs: found by gateway and reader, through a rotation of the key, until retention takes them', async () => {
  const text = newKeyRing();
  const settings = (ring: string) => ({ folder, keys: parseKeyRing(ring), clock: () => 1_000, repeatWindowMs: 10_000, crashesBeforeQuarantine: 2 });
  const journal = await openSqliteJournal(settings(text));
  const patient = (value: string): SearchKey => ({ kind: 'patient', value });
  const { seq: waiting } = await journal.append(newMessage('late', { receivedAt: 1 }));
  const many = 4200;
  await Promise.all(Array.from({ length: many }, (_, n) => journal.accept(newMessage(`m${n}`, { receivedAt: 1 }), newPlan({ deliveries: [], keys: [patient(`P${n % 700}`), patient(`A|P${n % 700}`)] }))));
  // Planned when its run is long written.
  await journal.plan(waiting, newPlan({ deliveries: [], keys: [patient('P7')] }));
  const expected = [...Array.from({ length: 6 }, (_, n) => waiting + 1 + 7 + 700 * n).reverse(), waiting];
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 1000 });
  expect([count(db, 'search_run'), count(db, 'search')]).toEqual([2, many + 2]);

  const check = async (of: Journal, ring: string): Promise<void> => {
    expect(await of.search(patient('P7'), 100)).toEqual(expected);
    expect(await of.search(patient('A|P7'), 2)).toEqual(expected.slice(0, 2));
    expect(await of.search({ kind: 'control', value: 'm8' }, 10)).toEqual([waiting + 9]);
    expect((await of.answerOf('labo', 'm8', newMessage('m8').contentDigest)).kind).toBe('same');
    const reader = openSqliteReader({ folder, keys: parseKeyRing(ring) });
    expect(reader.search(patient('P7'), { sources: ['labo'], destinations: null }, expected[1] ?? 0, 3).map(({ seq }) => seq)).toEqual(expected.slice(2, 5));
    reader.close();
  };
  await check(journal, text);
  await journal.close();

  const rotated = rotate(text, 'index');
  const again = await openSqliteJournal(settings(rotated));
  await check(again, rotated);
  const version = db.statement<{ value: number }>("SELECT value FROM counter WHERE name = 'index.version'");
  for (let n = 0; n < 800 && version.get()?.value !== 2; n++) await new Promise((later) => { setTimeout(later, 20); });
  await check(again, rotated);
  // Nothing is left under the old key.
  expect([count(db, 'search_run'), count(db, 'search_leaf')]).toEqual([0, 0]);
  expect(await again.verify()).toEqual([]);

  await again.retain({ payloadsBefore: 2, messagesBefore: 2 });
  expect([count(db, 'message'), count(db, 'search')]).toEqual([0, 0]);
  expect(await again.search(patient('P7'), 10)).toEqual([]);
  db.close();
  await again.close();
});
