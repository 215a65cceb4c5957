import { describe, expect, test } from '@jest/globals';
import { harness, planned } from '../../test/deliver/harness.ts';
import { finding } from '../domain/finding.ts';
import { JournalFault } from '../journal/journal.ts';

const minute = 60_000;
const zam = (destination = 'region') => planned({ destination, system: 'hl7v2', action: 'notify' });

describe('deadlines and notices', () => {
  test('a deadline is told to the sender even while the breaker is open, and even of a stopped destination', async () => {
    const told: string[] = [];
    const h = harness({ rules: { concurrency: 1, breaker: { failures: 1, probeMs: 3_600_000 } }, ports: { acknowledge: (_delivery, receipt) => { told.push(receipt.kind === 'refused' ? receipt.fault : receipt.kind); return []; } } });
    h.partner.behave = () => 'busy';
    const deadline = h.time.clock() + 10 * minute;
    for (let seq = 1; seq <= 3; seq++) h.offer(seq, seq, { deadline });
    h.offer(4, 4);
    await h.time.advance(11 * minute);
    expect(h.journal.states()).toEqual({ refused: 3, waiting: 1 });
    expect(told).toEqual(['deliver.deadline', 'deliver.deadline', 'deliver.deadline']);
    expect(h.partner.arrivals.length).toBe(1);
  });

  test('a notice that never comes is delivered, without notice', async () => {
    const h = harness();
    h.partner.behave = () => 'submitted';
    h.offer(1, 1);
    h.offer(2, 1);
    await h.time.advance(minute);
    expect(h.journal.states()).toEqual({ submitted: 2 });
    await h.time.advance(61 * minute);
    expect(h.journal.states()).toEqual({ delivered: 2 });
    expect(h.journal.row(4096).reason).toBe('deliver.no-notice');
  });

  test('a notice that comes just when its window ends closes the delivery; nothing is paused, the others are closed too', async () => {
    const h = harness();
    h.partner.behave = () => 'submitted';
    h.offer(1, 1);
    h.offer(2, 2);
    await h.time.advance(100);
    const settle = h.journal.settle.bind(h.journal);
    h.journal.settle = (id, outcome, born) => {
      if (id === 4096) { h.journal.row(id).state = 'refused'; return Promise.reject(new JournalFault('journal.final', String(id))); }
      return settle(id, outcome, born);
    };
    await h.time.advance(61 * minute);
    expect(h.journal.states()).toEqual({ refused: 1, delivered: 1 });
    expect([h.dispatcher.state().paused, h.events.filter(({ kind }) => kind === 'trouble')]).toEqual([false, []]);
  });
});

describe('business acknowledgements', () => {
  test('are born with the outcome and sent, in the lane of their message', async () => {
    const h = harness({ ports: { acknowledge: (delivery) => (delivery.system === 'hl7v2' ? [] : [{ delivery: zam() }]) } });
    h.offer(1, 1);
    await h.time.advance(100);
    expect(h.partner.arrivals.map(({ id }) => id)).toEqual([4096, 4097]);
    expect(h.journal.states()).toEqual({ delivered: 2 });
  });
  test('one that cannot be written does not lose the outcome', async () => {
    const h = harness({ ports: { acknowledge: () => { throw new TypeError('DUPONT'); } } });
    h.offer(1, 1);
    await h.time.advance(100);
    expect(h.journal.states()).toEqual({ delivered: 1 });
    expect(h.events.filter((event) => event.kind === 'trouble')).toMatchObject([{ fault: 'deliver.acknowledge-failed', what: 'TypeError' }]);
    expect(JSON.stringify(h.events)).not.toContain('DUPONT');
  });
});

describe('what cannot be prepared', () => {
  test('is held for a person, and its lane goes on', async () => {
    let broken = true;
    const h = harness({ ports: { prepare: () => (broken ? Promise.reject(new TypeError('x')) : Promise.resolve({ steps: [] })) } });
    const { id } = h.offer(1, 1, { envelope: null });
    h.offer(2, 1);
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'deliver.prepare-failed' });
    expect(h.journal.row(8192).state).toBe('delivered');
    broken = false;
    await h.dispatcher.release(id, 'nadia', 'corrigé');
    expect(h.journal.row(id).reason).toBe('deliver.released');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'delivered', envelope: { steps: [] } });
  });

  test('what its destination’s profiles refuse is held, says why, and is looked at again when released', async () => {
    let withheld = true;
    const why = { code: 'emit.not-conformant' as const, args: ['1', 'transaction Bundle.entry[0].resource', 'min'] };
    const found = (place: string) => [finding('emit.issue', place, 'min', 'region')];
    const h = harness({ ports: { prepare: () => Promise.resolve(withheld ? { withheld: why, findings: found('Bundle.entry[0]') } : { steps: [], findings: found('Bundle.entry[1]') }) } });
    const { id } = h.offer(1, 1, { envelope: null });
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'emit.not-conformant', envelope: null });
    expect(h.events.filter((event) => event.kind === 'attempt')).toMatchObject([{ fault: 'emit.not-conformant', next: 'held' }]);
    await h.dispatcher.release(id, 'nadia', 'à revoir');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'emit.not-conformant' });
    withheld = false;
    await h.dispatcher.release(id, 'nadia', 'profil corrigé');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'delivered', envelope: { steps: [] } });
    expect(h.journal.row(id).envelope).toStrictEqual({ steps: [] });
    // What was found goes to the message's story, each time it is made.
    const told = (place: string) => ({ seq: 1, delivery: id, stage: 'emit', kind: 'checked', detail: JSON.stringify({ findings: found(place) }) });
    expect(h.journal.notes).toMatchObject([told('Bundle.entry[0]'), told('Bundle.entry[0]'), told('Bundle.entry[1]')]);
  });

  test('what must be asked first is asked until it is answered, and kept', async () => {
    let answers = 0;
    const h = harness();
    const partner = { ...h.partner.partner(), capabilities: { lookup: true, resolve: true } };
    Object.assign(h.partner, { resolve: () => (++answers < 3 ? Promise.reject(new Error('x')) : Promise.resolve({ answers: { entryUuid: 'urn:uuid:1' } })) });
    const asking = harness({ others: { dmp: { ...partner, rules: { ...partner.rules, id: 'dmp' } } } });
    Object.assign(partner.connector, { send: () => Promise.resolve({ kind: 'delivered' }) });
    const { id } = asking.offer(1, 1, { envelope: null, destination: 'dmp' });
    await asking.time.advance(minute);
    expect(answers).toBe(3);
    expect(asking.attempts().map(({ fault }) => fault)).toEqual(['deliver.resolve-failed', 'deliver.resolve-failed', null]);
    expect(JSON.parse(Buffer.from(asking.journal.row(id).answers ?? []).toString())).toEqual({ entryUuid: 'urn:uuid:1' });
  });
});

describe('a journal that refuses', () => {
  test('pauses all sending before anything leaves, and it resumes by itself', async () => {
    const h = harness();
    await h.time.settle();
    h.journal.refusing = new JournalFault('journal.disk-full', 'full');
    h.offer(1, 1);
    h.offer(2, 2);
    await h.time.advance(2 * minute);
    expect(h.partner.arrivals).toEqual([]);
    expect(h.dispatcher.state().paused).toBe(true);
    expect(h.events.filter((event) => event.kind === 'trouble' && event.fault === 'deliver.journal-paused' && event.what === 'journal.disk-full').length).toBeGreaterThan(0);
    h.journal.refusing = null;
    await h.time.advance(minute);
    expect(h.journal.states()).toEqual({ delivered: 2 });
    expect(h.dispatcher.state().paused).toBe(false);
  });

  test('an outcome is kept in hand until it is written', async () => {
    const h = harness();
    h.offer(1, 1);
    await h.time.advance(10);
    h.journal.refusing = new JournalFault('journal.io', 'io');
    await h.time.advance(minute);
    expect(h.journal.row(4096).state).toBe('sending');
    h.journal.refusing = null;
    await h.time.advance(minute);
    expect(h.journal.row(4096).state).toBe('delivered');
    expect(h.partner.arrivals.length).toBe(1);
  });
});

test('a defect of ours in one delivery makes its lane wait, and no other', async () => {
  let broken = true;
  const h = harness({ ports: { unplannedBefore: (_source, seq) => { if (seq === 1 && broken) throw new RangeError('DUPONT'); return false; } } });
  h.offer(1, 1);
  h.offer(2, 2);
  await h.time.advance(1000);
  expect(h.journal.states()).toEqual({ waiting: 1, delivered: 1 });
  expect(h.events.filter((event) => event.kind === 'trouble')).toMatchObject([{ fault: 'deliver.defect', what: 'RangeError' }]);
  expect(JSON.stringify(h.events)).not.toContain('DUPONT');
  broken = false;
  await h.time.advance(2 * minute);
  expect(h.journal.states()).toEqual({ delivered: 2 });
});

describe('acts and stopping', () => {
  test('what cannot be done says why', async () => {
    const h = harness();
    const { id } = h.offer(1, 1);
    await h.time.advance(5);
    await expect(h.dispatcher.abandon(id, 'nadia', 'x')).rejects.toMatchObject({ code: 'deliver.under-way', status: 409 });
    await h.time.advance(100);
    await expect(h.dispatcher.abandon(id, 'nadia', 'x')).rejects.toMatchObject({ code: 'deliver.already-final' });
    await expect(h.dispatcher.release(99, 'nadia', 'x')).rejects.toMatchObject({ code: 'deliver.no-such-delivery', status: 404 });
    h.partner.behave = () => 'busy';
    const waiting = h.offer(2, 1);
    await h.time.advance(100);
    await expect(h.dispatcher.release(waiting.id, 'nadia', 'x')).rejects.toMatchObject({ code: 'deliver.not-held' });
  });

  test.each<[string, Partial<Parameters<typeof harness>[0] & object>, Partial<Parameters<ReturnType<typeof harness>['offer']>[2] & object>, (h: ReturnType<typeof harness>) => unknown, string | null]>([
    ['nothing', {}, {}, () => undefined, null],
    ['a connector that does not exist', {}, { destination: 'dmp', system: 'dmp' }, () => undefined, 'deliver.kept-unconnected'],
    ['a destination that the configuration lost', {}, { destination: 'gone' }, () => undefined, 'deliver.kept-unconfigured'],
    ['a production that is not enabled', { rules: { production: true, enabled: false } }, {}, () => undefined, 'route.production-not-enabled'],
    ['a person who paused the destination', {}, {}, (h) => h.dispatcher.stopDestination('region'), 'deliver.kept-paused'],
    ['a destination that fails', { rules: { breaker: { failures: 1, probeMs: 3_600_000 } } }, {}, async (h) => { h.partner.behave = () => 'busy'; h.offer(9, 9); await h.time.advance(100); }, 'deliver.kept-breaker'],
  ])('a release tells what keeps it: %s', async (_, given, changed, before, code) => {
    const h = harness(given);
    await before(h);
    const { id } = h.offer(10, 1, { state: 'held', reason: { code: 'route.unsupported' }, ...changed });
    const { keptBy } = await h.dispatcher.release(id, 'nadia', 'vérifié');
    expect([h.journal.row(id).state, keptBy?.code ?? null]).toEqual(['waiting', code]);
  });

  test('a release while the journal refuses says so', async () => {
    const h = harness();
    const { id } = h.offer(1, 1, { state: 'held', reason: { code: 'route.unsupported' } });
    h.journal.refusing = new JournalFault('journal.disk-full', '');
    h.offer(2, 2);
    await h.time.advance(100);
    const released = h.dispatcher.release(id, 'nadia', 'vérifié').catch((error: unknown) => error);
    expect(await released).toMatchObject({ code: 'journal.disk-full' });
    h.journal.refusing = null;
    expect((await h.dispatcher.release(id, 'nadia', 'vérifié')).keptBy?.code).toBe('deliver.kept-journal');
  });

  test('an abandoned delivery frees its lane at once', async () => {
    const h = harness({ rules: { backoff: { firstMs: 3_600_000, maxMs: 3_600_000 } } });
    h.partner.behave = (id) => (id === 4096 ? 'busy' : 'delivered');
    const { id } = h.offer(1, 1);
    h.offer(2, 1);
    await h.time.advance(100);
    await h.dispatcher.abandon(id, 'nadia', 'patient parti');
    await h.time.advance(100);
    expect(h.journal.states()).toEqual({ abandoned: 1, delivered: 1 });
  });

  test('stopping ends what is under way, within its time, and leaves no alarm', async () => {
    const h = harness();
    h.partner.behave = () => 'hang';
    h.offer(1, 1);
    await h.time.advance(10);
    const stopped = h.dispatcher.stop(2000);
    await h.time.advance(3000);
    await stopped;
    expect(h.journal.row(4096)).toMatchObject({ state: 'waiting', inDoubt: true });
    expect(h.time.alarms).toBe(0);
  });

  test('stopping while the journal refuses gives up what it cannot write: the next start finds it in doubt', async () => {
    const h = harness();
    h.offer(1, 1);
    await h.time.advance(10);
    h.journal.refusing = new JournalFault('journal.io', 'io');
    await h.time.advance(100);
    const stopped = h.dispatcher.stop(1000);
    await h.time.advance(2000);
    await stopped;
    h.journal.refusing = null;
    h.crash();
    await h.time.advance(minute);
    expect(h.journal.row(4096)).toMatchObject({ state: 'delivered', reason: 'deliver.found' });
    expect(h.partner.arrivals.length).toBe(1);
  });

  test('a wrong certificate opens the breaker and fails nothing', async () => {
    const h = harness();
    h.partner.behave = () => (h.time.clock() < 1_800_000_000_000 + 10 * minute ? 'misconfigured' : 'delivered');
    for (let seq = 1; seq <= 20; seq++) h.offer(seq, seq);
    await h.time.advance(5 * minute);
    expect(h.journal.states()).toEqual({ waiting: 20 });
    expect(h.dispatcher.state().destinations[0]).toMatchObject({ lastFault: 'config.tls-unusable' });
    await h.time.advance(20 * minute);
    expect(h.journal.states()).toEqual({ delivered: 20 });
  });

  test('a configuration fault that only some deliveries meet does not stop the others, and ends before a person', async () => {
    const h = harness();
    // Every lane known, and the bad ones the lowest: at each probe they come first in the journal.
    h.partner.behave = (id) => (id < 4 * 4096 ? 'misconfigured' : 'delivered');
    for (let seq = 1; seq <= 3; seq++) h.offer(seq, seq);
    await h.time.advance(100);
    for (let seq = 4; seq <= 33; seq++) h.offer(seq, seq);
    await h.time.advance(minute);
    expect(h.journal.states()).toMatchObject({ delivered: 30 });
    await h.time.advance(10 * minute);
    expect(h.journal.states()).toEqual({ delivered: 30, held: 3 });
    expect(h.journal.row(4096)).toMatchObject({ state: 'held', reason: 'deliver.alone-misconfigured' });
    expect(h.dispatcher.state().destinations[0]).toMatchObject({ breaker: 'closed' });
  });

  test('one in ten that meets a configuration fault keeps no other waiting', async () => {
    const h = harness();
    h.partner.behave = (id) => (Math.floor(id / 4096) % 10 === 0 ? 'misconfigured' : 'delivered');
    for (let seq = 1; seq <= 299; seq++) { h.offer(seq, seq); await h.time.advance(1000); }
    expect(h.journal.states()).toMatchObject({ delivered: 270 });
    await h.time.advance(3 * minute);
    expect(h.journal.states()).toEqual({ delivered: 270, held: 29 });
  });

  test('after a restart, what never left goes before what a configuration fault keeps', async () => {
    const h = harness();
    h.partner.behave = (id) => (id < 12 * 4096 ? 'misconfigured' : 'delivered');
    for (let seq = 1; seq <= 11; seq++) h.offer(seq, seq);
    await h.time.advance(minute);
    for (let seq = 12; seq <= 20; seq++) h.plan(seq, seq);
    h.crash();
    await h.time.advance(10 * minute);
    expect(h.journal.states()).toEqual({ delivered: 9, held: 11 });
  });
});
