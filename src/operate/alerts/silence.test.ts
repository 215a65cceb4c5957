import { describe, expect, test } from '@jest/globals';
import { expectedBy, weeksNeeded } from './silence.ts';
import { quartersOfDay, type Quarter } from './local-quarter.ts';
import { Traffic } from './traffic.ts';

/** Monday 5 January 2026: eight weeks on there is no public holiday before Easter Monday, 6 April. */
const monday = Date.parse('2026-01-05') / 86_400_000;
const at = (day: number, hour: number, minute = 0): Quarter => (monday + day) * quartersOfDay + hour * 4 + Math.floor(minute / 15);
const clock = (quarter: Quarter): string => new Date(quarter * 900_000).toISOString().slice(5, 16);

/** Numbers that look random and are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

/** Traffic given by a rate a quarter hour, messages coming by chance. */
function lived(rate: (quarter: Quarter) => number, days: number, seed = 1): { traffic: Traffic; alarms: Quarter[] } {
  const random = seeded(seed);
  const traffic = new Traffic();
  const alarms: Quarter[] = [];
  let expected: Quarter | null = null;
  for (let quarter = at(0, 0); quarter < at(days, 0); quarter++) {
    let come = 0;
    for (let left = Math.exp(-rate(quarter)), p = random(); p > left; p *= random()) come += 1;
    for (let i = 0; i < come; i++) traffic.add(quarter);
    if (come > 0) expected = expectedBy(traffic, quarter);
    if (quarter % quartersOfDay === 0) traffic.forget(quarter);
    if (expected !== null && quarter === expected + 1 && come === 0) alarms.push(quarter);
  }
  return { traffic, alarms };
}
const hourOf = (quarter: Quarter): number => (quarter % quartersOfDay) / 4;
const weekend = (quarter: Quarter): boolean => [5, 6].includes((Math.floor(quarter / quartersOfDay) - monday) % 7);

/** A laboratory: busy on working days, a trickle on Saturday morning, nothing at night. */
const laboratory = (quarter: Quarter): number => (hourOf(quarter) < 7 || hourOf(quarter) >= 19 ? 0 : weekend(quarter) ? 0.02 : 12);

describe('silence', () => {
  test('is not judged before enough weeks were seen', () => {
    const { traffic } = lived(laboratory, 7 * weeksNeeded - 1);
    expect(expectedBy(traffic, at(7 * weeksNeeded - 3, 10))).toBeNull();
    expect(expectedBy(new Traffic(), at(3, 10))).toBeNull();
  });

  test('of a busy laboratory is told within the hour by day, and in the morning when nothing came since the evening', () => {
    const { traffic } = lived(laboratory, 57);
    expect(clock(expectedBy(traffic, at(58, 10, 0)) ?? 0)).toBe('03-04T10:45');
    const overnight = expectedBy(traffic, at(58, 18, 45)) ?? 0;
    expect([clock(overnight) >= '03-05T07:15', clock(overnight) <= '03-05T08:00']).toEqual([true, true]);
  });

  test('at a weekend is not the silence of a working day', () => {
    const { traffic } = lived(laboratory, 60);
    const friday = expectedBy(traffic, at(60, 18, 45));
    expect(friday).not.toBeNull();
    expect(clock(friday ?? 0) >= '03-09T07:15').toBe(true);
  });

  test('on a public holiday is that of a Sunday', () => {
    const { traffic } = lived(laboratory, 88);
    // Saturday 4 April, Easter on Sunday, and Easter Monday: the next working day is a Tuesday.
    expect(clock(expectedBy(traffic, at(88, 18, 45)) ?? 0) >= '04-05').toBe(true);
    const { traffic: busySundays } = lived((quarter) => (Math.floor(quarter / quartersOfDay - monday) % 7 === 6 ? 0 : laboratory(quarter)), 91);
    expect(clock(expectedBy(busySundays, at(90, 12)) ?? 0) >= '04-07T07:15').toBe(true);
  });

  test('of one batch a day is told half an hour after the latest it ever came', () => {
    const traffic = new Traffic();
    for (let day = 0; day < 60; day++) for (let i = 0; i < 200; i++) traffic.add(at(day, 9, (day % 3) * 15));
    expect(clock(expectedBy(traffic, at(59, 9, 30)) ?? 0)).toBe('03-06T10:00');
  });

  test('is not told of a week in which the feed itself had broken down', () => {
    const traffic = new Traffic();
    for (let day = 0; day < 60; day++) if (day !== 45) for (let i = 0; i < 200; i++) traffic.add(at(day, 9));
    expect(clock(expectedBy(traffic, at(58, 9)) ?? 0)).toBe('03-05T09:30');
    expect(clock(expectedBy(traffic, at(59, 9)) ?? 0)).toBe('03-06T09:30');
  });

  test.each([['one every hour', 0.25, 2], ['four an hour', 1, 2], ['forty an hour', 10, 2], ['three a day', 0.03, 2], ['one every three minutes', 5, 2]])('is hardly ever told by chance: %s', (_, rate, most) => {
    const alarms = [1, 2].flatMap((seed) => lived(() => rate, 26 * 7, seed).alarms);
    // A year of such a source, in two lives.
    expect(alarms.length).toBeLessThanOrEqual(most);
  });

  test.each([['a laboratory', laboratory], ['a hospital, day and night', (quarter: Quarter) => (hourOf(quarter) < 7 ? 1 : 8)]])('is hardly ever told of a feed that works: %s', (_, rate) => {
    expect([1, 2].flatMap((seed) => lived(rate, 26 * 7, seed).alarms).map(clock)).toEqual([]);
  });
});
