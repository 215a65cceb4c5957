import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateTime } from './date-time.ts';
import { partialDate } from './partial-date.ts';

/** yyyyMMddHHmmss of an instant on the clocks of a zone. */
const wall = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(instant).replace(/\D/gu, '');

describe('HL7 times', () => {
  test.each(['Europe/Paris', 'America/Martinique', 'Indian/Reunion', 'UTC'])('a time of the clocks of %s is the instant it was', zone => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }), seconds => {
      const instant = Math.floor(seconds / 1000) * 1000, text = wall(instant, zone);
      // The hour that comes twice in autumn is read as its first passage.
      const again = wall(instant - 3_600_000, zone) === text;
      expect(Date.parse(dateTime(text, zone))).toBe(again ? instant - 3_600_000 : instant);
    }), { numRuns: 200 });
  });
  test('the hours around the changes of clock', () => {
    expect(['20260329013000', '20260329033000', '20261025013000', '20261025023000', '20261025033000'].map(text => dateTime(text, 'Europe/Paris').slice(19))).toEqual(['+01:00', '+02:00', '+02:00', '+02:00', '+01:00']);
  });
  test.each([
    ['2026', '2026'], ['202611', '2026-11'], ['20261122', '2026-11-22'], ['2026112208', '2026-11-22T08:00:00+01:00'], ['202611220830', '2026-11-22T08:30:00+01:00'],
    ['20261122083015.25', '2026-11-22T08:30:15.25+01:00'], ['20261122083015-0500', '2026-11-22T08:30:15-05:00'], ['20261122+0100', '2026-11-22'],
    ['', ''], ['22/11/2026', ''], ['20261322', ''], ['20260230', ''], ['202611222530', ''], ['20261122083015Z', ''], ['demain', ''],
  ])('%s is %s', (text, made) => { expect(dateTime(text, 'Europe/Paris')).toBe(made); });
  test.each([['19790000', '1979'], ['19790300', '1979-03'], ['20240229', '2024-02-29'], ['20230229', ''], ['00000101', ''], ['197903', '1979-03'], ['19790', '']])('date %s is %s', (text, made) => { expect(partialDate(text)).toBe(made); });
});
