import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { sqlitePlace, testKeys } from '../../../test/contract/sqlite-place.ts';
import type { SearchKey } from '../../domain/message.ts';
import type { Journal } from '../journal.ts';
import { blindIndex } from '../seal.ts';
import { hashesOf } from './search-index.ts';
import { indexed } from './store.ts';

let place: ReturnType<typeof sqlitePlace>;
let journal: Journal;
beforeEach(async () => { place = sqlitePlace(); journal = await place.open(); });
afterEach(async () => { await journal.close(); await place.remove(); });
const index = blindIndex(testKeys.index);
const patient = (value: string): SearchKey => ({ kind: 'patient', value });

test('a number and the same with its authority share a row; each is found alone and by the other’s name', async () => {
  const a = await journal.accept(newMessage('1'), newPlan({ keys: [patient('42'), patient('1.2.3|42'), { kind: 'visit', value: '42' }] }));
  const b = await journal.accept(newMessage('2'), newPlan({ keys: [patient('42'), patient('9.9|42')] }));
  const c = await journal.accept(newMessage('3'), newPlan({ keys: [patient('42')] }));
  const search = (value: string, limit = 10) => journal.search(patient(value), limit);
  expect([await search('42'), await search('42', 2), await search('1.2.3|42'), await search('9.9|42'), await search('8|42'), await search('1.2.3|4')])
    .toEqual([[c.seq, b.seq, a.seq], [c.seq, b.seq], [a.seq], [b.seq], [], []]);
  expect(await journal.search({ kind: 'visit', value: '42' }, 10)).toEqual([a.seq]);
  expect(hashesOf({ index }, [patient('42'), patient('1.2.3|42')])).toHaveLength(1);
});

test('a number of two authorities in one message has a row for each; bars in a number are not mistaken for authorities', () => {
  expect(hashesOf({ index }, [patient('42'), patient('A|42'), patient('B|42')])).toHaveLength(2);
  expect(hashesOf({ index }, [patient('A|42')])).toEqual([index.hash(indexed.search('patient', 'A|42'))]);
  expect(hashesOf({ index }, [{ kind: 'control', value: '1' }])).toEqual([]);
});

test('a number that a hundred authorities give is found at each of them, the newest first', async () => {
  const seqs: number[] = [];
  for (let n = 0; n < 100; n++) seqs.push((await journal.accept(newMessage(`a${n}`), newPlan({ keys: [patient('7'), patient(`lab${n}|7`)] }))).seq);
  expect(await journal.search(patient('7'), 1000)).toEqual([...seqs].reverse());
  expect(await journal.search(patient('7'), 2)).toEqual(seqs.slice(-2).reverse());
});

test('whatever the numbers, each key of a message finds it and no other', async () => {
  const value = fc.string({ unit: fc.constantFrom('1', '2', 'A', '|'), minLength: 1, maxLength: 4 });
  const keys = fc.array(fc.record({ kind: fc.constantFrom('patient' as const, 'visit' as const), value }), { maxLength: 6 });
  let n = 0;
  await fc.assert(fc.asyncProperty(fc.array(keys, { minLength: 1, maxLength: 4 }), async (messages) => {
    const other = sqlitePlace();
    const fresh = await other.open();
    try {
      const seqs: number[] = [];
      for (const one of messages) seqs.push((await fresh.accept(newMessage(`p${n++}`), newPlan({ keys: one }))).seq);
      for (const { kind, value: asked } of messages.flat()) {
        const having = seqs.filter((_, i) => messages[i]?.some((one) => one.kind === kind && one.value === asked));
        const found = await fresh.search({ kind, value: asked }, 100);
        expect(found).toEqual([...having].sort((a, b) => b - a));
      }
    } finally { await fresh.close(); await other.remove(); }
  }), { numRuns: 60 });
});
