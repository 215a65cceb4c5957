import { describe, expect, test } from '@jest/globals';
import { harness } from '../../test/deliver/harness.ts';
import { TestPartner } from '../../test/deliver/partner.ts';
import { TestTime } from '../../test/deliver/time.ts';

const minute = 60_000;

describe('dispatcher', () => {
  test('an offered delivery goes at once, without reading the journal back', async () => {
    const h = harness();
    await h.time.settle();
    const { calls } = h.journal;
    const before = (calls.get('waiting') ?? 0) + (calls.get('delivery') ?? 0);
    const { id } = h.offer(1, 1);
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('delivered');
    expect((calls.get('waiting') ?? 0) + (calls.get('delivery') ?? 0)).toBe(before);
    expect(calls.get('facts')).toBeUndefined();
    expect(h.attempts()).toMatchObject([{ outcome: 'delivered', next: 'delivered', attempt: 1, possibleDuplicate: false, trace: 'trace-1' }]);
    await h.dispatcher.stop(1000);
  });

  test('what waited before the start is sent, a lane in order, never more at once than the concurrency', async () => {
    const h = harness({ rules: { concurrency: 3 } });
    await h.dispatcher.stop(1000);
    for (let seq = 1; seq <= 600; seq++) h.plan(seq, seq % 7);
    h.crash();
    await h.time.advance(10 * minute);
    expect(h.journal.states()).toEqual({ delivered: 600 });
    expect(h.partner.mostInFlight).toBe(3);
    for (let lane = 0; lane < 7; lane++) {
      const ids = h.partner.arrivals.map(({ id }) => id).filter((id) => h.journal.row(id).lane === lane);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    }
  });

  test('a destination that refuses 100 messages for a while, then is healthy: 100 delivered, none twice', async () => {
    const h = harness();
    h.partner.behave = () => (h.time.clock() < 1_800_000_000_000 + 20 * minute ? 'busy' : 'delivered');
    for (let seq = 1; seq <= 100; seq++) h.offer(seq, seq % 40);
    await h.time.advance(20 * minute);
    expect(h.journal.states()).toEqual({ waiting: 100 });
    // The open breaker burns no attempts: far fewer than 40 lanes × 20 minutes of backoff.
    expect(h.partner.arrivals.length).toBeLessThan(260);
    await h.time.advance(60 * minute);
    expect(h.journal.states()).toEqual({ delivered: 100 });
    expect([...h.partner.taken.values()].every((times) => times === 1)).toBe(true);
    expect(h.events.filter((event) => event.kind === 'breaker').map(({ state }) => state)).toEqual(['open', 'closed']);
  });

  test('busy and unknown block their lane and no other', async () => {
    const h = harness();
    h.partner.behave = (id) => (h.journal.row(id).lane === 1 && h.time.clock() < 1_800_000_000_000 + 30_000 ? 'busy' : 'delivered');
    for (let seq = 1; seq <= 6; seq++) h.offer(seq, seq % 2);
    await h.time.advance(500);
    expect([...h.partner.taken.keys()].map((id) => id / 4096)).toEqual([2, 4, 6]);
    await h.time.advance(5 * minute);
    expect([...h.partner.taken.keys()].map((id) => id / 4096)).toEqual([2, 4, 6, 1, 3, 5]);
  });

  test('refused frees the lane', async () => {
    const h = harness();
    h.partner.behave = (id) => (id === 4096 ? 'refused' : 'delivered');
    h.offer(1, 1);
    h.offer(2, 1);
    await h.time.advance(1000);
    expect(h.journal.states()).toEqual({ refused: 1, delivered: 1 });
  });

  test('the same lane at two mailboxes is two lanes', async () => {
    const h = harness();
    h.partner.behave = (id) => (h.journal.row(id).recipient === 'a' ? 'busy' : 'delivered');
    h.offer(1, 1, { recipient: 'a' });
    h.offer(2, 1, { recipient: 'b' });
    await h.time.advance(200);
    expect(h.journal.row(8192).state).toBe('delivered');
    expect(h.journal.row(4096).state).toBe('waiting');
  });

  test('the plan that a delivery waits for, told while it was found missing, is not waited for', async () => {
    let planned = false;
    const h = harness({ ports: { unplannedBefore: (_source, seq) => {
      if (planned || seq === 1) return false;
      planned = true;
      // Committed together: the plan of the earlier message is told of before this delivery's lane is put aside.
      queueMicrotask(() => { h.dispatcher.planned('lab'); });
      return true;
    } } });
    await h.time.settle();
    const { id } = h.offer(2, 1);
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('delivered');
    await h.dispatcher.stop(1000);
  });

  test('a delivery planned late, of an earlier message, goes in its place', async () => {
    const unplanned = new Set([1]);
    const h = harness({ ports: { unplannedBefore: (_source, seq) => [...unplanned].some((one) => one < seq) } });
    h.offer(2, 1);
    h.offer(3, 2);
    await h.time.advance(1000);
    expect(h.partner.arrivals).toEqual([]);
    unplanned.clear();
    h.offer(1, 1);
    h.dispatcher.planned('lab');
    await h.time.advance(1000);
    expect(h.partner.arrivals.map(({ id }) => id / 4096)).toEqual([1, 3, 2]);
  });

  test('an earlier message that gets its plan while a later delivery is being taken goes first', async () => {
    let planned = false;
    const h = harness({ ports: { unplannedBefore: (_source, seq) => !planned && seq > 1 } });
    await h.time.settle();
    h.offer(2, 7);
    planned = true;
    h.dispatcher.planned('lab');
    h.offer(1, 7);
    await h.time.advance(1000);
    expect(h.partner.arrivals.map(({ id }) => id / 4096)).toEqual([1, 2]);
  });

  test('a merge joins lanes: what was blocked in one holds back the other', async () => {
    const h = harness();
    const until = h.time.clock() + minute;
    h.partner.behave = (id) => (id === 4096 && h.time.clock() < until ? 'busy' : 'delivered');
    h.offer(1, 1);
    await h.time.advance(100);
    h.journal.join(1, 2, 2);
    h.offer(3, 2);
    await h.time.advance(500);
    expect(h.partner.taken.size).toBe(0);
    await h.time.advance(3 * minute);
    expect([...h.partner.taken.keys()].map((id) => id / 4096)).toEqual([1, 3]);
  });

  test('a merge committed between the reading of the lane and of its first delivery is seen: the joined lane’s earlier one goes first', async () => {
    const h = harness();
    h.partner.behave = (id, attempt) => (id === 2 * 4096 && attempt < 3 ? 'busy' : 'delivered');
    h.offer(1, 1);
    h.offer(2, 2);
    h.offer(5, 1);
    const read = h.journal.firstWaiting.bind(h.journal);
    let joined = false;
    h.journal.firstWaiting = (destination, lanes, recipient) => {
      if (!joined && h.partner.taken.has(4096) && lanes.length === 1 && lanes[0] === 1) { joined = true; h.journal.join(1, 2, 6); }
      return read(destination, lanes, recipient);
    };
    await h.time.advance(3 * minute);
    expect(joined).toBe(true);
    expect([...h.partner.taken.keys()].map((id) => id / 4096)).toEqual([1, 2, 5]);
  });

  test('a stopped destination sends nothing until it is resumed; one that is not enabled sends nothing', async () => {
    const h = harness();
    expect(h.dispatcher.stopDestination('region')).toBe(true);
    expect(h.dispatcher.stopDestination('nowhere')).toBe(false);
    h.offer(1, 1);
    await h.time.advance(minute);
    expect(h.partner.arrivals).toEqual([]);
    expect(h.dispatcher.state().destinations[0]).toMatchObject({ stopped: true, inFlight: 0 });
    expect(h.dispatcher.resumeDestination('region')).toBe(true);
    await h.time.advance(100);
    expect(h.journal.states()).toEqual({ delivered: 1 });
    const off = harness({ rules: { production: true, enabled: false } });
    off.offer(1, 1);
    await off.time.advance(minute);
    expect(off.partner.arrivals).toEqual([]);
    expect(off.journal.states()).toEqual({ waiting: 1 });
  });

  test('a delivery that is in hand but has not begun does not leave a destination that is stopped meanwhile', async () => {
    let looks = 0;
    const h = harness({ ports: { gate: () => { if (looks++ === 0) h.dispatcher.stopDestination('region'); return { go: true }; } } });
    h.offer(1, 1, { reason: { code: 'route.replay' } });
    await h.time.advance(minute);
    expect([h.partner.arrivals.length, h.journal.calls.get('begin') ?? 0, h.journal.states()]).toEqual([0, 0, { waiting: 1 }]);
    h.dispatcher.resumeDestination('region');
    await h.time.advance(100);
    expect(h.journal.states()).toEqual({ delivered: 1 });
  });

  test('a connector that never answers is cut off and its attempt in doubt; another destination does not notice', async () => {
    const other = new TestPartner(new TestTime());
    const h = harness({ rules: { concurrency: 1 }, others: { other: other.partner({ id: 'other' }) } });
    Object.assign(other, { send: () => Promise.resolve({ kind: 'delivered' }) });
    h.partner.behave = () => 'hang';
    h.offer(1, 1);
    h.offer(2, 1, { destination: 'other' });
    h.offer(3, 1, { destination: 'nowhere' });
    await h.time.advance(9000);
    expect(h.journal.row(8192).state).toBe('delivered');
    expect(h.journal.row(12288).state).toBe('waiting');
    expect(h.journal.row(4096).state).toBe('sending');
    h.partner.behave = () => 'delivered';
    await h.time.advance(5 * minute);
    expect(h.journal.row(4096).state).toBe('delivered');
    expect(h.attempts().filter((event) => event.destination === 'region')).toMatchObject([
      { outcome: 'unknown', fault: 'deliver.cut-off', asked: null }, { outcome: 'delivered', asked: 'absent', possibleDuplicate: false },
    ]);
  });
});
