import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isHoliday, weekday } from './calendar.ts';
import { localTime, quarterMs } from './local-quarter.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

describe('calendar', () => {
  test.each([
    // Calendars published by the state for these years.
    ['2024', ['01-01', '04-01', '05-01', '05-08', '05-09', '05-20', '07-14', '08-15', '11-01', '11-11', '12-25']],
    ['2026', ['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25']],
    ['2027', ['01-01', '03-29', '05-01', '05-08', '05-06', '05-17', '07-14', '08-15', '11-01', '11-11', '12-25']],
  ])('knows the public holidays of %s and no other day', (year, days) => {
    const all = Array.from({ length: 366 }, (_, i) => day(`${year}-01-01`) + i).filter((one) => new Date(one * 86_400_000).getUTCFullYear() === Number(year));
    expect(all.filter(isHoliday)).toEqual(days.map((one) => day(`${year}-${one}`)).sort((a, b) => a - b));
  });

  test('counts the days of the week from Monday', () => {
    expect(['2026-11-22', '2026-11-23', '1969-12-29'].map((one) => weekday(day(one)))).toEqual([6, 0, 0]);
  });
});

describe('quarters of a local day', () => {
  const paris = localTime('Europe/Paris');
  const text = (at: number): string => new Date(at).toISOString().slice(0, 16);

  test('follow the wall clock, summer and winter', () => {
    const at = (iso: string): number => paris.quarter(Date.parse(iso)) % 96;
    expect([at('2026-01-15T08:20:00Z'), at('2026-07-15T08:20:00Z')]).toEqual([9 * 4 + 1, 10 * 4 + 1]);
  });

  test('begin when they are first lived, and after the hour that is skipped', () => {
    const quarter = (local: string): number => Date.parse(`${local}Z`) / quarterMs;
    expect(text(paris.begins(quarter('2026-10-25T02:15')))).toBe('2026-10-25T00:15');
    expect(text(paris.begins(quarter('2026-10-25T03:15')))).toBe('2026-10-25T02:15');
    expect(text(paris.begins(quarter('2026-03-29T03:00')))).toBe('2026-03-29T01:00');
    expect(Number.isFinite(paris.begins(quarter('2026-03-29T02:15')))).toBe(true);
  });

  test.each(['Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Asia/Kathmandu', 'America/Miquelon'])('of %s: a quarter begins at a moment of that quarter', (zone) => {
    const local = localTime(zone);
    fc.assert(fc.property(fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') }), (at) => {
      const began = local.begins(local.quarter(at));
      expect(local.quarter(began)).toBe(local.quarter(at));
      expect(at - began).toBeGreaterThanOrEqual(0);
      expect(at - began).toBeLessThan(quarterMs + 3_600_000);
    }));
  });
});
