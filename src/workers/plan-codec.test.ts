import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlannedDelivery } from '../domain/delivery.ts';
import type { NewPlan } from '../journal/journal.ts';
import { decodePlan, encodePlan } from './plan-codec.ts';

const bytes = fc.uint8Array({ maxLength: 200 });
const delivery: fc.Arbitrary<PlannedDelivery> = fc.record({
  destination: fc.string(), system: fc.constantFrom('regional', 'hl7v2'), action: fc.constantFrom('submit', 'delete'), state: fc.constantFrom('planned', 'held'),
  reason: fc.constant({ code: 'route.replay' as const }), recipient: fc.option(fc.string()), headers: fc.constant({}), series: fc.array(fc.string()),
  gate: fc.constant({ identities: [], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] }), content: fc.constant({ é: 'œ€' }),
  deadline: fc.option(fc.nat()),
  envelope: fc.option(fc.record({ steps: fc.array(fc.record({
    name: fc.string(), meta: fc.dictionary(fc.string(), fc.string()),
    body: fc.array(fc.oneof(bytes, fc.record({ document: fc.string(), encoding: fc.constantFrom('raw' as const, 'base64' as const) }))),
  })) })),
});
const plan: fc.Arbitrary<NewPlan> = fc.record({
  disposition: fc.constantFrom('planned', 'rejected', 'consumed'), ack: fc.option(fc.record({ code: fc.constantFrom('AA', 'AE'), bytes })), bundle: fc.option(bytes), record: bytes,
  plannedAt: fc.nat(), facts: fc.constant([]), factsUpTo: fc.nat(), asked: fc.record({ keys: fc.array(fc.string()), taught: fc.nat() }), identities: fc.array(fc.string()), keys: fc.constant([]), deliveries: fc.array(delivery), settlements: fc.constant([]),
  documents: fc.dictionary(fc.string(), bytes).map((all) => new Map(Object.entries(all))),
});
/** JSON has no prototypes nor views: compare by value. */
function shown(this: Readonly<Record<string, unknown>>, key: string): unknown {
  // As it is held: a Buffer's toJSON has run already.
  const one = this[key];
  return one instanceof Uint8Array ? Buffer.from(one).toString('hex') : one instanceof Map ? [...one] : one;
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value, shown));

const notice = fc.record({ kind: fc.constantFrom('delivery' as const, 'disposition' as const), messageId: fc.string(), from: fc.string(), keys: fc.constant([]), reports: fc.constant([]) });

describe('a plan as one buffer', () => {
  it('comes back as it went', () => {
    fc.assert(fc.property(plan, fc.array(fc.string()), fc.option(fc.record({ documents: fc.array(fc.array(fc.nat())), more: fc.boolean() })), fc.option(notice), (made, findings, repeats, noticed) => {
      const staged = { plan: made, findings, repeats, notice: noticed };
      expect(plain(decodePlan(encodePlan(staged)))).toEqual(plain(staged));
    }), { numRuns: 200 });
  });
});
