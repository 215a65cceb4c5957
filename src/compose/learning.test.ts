import { expect, test } from '@jest/globals';
import type { Counts } from '../journal/journal.ts';
import type { Heard } from '../operate/alerts/alerts.ts';
import { learnt } from './learning.ts';

const day = 86_400_000;
const since = 100 * day + 7;
function play(sources: readonly string[], received: number) {
  const asked: [number, number][] = [], told: (readonly Heard[])[] = [];
  const parts = {
    alerts: { unlearnt: () => ({ sources, since }), learn: (heard: readonly Heard[]) => { told.push(heard); } },
    reader: { traffic: (from: number, to: number) => { asked.push([from, to]); return Promise.resolve([{ source: 'lab', at: from, messages: 2 }]); } },
    journal: { counts: () => Promise.resolve({ messages: { received } } as Counts) },
  };
  return { asked, told, parts };
}

test('nine weeks before the start, a day at a time and none twice, told at once', async () => {
  const { asked, told, parts } = play(['lab'], 1);
  await learnt(parts, () => false);
  expect([asked.length, asked[0], asked.at(-1)?.[1], told.map((one) => one.length)]).toEqual([63, [since - 63 * day, since - 62 * day], since, [63]]);
  for (const [i, [from]] of asked.entries()) expect(from).toBe(i === 0 ? since - 63 * day : asked[i - 1]?.[1]);
});

test('nothing is read when all was learnt already, or nothing ever came; one that is over tells nothing', async () => {
  for (const [{ asked, told, parts }, over] of [[play([], 1), false], [play(['lab'], 0), false], [play(['lab'], 1), true]] as const) {
    await learnt(parts, () => over);
    expect([asked, told]).toEqual([[], []]);
  }
});
