import { describe, expect, test } from '@jest/globals';
import { harness } from '../../test/deliver/harness.ts';
import { JournalFault } from '../journal/journal.ts';

const minute = 60_000;

describe('what a person makes leave', () => {
  test('is looked at by the gate, though its plan was made by this process with these facts', async () => {
    const h = harness({ ports: { gate: () => ({ go: false, to: 'refused', reason: { code: 'route.dmp-opposition' } }) } });
    const replayed = h.offer(1, 1, { reason: { code: 'route.replay' } });
    await h.time.advance(100);
    expect(h.journal.row(replayed.id)).toMatchObject({ state: 'refused', reason: 'route.dmp-opposition' });
    expect(h.partner.arrivals).toEqual([]);
  });

  test('is not released past a missing qualification', async () => {
    const h = harness({ ports: { gate: () => ({ go: false, to: 'held', reason: { code: 'route.identity-not-qualified' } }) } });
    const { id } = h.offer(1, 1, { state: 'held', reason: { code: 'route.identity-not-qualified' } });
    await h.dispatcher.release(id, 'lea', 'test');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'route.identity-not-qualified' });
    expect(h.partner.arrivals).toEqual([]);
  });

  test('is released past a contradiction the person answers for, and past its deadline', async () => {
    const h = harness({ ports: { gate: () => ({ go: false, to: 'held', reason: { code: 'facts.contradicts-known-identity' } }) } });
    const { id } = h.offer(1, 1, { state: 'held', reason: { code: 'facts.contradicts-known-identity' }, deadline: h.time.clock() + minute });
    await h.time.advance(2 * minute);
    await h.dispatcher.release(id, 'lea', 'vu avec la cellule');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'delivered' });
  });
});

test('a row that cannot be read stops its own lane only (invariant 7)', async () => {
  const h = harness();
  const bad = h.offer(1, 1);
  const read = h.journal.delivery.bind(h.journal);
  h.journal.delivery = (id) => (id === bad.id ? Promise.reject(new JournalFault('journal.corrupt', 'x')) : read(id));
  h.journal.lane = ((lane) => (of: number) => (of === 1 ? Promise.reject(new JournalFault('journal.corrupt', 'x')) : lane(of)))(h.journal.lane.bind(h.journal));
  for (let seq = 2; seq <= 20; seq++) h.offer(seq, seq);
  await h.time.advance(minute);
  expect(h.partner.arrivals.length).toBeGreaterThanOrEqual(19);
  expect(h.dispatcher.state().paused).toBe(false);
});
