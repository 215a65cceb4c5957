import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTime } from './time.ts';

const paris = (raw: string) => readTime(raw, 'Europe/Paris');

describe('CDA times', () => {
  test.each([
    ['20210401134745+0100', '20210401124745', '2021-04-01T13:47:45+01:00'],
    ['20210401134745.123+0200', '20210401114745', '2021-04-01T13:47:45.123+02:00'],
    ['202101040735+0100', '202101040635', '2021-01-04T07:35:00+01:00'],
    ['2021010407-0330', '2021010410', '2021-01-04T07:00:00-03:30'],
    ['20240106113623+100', '20240106103623', '2024-01-06T11:36:23+01:00'],
    ['20240106113623+2', '20240106093623', '2024-01-06T11:36:23+02:00'],
    ['20240106003000+0100', '20240105233000', '2024-01-06T00:30:00+01:00'],
    ['20240106113623Z', '20240106113623', '2024-01-06T11:36:23+00:00'],
  ])('%s is %s in UTC', (raw, utc, iso) => {
    expect(paris(raw)).toEqual({ raw, utc, iso, hadOffset: true });
  });

  test.each([['2021', '2021', '2021'], ['202104', '202104', '2021-04'], ['20210401', '20210401', '2021-04-01']])('%s keeps its precision', (raw, utc, iso) => {
    expect(paris(raw)).toEqual({ raw, utc, iso, hadOffset: false });
  });

  test.each([
    ['20260112133000', 'Europe/Paris', '20260112123000'],
    ['20260712133000', 'Europe/Paris', '20260712113000'],
    ['20260712133000', 'America/Cayenne', '20260712163000'],
    ['20260712133000', 'Indian/Reunion', '20260712093000'],
    ['20260329013000', 'Europe/Paris', '20260329003000'],
    // 02:30 does not exist that night: read with the offset before the change.
    ['20260329023000', 'Europe/Paris', '20260329013000'],
    ['20260329033000', 'Europe/Paris', '20260329013000'],
    // 02:30 exists twice: the first one, in summer time.
    ['20261025023000', 'Europe/Paris', '20261025003000'],
    ['20261025033000', 'Europe/Paris', '20261025023000'],
  ])('%s without offset in %s is %s', (raw, zone, utc) => {
    expect(readTime(raw, zone)).toMatchObject({ utc, hadOffset: false });
  });

  test.each(['', '20', '20211', '20210230', '20211301', '2021040125', '202104011361', '20210401134745+9999', '20210401134745+0175', '2021-04-01', 'hier'])('%j is no time', raw => {
    expect(paris(raw)).toBeNull();
  });

  test('a zone nobody knows gives no instant, and does not throw', () => {
    expect(readTime('20260112133000', 'Mars/Olympus')).toBeNull();
    expect(readTime('20260112', 'Mars/Olympus')?.utc).toBe('20260112');
  });

  test('any instant written with any offset comes back', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }), fc.integer({ min: -12, max: 14 }), (date, hours) => {
      const utc = date.toISOString().slice(0, 19).replace(/[^\d]/gu, '');
      const wall = new Date(Math.floor(date.getTime() / 1000) * 1000 + hours * 3_600_000).toISOString().slice(0, 19).replace(/[^\d]/gu, '');
      const raw = `${wall}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}00`;
      expect(paris(raw)?.utc).toBe(utc);
    }));
  });
});
