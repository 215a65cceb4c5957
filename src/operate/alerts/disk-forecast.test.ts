import { describe, expect, test } from '@jest/globals';
import { daysLeft } from './disk-forecast.ts';

const hour = 3_600_000;
const samples = (free: (i: number) => number, hours: number) => Array.from({ length: hours + 1 }, (_, i) => ({ at: i * hour, free: free(i) }));

describe('disk forecast', () => {
  test('says in how many days only the reserve is left', () => {
    expect(daysLeft(samples((i) => 100_000 - 100 * i, 48), 512, 48 * hour)).toBeCloseTo((100_000 - 4800 - 512) / 2400, 6);
  });
  test('says nothing of space that grows or stays, nor of a few hours', () => {
    expect([daysLeft(samples((i) => 1000 + i, 48), 0, 48 * hour), daysLeft(samples(() => 1000, 48), 0, 48 * hour), daysLeft(samples((i) => 1000 - i, 5), 0, 5 * hour), daysLeft([], 0, 0)]).toEqual([null, null, null, null]);
  });
  test('is not bent by one clean-up or one large copy', () => {
    const straight = daysLeft(samples((i) => 50_000 - 10 * i, 100), 0, 100 * hour) ?? 0;
    const bent = daysLeft(samples((i) => 50_000 - 10 * i + (i > 95 ? 5000 : 0), 100), 0, 100 * hour) ?? 0;
    expect(bent / straight).toBeGreaterThan(1);
    expect(bent / straight).toBeLessThan(1.3);
  });
  test('looks at the last week only', () => {
    const then = samples((i) => (i < 24 * 10 ? 100_000 - 400 * i : 4000), 24 * 20);
    expect(daysLeft(then, 0, 24 * 20 * hour)).toBeNull();
  });
  test('is nought once the reserve is reached', () => {
    expect(daysLeft(samples((i) => 1000 - 10 * i, 60), 512, 60 * hour)).toBe(0);
  });
});
