import { expect, test } from '@jest/globals';
import type { Asked } from '../api/served.ts';
import type { RouteShape } from '../api/contract/route.ts';
import { replayMake } from '../api/contract/replays.ts';
import { previewOf, replayRoutes, type ReplayPorts } from './replays.ts';

const item = (id: number, recipient: string | null, receivedAt: number) => ({ id, seq: id >> 1, trace: `t-${id}`, source: 'lab', destination: recipient === null ? 'region' : 'mss', recipient, state: 'delivered' as const, action: 'submit', receivedAt });

test('a preview counts by recipient, each mailbox apart and under no address', () => {
  expect(previewOf([item(2, 'a'.repeat(32), 5), item(3, 'b'.repeat(32), 6), item(4, 'a'.repeat(32), 1), item(5, null, 9)], new Set([4]), new Map([[2, 'corrected'], [4, 'again'], [5, 'again'], [3, 'acknowledgement']]))).toEqual([
    { destination: 'mss', recipient: 'a'.repeat(12), deliveries: 2, messages: 2, withdrawn: 1, corrected: 1, again: 1, acknowledgements: 0, firstAt: 1, lastAt: 5 },
    { destination: 'mss', recipient: 'b'.repeat(12), deliveries: 1, messages: 1, withdrawn: 0, corrected: 0, again: 0, acknowledgements: 1, firstAt: 6, lastAt: 6 }, { destination: 'region', recipient: null, deliveries: 1, messages: 1, withdrawn: 0, corrected: 0, again: 1, acknowledgements: 0, firstAt: 9, lastAt: 9 },
  ]);
});

test('a selection that takes too long to look for is refused', async () => {
  let now = 0;
  const reader = { finals: () => { now += 10_000; return Promise.resolve({ found: [], next: now }); }, finalsOf: () => Promise.resolve([]), withdrawn: () => Promise.resolve([]), spent: () => Promise.resolve([]) };
  const make = replayRoutes({ reader, clock: () => now, secondPersonAbove: null } as unknown as ReplayPorts).find(({ route }) => route === replayMake as RouteShape);
  const asked = { body: { selection: { source: 'rare' }, reason: 'perdu par la région', cap: 10, perMinute: 60 }, caller: { account: 'olga', scope: { sources: null, destinations: null } } } as unknown as Asked<RouteShape>;
  await expect(make?.handle(asked)).rejects.toMatchObject({ code: 'operate.replay-too-broad' });
});
