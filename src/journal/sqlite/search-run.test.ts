import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entryLength, entryOf, leavesOf, offsetsIn, without, type Row } from './search-run.ts';

/** Hashes that often begin alike or are equal. */
const hash = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 })).map(([first, ninth, last]) => { const made = Buffer.alloc(16); made[0] = first; made[8] = ninth; made[15] = last; return made; });
const messages = fc.array(fc.uniqueArray(hash, { maxLength: 6, selector: (one) => one.toString('hex') }), { maxLength: 60 });
const rowsOf = (all: readonly (readonly Buffer[])[]): Row[] => all.map((hashes, i) => ({ seq: 100 + i, hashes: Buffer.concat(hashes) }));

test('the leaves of a run are in order, full, and give for each range the messages that have an index in it', () => {
  fc.assert(fc.property(messages, hash, hash, (all, one, other) => {
    const leaves = leavesOf(100, rowsOf(all));
    const entries = leaves.flatMap((leaf) => Array.from({ length: leaf.length / entryLength }, (_, i) => leaf.subarray(i * entryLength, (i + 1) * entryLength).toString('hex')));
    expect(entries).toEqual(all.flatMap((hashes, i) => hashes.map((each) => entryOf(each, i).toString('hex'))).sort());
    expect(leaves.slice(0, -1).every((leaf) => leaf.length === leaves[0]?.length)).toBe(true);
    const [from, to] = [one, other].sort((a, b) => Buffer.compare(a, b)) as [Buffer, Buffer];
    const found = new Set(leaves.flatMap((leaf) => [...offsetsIn(leaf, { from, to })]));
    expect([...found].sort((a, b) => a - b)).toEqual(all.flatMap((hashes, i) => (hashes.some((each) => Buffer.compare(each, from) >= 0 && Buffer.compare(each, to) <= 0) ? [i] : [])));
  }));
});

test('an entry is taken out of its leaf, and only that one', () => {
  const [leaf] = leavesOf(1, [{ seq: 1, hashes: Buffer.alloc(32, 7) }, { seq: 65_536, hashes: Buffer.alloc(16, 7) }]) as [Buffer];
  expect([...offsetsIn(leaf, { from: Buffer.alloc(16, 7), to: Buffer.alloc(16, 7) })]).toEqual([0, 0, 65_535]);
  expect(without(leaf, entryOf(Buffer.alloc(16, 7), 65_535))?.length).toBe(2 * entryLength);
  expect(without(leaf, entryOf(Buffer.alloc(16, 7), 1))).toBeNull();
});
