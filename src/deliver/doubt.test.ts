import { describe, expect, test } from '@jest/globals';
import { harness } from '../../test/deliver/harness.ts';

const minute = 60_000;

describe('after an ambiguous outcome (invariant 8)', () => {
  test('the partner is asked first: found is delivered, not sent again', async () => {
    const h = harness();
    h.partner.behave = () => 'taken';
    const { id } = h.offer(1, 1);
    await h.time.advance(minute);
    expect(h.partner.taken.get(id)).toBe(1);
    expect(h.journal.row(id)).toMatchObject({ state: 'delivered', reason: 'deliver.found' });
    expect(h.attempts().map(({ outcome, asked }) => [outcome, asked])).toEqual([['unknown', null], ['delivered', 'found']]);
  });

  test('held meanwhile, the doubt stays: once released it is flagged', async () => {
    const h = harness({ lookup: false });
    let mended = false;
    h.partner.behave = (id, attempt) => (id > 4096 || mended ? 'delivered' : attempt === 1 ? 'taken' : 'misconfigured');
    const { id } = h.offer(1, 1);
    for (let seq = 2; seq <= 20; seq++) { await h.time.advance(minute); h.offer(seq, seq); }
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'deliver.alone-misconfigured', inDoubt: true });
    mended = true;
    await h.dispatcher.release(id, 'nadia', 'corrigé');
    await h.time.advance(minute);
    expect(h.partner.arrivals.filter((one) => one.id === id).at(-1)).toMatchObject({ took: true, possibleDuplicate: true });
  });

  test('absent is sent again without a flag', async () => {
    const h = harness();
    h.partner.behave = (_id, attempt) => (attempt === 1 ? 'lost' : 'delivered');
    h.offer(1, 1);
    await h.time.advance(minute);
    expect(h.partner.arrivals.map(({ possibleDuplicate }) => possibleDuplicate)).toEqual([false, false]);
    expect(h.journal.states()).toEqual({ delivered: 1 });
  });

  test('a partner that cannot say keeps the lane blocked; nothing is sent', async () => {
    const h = harness();
    h.partner.behave = () => 'taken';
    h.partner.answers = () => false;
    h.offer(1, 1);
    h.offer(2, 1);
    await h.time.advance(10 * minute);
    expect(h.partner.arrivals.length).toBe(1);
    expect(h.journal.row(4096)).toMatchObject({ state: 'waiting', inDoubt: true, reason: 'deliver.in-doubt' });
    h.partner.answers = () => true;
    h.partner.behave = () => 'delivered';
    await h.time.advance(10 * minute);
    expect(h.journal.states()).toEqual({ delivered: 2 });
    expect(h.partner.arrivals.length).toBe(2);
  });

  test('a question that the partner refuses leaves it to a person, with its words; nothing is sent again', async () => {
    const h = harness();
    h.partner.behave = () => 'taken';
    h.partner.answers = () => ({ receipt: { kind: 'held', fault: 'dmp.query-refused', args: ['X'], raw: 'X (Error)' } });
    const { id } = h.offer(1, 1);
    h.offer(2, 1);
    await h.time.advance(10 * minute);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'dmp.query-refused' });
    // The question is not asked for ever, and the lane goes on.
    expect(h.partner.taken.get(id)).toBe(1);
    expect(h.attempts().filter((one) => one.delivery === id)).toHaveLength(2);
  });

  test('where it cannot be asked: after the evidence window, flagged, and flagged until an outcome', async () => {
    const h = harness({ lookup: false });
    h.partner.behave = (_id, attempt) => (['lost', 'busy', 'delivered'] as const)[attempt - 1] ?? 'delivered';
    h.offer(1, 1);
    await h.time.advance(59_000);
    expect(h.partner.arrivals.length).toBe(1);
    await h.time.advance(10 * minute);
    expect(h.partner.arrivals.map(({ possibleDuplicate }) => possibleDuplicate)).toEqual([false, true, true]);
    expect(h.journal.states()).toEqual({ delivered: 1 });
  });

  test('an attempt cut by a crash is in doubt: the evidence window counts from its beginning', async () => {
    const h = harness({ lookup: false });
    h.partner.behave = () => 'hang';
    h.offer(1, 1);
    await h.time.advance(5000);
    h.partner.behave = () => 'delivered';
    h.crash();
    await h.time.advance(54_000);
    expect(h.partner.arrivals.length).toBe(1);
    await h.time.advance(2000);
    expect(h.partner.arrivals.map(({ possibleDuplicate }) => possibleDuplicate)).toEqual([false, true]);
    expect(h.journal.states()).toEqual({ delivered: 1 });
  });

  test('a crash before the envelope was frozen leaves no doubt: nothing had left', async () => {
    let hang = true;
    const h = harness({ lookup: false, ports: { prepare: () => (hang ? new Promise(() => undefined) : Promise.resolve({ steps: [] })) } });
    h.offer(1, 1, { envelope: null });
    await h.time.settle();
    expect(h.journal.states()).toEqual({ sending: 1 });
    hang = false;
    h.crash();
    await h.time.advance(100);
    expect(h.partner.arrivals).toMatchObject([{ possibleDuplicate: false }]);
    expect(h.journal.row(4096).envelope).toEqual({ steps: [] });
  });

  test('past its deadline a delivery in doubt is asked about once more, then refused for what is known', async () => {
    const cases = [['taken', true, 'delivered', 'deliver.found'], ['lost', true, 'refused', 'deliver.deadline-in-doubt'], ['taken', false, 'refused', 'deliver.deadline-in-doubt']] as const;
    for (const [first, answers, state, reason] of cases) {
      const h = harness();
      h.partner.behave = () => first;
      h.partner.answers = () => answers && h.time.clock() >= 1_800_000_000_000 + 10 * minute;
      const { id } = h.offer(1, 1, { deadline: h.time.clock() + 10 * minute });
      await h.time.advance(20 * minute);
      expect(h.journal.row(id)).toMatchObject({ state, reason });
      expect(h.partner.arrivals.length).toBe(1);
    }
    const blind = harness({ lookup: false, rules: { evidenceMs: 20 * minute } });
    blind.partner.behave = () => 'lost';
    const { id } = blind.offer(1, 1, { deadline: blind.time.clock() + 10 * minute });
    await blind.time.advance(30 * minute);
    expect(blind.journal.row(id)).toMatchObject({ state: 'refused', reason: 'deliver.deadline-in-doubt' });
  });

  test('a connector that throws is in doubt, and nothing it said is logged', async () => {
    const h = harness();
    h.partner.behave = (_id, attempt) => (attempt === 1 ? 'throw' : 'delivered');
    h.offer(1, 1);
    await h.time.advance(minute);
    expect(h.journal.states()).toEqual({ delivered: 1 });
    expect(h.events.some((event) => event.kind === 'trouble' && event.fault === 'deliver.connector-failed')).toBe(true);
    expect(JSON.stringify(h.events) + JSON.stringify(h.journal.row(4096))).not.toMatch(/DUPONT|2790351/);
  });
});
