import { describe, expect, test } from '@jest/globals';
import type { LiveBatch } from '../api/contract/messages.ts';
import { Live, type AcceptedSeen } from './live.ts';

const accepted = (n: number): AcceptedSeen => ({ trace: `t-${n}`, source: 'lab', type: 'ORU^R01', size: 1, seq: n, outcome: 'planned', ack: 'AA', deliveries: 1, ms: 1.234 });
const attempt = (delivery: number, next: 'waiting' | 'delivered', n: number) => ({ kind: 'attempt' as const, trace: 't', seq: 1, delivery, destination: 'region', system: 'regional', action: 'submit', attempt: n, outcome: 'busy' as const, fault: null, asked: null, possibleDuplicate: false, ms: 1, next, notBefore: null, age: 1 });

describe('the live tail', () => {
  test('batches, tells a delivery once, and tells how much a slow reader missed', async () => {
    const live = new Live(() => 7);
    const aborted = new AbortController();
    live.message(accepted(0)); // nobody watches: kept for nobody
    const batches = live.watch(() => true, 'en', aborted.signal);
    expect((await batches.next()).value).toEqual({ at: 7, items: [], more: 0 });
    const next = batches.next();
    for (let n = 1; n <= 150; n++) live.message(accepted(n));
    live.delivery(attempt(1, 'waiting', 1)); // no room left in this batch
    const first = (await next).value as LiveBatch | undefined;
    expect([first?.items.length, first?.more]).toEqual([100, 51]);
    const second = batches.next();
    live.delivery(attempt(1, 'waiting', 1));
    live.delivery(attempt(1, 'delivered', 2));
    live.delivery({ kind: 'breaker', destination: 'region', state: 'open', fault: null });
    expect((await second).value).toMatchObject({ items: [{ kind: 'delivery', delivery: 1, state: 'delivered', attempt: 2 }], more: 0 });
    aborted.abort();
    await batches.return(undefined);
  });

  test('ends at once when its reader is gone', async () => {
    const aborted = new AbortController();
    const batches = new Live(() => 0).watch(() => true, 'fr', aborted.signal);
    await batches.next();
    const waiting = batches.next();
    aborted.abort();
    expect((await waiting).value).toMatchObject({ items: [] });
    expect((await batches.next()).done).toBe(true);
  });
});
