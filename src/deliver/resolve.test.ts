import { expect, test } from '@jest/globals';
import { harness } from '../../test/deliver/harness.ts';
import type { Receipt } from '../domain/delivery.ts';
import type { Answers, Resolved, Sending } from './connector.ts';

const minute = 60_000;

/** A partner that must be asked first: what it is sent meets `receipts` in turn, what it is asked `resolved` in turn, the last ones for ever. */
function asking(resolved: readonly Resolved[], receipts: readonly Receipt[], when: true | 'missing' = true) {
  const seen: { earlier: (Answers | null)[]; sent: (Answers | undefined)[]; envelopes: unknown[] } = { earlier: [], sent: [], envelopes: [] };
  const base = harness().partner;
  const partner = { ...base.partner(), capabilities: { lookup: true, resolve: when } };
  Object.assign(base, {
    resolve: (_work: unknown, _signal: AbortSignal, earlier: Answers | null) => { seen.earlier.push(earlier); return Promise.resolve(resolved[seen.earlier.length - 1] ?? resolved.at(-1)); },
    send: ({ answers, envelope }: Sending) => { seen.sent.push(answers); seen.envelopes.push(envelope); return Promise.resolve(receipts[seen.sent.length - 1] ?? receipts.at(-1)); },
  });
  const h = harness({ others: { dmp: { ...partner, rules: { ...partner.rules, id: 'dmp' } } } });
  const { id } = h.offer(1, 1, { envelope: null, destination: 'dmp' });
  return { h, id, seen, kept: () => JSON.parse(Buffer.from(h.journal.row(id).answers ?? []).toString()) as unknown };
}
const [one, two] = [{ answers: { target: 'urn:uuid:1' } }, { answers: { target: 'urn:uuid:2' } }];
const delivered: Receipt = { kind: 'delivered' };
const busy: Receipt = { kind: 'busy', fault: 'deliver.resolve-failed' };
const stale: Receipt = { kind: 'held', fault: 'deliver.resolve-failed', stale: true };

test('asked anew before each sending: what changed is kept and sent, in the same envelope', async () => {
  const { h, id, seen, kept } = asking([one, one, two], [busy, busy, delivered]);
  await h.time.advance(minute);
  expect(h.journal.row(id).state).toBe('delivered');
  expect(seen.earlier).toEqual([null, one.answers, one.answers]);
  expect(seen.sent).toEqual([one.answers, one.answers, two.answers]);
  expect(new Set(seen.envelopes.map((envelope) => JSON.stringify(envelope))).size).toBe(1);
  expect(kept()).toEqual(two.answers);
});

test('what another hand changed in between is asked for once more in the same attempt, then held', async () => {
  const mended = asking([one, two], [stale, delivered]);
  await mended.h.time.advance(minute);
  expect([mended.h.journal.row(mended.id).state, mended.seen.sent, mended.h.journal.row(mended.id).attempts]).toEqual(['delivered', [one.answers, two.answers], 1]);
  const held = asking([one, two], [stale]);
  await held.h.time.advance(minute);
  expect(held.h.journal.row(held.id)).toMatchObject({ state: 'held', reason: 'deliver.resolve-failed', attempts: 1 });
  expect(held.seen.sent).toHaveLength(2);
});

test('what the partner answers to the question may end it: nothing is sent', async () => {
  const refused = asking([{ receipt: { kind: 'refused', fault: 'deliver.deadline' } }], [delivered]);
  await refused.h.time.advance(minute);
  expect([refused.h.journal.row(refused.id).state, refused.seen.sent]).toEqual(['refused', []]);
  const held = asking([one, { receipt: { kind: 'held', fault: 'deliver.deadline' } }], [busy]);
  await held.h.time.advance(minute);
  expect([held.h.journal.row(held.id).state, held.seen.sent.length]).toEqual(['held', 1]);
});

test('where only what is missing is asked, it is asked once: later sendings go with the first answer', async () => {
  const { h, id, seen, kept } = asking([one, two], [busy, busy, delivered], 'missing');
  await h.time.advance(minute);
  expect([h.journal.row(id).state, seen.earlier, seen.sent.length, kept()]).toEqual(['delivered', [null], 3, one.answers]);
});

test('somebody else who does not answer says nothing of the partner: its breaker stays closed, the delivery waits as told', async () => {
  const aside: Resolved = { receipt: { kind: 'busy', fault: 'recipients.directory-refused', aside: true, retryAfterMs: 10_000 } };
  const { h, id, seen } = asking([...Array.from({ length: 8 }, () => aside), one], [delivered], 'missing');
  await h.time.advance(3 * minute);
  expect([h.journal.row(id).state, seen.earlier.length]).toEqual(['delivered', 9]);
  expect(h.dispatcher.state().destinations.find(({ destination }) => destination === 'dmp')?.breaker).toBe('closed');
});
