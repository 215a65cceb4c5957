import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { harness } from '../../test/deliver/harness.ts';
import type { Behaviour } from '../../test/deliver/partner.ts';
import { isFinal } from '../domain/delivery.ts';

type Step = { plan: number } | { merge: readonly [number, number] } | { crash: true } | { wait: number } | { sleep: number } | { source: 'down' | 'up' };

const lane = fc.integer({ min: 1, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ plan: lane }) },
  { weight: 6, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 2, arbitrary: fc.record({ sleep: fc.integer({ min: 1000, max: 90_000 }) }) },
  { weight: 1, arbitrary: fc.record({ merge: fc.tuple(lane, lane) }) },
  { weight: 1, arbitrary: fc.constant({ crash: true } as const) },
);
const behaviour = fc.constantFrom<Behaviour[]>('delivered', 'delivered', 'delivered', 'delivered', 'busy', 'refused', 'lost', 'taken', 'hang', 'throw', 'misconfigured');

/**
 * Whatever partners answer, whenever identities merge and processes die: in each lane, as it is known when an attempt begins,
 * one attempt at a time and never an earlier delivery after a later one; nothing taken twice without a flag; all final, or left to a person.
 */
describe('any receipts, merges and crashes', () => {
  test.each([{ lookup: true }, { lookup: false }])('order, exclusion, no silent second sending ($lookup)', async ({ lookup }) => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), fc.array(behaviour, { minLength: 20, maxLength: 80 }), fc.integer({ min: 1, max: 4 }), async (steps, behaviours, concurrency) => {
      const h = harness({ lookup, rules: { concurrency, breaker: { failures: 4, probeMs: 3000 } } });
      const rootOf = new Map<number, number>();
      const root = (of: number): number => { let top = of; for (let up = rootOf.get(top); up !== undefined; up = rootOf.get(top)) top = up; return top; };
      const underWay = new Map<number, number>();
      /** For each root, the highest id that began since its lanes were last joined. */
      const last = new Map<number, number>();
      const wrong: string[] = [];
      let n = 0, healthy = false, merges = 0;
      const mergedAt = new Map<number, number>();
      const beganAfter = new Map<number, number>();
      h.partner.behave = () => (healthy ? 'delivered' : behaviours[n++ % behaviours.length] ?? 'delivered');
      h.partner.onSend = (id) => {
        const top = root(h.journal.row(id).lane);
        const with_ = [...underWay.keys()].find((other) => root(h.journal.row(other).lane) === top && (beganAfter.get(other) ?? 0) >= (mergedAt.get(top) ?? 0));
        if (with_ !== undefined) wrong.push(`${String(id)} with ${String(with_)}`);
        if ((last.get(top) ?? 0) > id) wrong.push(`${String(id)} after ${String(last.get(top))}`);
        last.set(top, id);
        underWay.set(id, id);
        beganAfter.set(id, merges);
      };
      h.partner.onSent = (id) => { underWay.delete(id); };
      let seq = 0;
      for (const one of steps) {
        if ('plan' in one) h.offer(++seq, one.plan);
        else if ('wait' in one) await h.time.advance(one.wait);
        else if ('sleep' in one) await h.time.advance(one.sleep);
        else if ('crash' in one) { await h.time.settle(); underWay.clear(); h.crash(); }
        else if ('merge' in one) {
          // Claims are made of several turns: let those under way begin before the merge is known.
          await h.time.settle();
          const [a, b] = [root(one.merge[0]), root(one.merge[1])];
          if (a === b) continue;
          merges += 1;
          const top = Math.min(a, b);
          rootOf.set(Math.max(a, b), top);
          mergedAt.set(top, merges);
          last.delete(top);
          h.journal.join(a, b, seq);
        }
      }
      healthy = true;
      for (let hours = 0; hours < 3 && ![...h.journal.rows.values()].every((row) => isFinal(row.state)); hours++) await h.time.advance(3_600_000);
      expect(wrong).toEqual([]);
      expect([...h.journal.rows.values()].filter((row) => !isFinal(row.state) && row.reason !== 'deliver.alone-misconfigured')).toEqual([]);
      for (const id of h.journal.rows.keys()) {
        const taken = h.partner.arrivals.filter((arrival) => arrival.id === id && arrival.took);
        expect(taken.slice(1).every((arrival) => arrival.possibleDuplicate)).toBe(true);
        if (lookup) expect(taken.length).toBeLessThanOrEqual(1);
      }
      await h.dispatcher.stop(1000);
    }), { numRuns: 150 });
  }, 60_000);
});
