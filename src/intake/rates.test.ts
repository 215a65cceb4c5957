import { describe, expect, test } from '@jest/globals';
import { Rates } from './rates.ts';

const at = { now: 0 };
const rates = (perSecond: number, burst: number) => {
  const told: string[] = [];
  at.now = 0;
  return { told, rates: new Rates(new Map([['lab', { perSecond, burst }]]), (source, what) => { told.push(`${source} ${what}`); }, () => at.now) };
};

describe('the pace of a source', () => {
  test('a burst goes at once, then one each interval; what would wait too long is refused with its wait, and takes no place', async () => {
    const { rates: pace, told } = rates(10, 3);
    expect([await pace.enter('lab', 0), await pace.enter('lab', 0), await pace.enter('lab', 0)]).toEqual([null, null, null]);
    expect([await pace.enter('lab', 0), await pace.enter('lab', 50)]).toEqual([100, 100]);
    at.now = 100;
    expect([await pace.enter('lab', 0), await pace.enter('lab', 0)]).toEqual([null, 100]);
    expect(told).toEqual(Array(3).fill('lab refused'));
  });
  test('a pause gives back no more than the burst', async () => {
    const { rates: pace } = rates(10, 2);
    at.now = 1_000_000;
    expect([await pace.enter('lab', 0), await pace.enter('lab', 0), await pace.enter('lab', 0)]).toEqual([null, null, 100]);
  });
  test('who waits goes in order, and another source does not notice', async () => {
    const { rates: pace, told } = rates(1000, 1);
    const order: number[] = [];
    const all = Array.from({ length: 20 }, (_, i) => pace.enter('lab', 1000).then((paced) => { expect(paced).toBeNull(); order.push(i); }));
    expect(await pace.enter('other', 0)).toBeNull();
    at.now = 1000;
    await Promise.all(all);
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(told).toEqual(Array(19).fill('lab delayed'));
  });
});
