import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Traffic } from './traffic.ts';

const minute = 60_000;

describe('rates kept in memory', () => {
  test('are those of the last fifteen minutes, whatever the order of things and the gaps', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 * minute }), { maxLength: 40 }), fc.integer({ min: 0, max: 20 * minute }), (moments, gap) => {
      let now = 0;
      const traffic = new Traffic(() => now, ['lab'], []);
      const sorted = [...moments].sort((a, b) => a - b);
      for (const at of sorted) { now = at; traffic.message({ source: 'lab', outcome: 'planned', findings: [] }); }
      now += gap;
      const expected = Array.from({ length: 15 }, (_, i) => sorted.filter((at) => Math.floor(at / minute) === Math.floor(now / minute) - 14 + i).length);
      expect(traffic.source('lab').received).toEqual(expected);
    }));
  });

  test('what the journal recalls of before the start is added once; what came since is counted already', () => {
    let now = 100 * minute;
    const traffic = new Traffic(() => now, ['lab'], [{ id: 'region', withinMs: 1000 }]);
    now += 1000;
    traffic.message({ source: 'lab', outcome: 'rejected', findings: ['hl7v2.no-control-id@MSH-10'] });
    traffic.attempt({ destination: 'region', next: 'delivered', age: 500 });
    const attempt = { destination: 'region', outcome: 'delivered', age: 5000, state: 'delivered' as const };
    traffic.recall({
      messages: [{ source: 'lab', at: 99 * minute, disposition: 'planned' }, { source: 'lab', at: now - 1, disposition: 'planned' }, { source: 'gone', at: 99 * minute, disposition: 'planned' }],
      attempts: [{ ...attempt, at: 99 * minute }, { ...attempt, at: now - 1 }, { ...attempt, at: 98 * minute, outcome: 'busy' }, { ...attempt, at: 97 * minute, outcome: 'refused' }],
    });
    expect(traffic.source('lab')).toMatchObject({ received: [...Array.from({ length: 13 }, () => 0), 1, 1], refused: [...Array.from({ length: 14 }, () => 0), 1], lastAt: now, findings: [['hl7v2.no-control-id', 1]] });
    expect(traffic.destination('region')).toMatchObject({ ended: 3, within: 1, lastDeliveredAt: now });
  });
});
