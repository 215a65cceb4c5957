import { describe, expect, test } from '@jest/globals';
import { backlogs, breakers, certificates, conservation, disk } from './conditions.ts';

const day = 86_400_000;
const now = 1000 * day;

describe('conditions', () => {
  test('backlog: waiting and sending, older than the limit of the destination; held and submitted wait for others', () => {
    const perDestination = [
      { destination: 'a', state: 'waiting' as const, count: 5, oldest: now - 31 * 60_000 }, { destination: 'a', state: 'sending' as const, count: 1, oldest: now - 40 * 60_000 },
      { destination: 'b', state: 'waiting' as const, count: 1, oldest: now - 29 * 60_000 }, { destination: 'c', state: 'waiting' as const, count: 1, oldest: 0 },
      { destination: 'd', state: 'held' as const, count: 1, oldest: 0 }, { destination: 'd', state: 'submitted' as const, count: 1, oldest: 0 }, { destination: 'd', state: 'delivered' as const, count: 1, oldest: null },
    ];
    const found = backlogs({ perDestination }, (one) => (one === 'c' ? null : 30 * 60_000), new Set(['a']), now);
    expect(found).toEqual([expect.objectContaining({ subject: { kind: 'destination', name: 'a' }, measure: 40 * 60_000, facts: { count: 6, oldestAt: now - 40 * 60_000, ageMs: 40 * 60_000, limitMs: 30 * 60_000, paused: 1 } })]);
  });

  test('breaker: open or probing', () => {
    const state = (destination: string, breaker: 'closed' | 'open' | 'half-open') => ({ destination, breaker, lastFault: 'regional.unreachable' });
    expect(breakers([state('a', 'closed'), state('b', 'open'), state('c', 'half-open')]).map(({ subject: { name }, facts }) => `${name} ${String(facts.fault)}`)).toEqual(['b regional.unreachable', 'c regional.unreachable']);
  });

  test.each([[60.5, null], [59, 'information'], [29, 'warning'], [6.9, 'critical'], [-1, 'critical']])('a certificate %s days before its end: %s', (days, severity) => {
    const found = certificates([{ subject: { kind: 'listener', name: 'mllps' }, validTo: now + days * day }, { subject: { kind: 'listener', name: 'mllps' }, validTo: now + 300 * day }], now);
    expect(found[0]?.severity ?? null).toBe(severity);
  });

  test('conservation: only what the verification found', () => {
    expect([conservation([]).length, conservation(['count of messages planned: 3 kept, 2 found', 'x'])[0]?.facts]).toEqual([0, { problems: 2, first: 'count of messages planned: 3 kept, 2 found' }]);
  });

  test.each([[10_000, 40, null], [10_000, null, null], [10_000, 13, 'warning'], [10_000, 1.5, 'critical'], [500, null, 'critical']])('disk: %s MiB free, %s days left: %s', (free, left, severity) => {
    expect(disk({ free, reserve: 512, left }, 14)[0]?.severity ?? null).toBe(severity);
  });
});
