import { describe, expect, test } from '@jest/globals';
import { harness, planned } from '../../test/deliver/harness.ts';
import type { GateNeeds } from '../domain/delivery.ts';
import type { Fact } from '../domain/fact.ts';
import type { Partner } from './destination.ts';
import type { DeliverPorts } from './ports.ts';

const minute = 60_000;
const person = 'ID|1.2.250.1.999.1|4711';
const ins = 'INS|1.2.250.1.213.1.4.10|279035121518989';
const needs = (changed: Partial<GateNeeds> = {}): GateNeeds => ({ ...planned().gate, identities: [person], ...changed });
const consent = (alimentation: string): Fact => ({ kind: 'consent', keys: [person], establishments: ['E'], alimentation, consultation: null, at: null });

describe('the gate before each attempt (invariant 9)', () => {
  test('an opposition that arrives later stops what has not left', async () => {
    const h = harness();
    h.partner.behave = () => 'busy';
    const { id } = h.offer(1, 1, { gate: needs({ dmpConsentOf: ['E'] }) });
    await h.time.advance(100);
    h.journal.learn(1, 2, consent('IO'));
    await h.time.advance(minute);
    expect(h.partner.arrivals.length).toBe(1);
    expect(h.journal.row(id)).toMatchObject({ state: 'refused', reason: 'route.dmp-opposition' });
  });

  test('a delivery in doubt is asked about before an opposition refuses it: what has left is told as it is', async () => {
    for (const [first, state] of [['taken', 'delivered'], ['lost', 'refused']] as const) {
      const h = harness();
      h.partner.behave = () => first;
      const { id } = h.offer(1, 1, { gate: needs({ dmpConsentOf: ['E'] }) });
      await h.time.advance(10);
      h.journal.learn(1, 2, consent('IO'));
      await h.time.advance(minute);
      expect(h.partner.arrivals.length).toBe(1);
      expect(h.journal.row(id).state).toBe(state);
    }
  });

  test('a contradiction holds; the fact that ends it releases', async () => {
    const h = harness();
    h.dispatcher.stopDestination('region');
    const { id } = h.offer(1, 1, { gate: needs({ birthDate: '1980-01-01' }) });
    h.journal.learn(1, 2, { kind: 'identity', keys: [person], birthDate: '1990-01-01', sex: null, statuses: [] });
    h.dispatcher.resumeDestination('region');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'facts.contradicts-known-identity' });
    h.journal.learn(1, 3, { kind: 'identity', keys: [person], birthDate: '1980-01-01', sex: null, statuses: [], byIdentityEvent: true });
    h.dispatcher.factsChanged([1]);
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('delivered');
    expect(h.events.filter((event) => event.kind === 'move').map((event) => [event.to, event.reason])).toEqual([['held', 'facts.contradicts-known-identity'], ['waiting', 'deliver.released-by-facts']]);
  });

  test('a person releases for the facts known now; a later one holds again; a refusal is never passed over', async () => {
    const h = harness();
    h.partner.behave = () => 'busy';
    const { id } = h.offer(1, 1, { state: 'held', reason: { code: 'facts.contradicts-known-identity' }, gate: needs({ birthDate: '1980-01-01' }) });
    h.journal.learn(1, 2, { kind: 'identity', keys: [person], birthDate: '1990-01-01', sex: null, statuses: [] });
    await h.dispatcher.release(id, 'nadia', 'vérifié avec le laboratoire');
    await h.time.advance(100);
    expect(h.partner.arrivals.length).toBe(1);
    h.journal.learn(1, 3, { kind: 'identity', keys: [person], birthDate: '1990-01-01', sex: 'male', statuses: [] });
    await h.time.advance(minute);
    expect(h.journal.row(id)).toMatchObject({ state: 'held' });
  });

  test('no release passes an identity that is not qualified, nor an opposition', async () => {
    for (const [gate, state, reason] of [
      [needs({ qualified: true, messageQualified: false }), 'held', 'route.identity-not-qualified'],
      [needs({ qualified: true, messageQualified: false, birthDate: '1980-01-01' }), 'held', 'route.identity-not-qualified'],
      [needs({ qualified: true, messageQualified: false, dmpConsentOf: ['E'] }), 'refused', 'route.dmp-opposition'],
    ] as const) {
      const h = harness();
      h.journal.learn(1, 1, { kind: 'identity', keys: [person], birthDate: '1990-01-01', sex: null, statuses: [] });
      if (state === 'refused') h.journal.learn(1, 1, consent('IO'));
      const { id } = h.offer(2, 1, { state: 'held', reason: { code: 'facts.contradicts-known-identity' }, gate });
      await h.dispatcher.release(id, 'nadia', 'vérifié avec le laboratoire');
      await h.time.advance(minute);
      expect(h.partner.arrivals).toEqual([]);
      expect(h.journal.row(id)).toMatchObject({ state, reason });
    }
  });

  test('an identity validated no more keeps the INS from leaving with a document, whoever releases it, until it is validated again', async () => {
    const h = harness();
    h.dispatcher.stopDestination('region');
    const told = (seq: number, status: string) => { h.journal.learn(1, seq, { kind: 'identity', keys: [ins, person], birthDate: null, sex: null, statuses: [status], byIdentityEvent: true }); };
    told(1, 'VALI');
    const { id } = h.offer(2, 1, { gate: needs({ identities: [ins, person], carriesIns: true, messageQualified: true, messageStatuses: ['VALI'] }) });
    told(3, 'DOUT');
    h.dispatcher.resumeDestination('region');
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'facts.ins-doubted-since' });
    await h.dispatcher.release(id, 'nadia', 'vérifié avec le laboratoire');
    await h.time.advance(minute);
    expect([h.partner.arrivals.length, h.journal.row(id).state]).toEqual([0, 'held']);
    told(4, 'VALI');
    h.dispatcher.factsChanged([1]);
    await h.time.advance(100);
    expect([h.partner.arrivals.length, h.journal.row(id).state]).toEqual([1, 'delivered']);
  });

  test('what was planned before this process started meets its configuration: a test message never reaches production', async () => {
    const h = harness({ rules: { production: true, enabled: true } });
    await h.dispatcher.stop(0);
    const { id } = h.plan(1, 1, { gate: needs({ test: true }) });
    await h.time.advance(1000);
    h.crash();
    await h.time.advance(1000);
    expect(h.partner.arrivals).toEqual([]);
    expect(h.journal.row(id)).toMatchObject({ state: 'refused', reason: 'route.test-to-production' });
  });
});

describe('a delivery held because its connector does not exist', () => {
  const absent = { destination: 'dmp', system: 'dmp', state: 'held', reason: { code: 'route.connector-absent' }, gate: needs({ dmpConsentOf: ['E'] }) } as const;
  const told = (): { faults: string[]; ports: Partial<DeliverPorts> } => {
    const faults: string[] = [];
    return { faults, ports: { acknowledge: (_delivery, receipt) => { if (receipt.kind === 'refused') faults.push(receipt.fault); return []; } } };
  };

  test('is refused as soon as the patient opposes, and the sender told; any other word leaves it held', async () => {
    const { faults, ports } = told();
    const h = harness({ ports });
    const { id } = h.offer(1, 1, absent);
    h.journal.learn(1, 2, consent('INO'));
    h.dispatcher.factsChanged([1]);
    await h.time.advance(100);
    expect([h.journal.row(id).state, faults]).toEqual(['held', []]);
    h.journal.learn(1, 3, consent('IO'));
    h.dispatcher.factsChanged([1]);
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'refused', reason: 'route.dmp-opposition' });
    expect(faults).toEqual(['route.dmp-opposition']);
  });

  test.each([['held', false], ['released meanwhile', true]])('%s: goes to the gate when the connector comes; an opposition since refuses it, and the sender is told', async (_, released) => {
    const { faults, ports } = told();
    const others: Record<string, Partner> = {};
    const h = harness({ ports, others });
    const opposed = h.offer(1, 1, absent);
    const free = h.offer(2, 2, { ...absent, gate: needs({ identities: ['ID|x|9'], dmpConsentOf: ['E'] }) });
    if (released) for (const { id } of [opposed, free]) await h.dispatcher.release(id, 'nadia', 'connecteur bientôt là');
    h.journal.learn(1, 3, consent('IO'));
    others.dmp = h.partner.partner({ id: 'dmp' });
    h.crash();
    await h.time.advance(1000);
    expect(h.journal.row(opposed.id)).toMatchObject({ state: 'refused', reason: 'route.dmp-opposition' });
    expect(h.journal.row(free.id).state).toBe('delivered');
    expect(faults).toEqual(['route.dmp-opposition']);
  });
});

describe('a delivery behind another of the same document (invariant 6)', () => {
  const first = { series: ['DOC|1'] };
  const second = { series: ['DOC|2'], gate: { ...planned().gate, after: ['DOC|1'] } };

  test('is held while the earlier one is not final, in whatever lane, then goes by itself', async () => {
    const h = harness();
    h.partner.behave = (id) => (id === 4096 ? 'busy' : 'delivered');
    h.offer(1, 1, first);
    await h.time.advance(100);
    const { id } = h.offer(2, 2, second);
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'deliver.waits-for' });
    h.journal.row(4096).state = 'delivered';
    h.dispatcher.settled([4096]);
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('delivered');
  });

  test('of a mail, goes as soon as the operator has taken the earlier one, and does not wait for its notice', async () => {
    const h = harness();
    const taken = new Set<number>();
    h.partner.behave = (id) => (id !== 4096 ? 'delivered' : taken.has(id) ? 'submitted' : 'busy');
    h.offer(1, 1, first);
    await h.time.advance(100);
    const { id } = h.offer(2, 2, second);
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('held');
    taken.add(4096);
    await h.time.advance(600_000);
    expect([h.journal.row(4096).state, h.journal.row(id).state]).toEqual(['submitted', 'delivered']);
  });

  test('does not wait for another mailbox', async () => {
    const h = harness();
    h.partner.behave = (id) => (id === 4096 ? 'busy' : 'delivered');
    h.offer(1, 1, { ...first, recipient: 'a@x.mssante.test' });
    await h.time.advance(100);
    const { id } = h.offer(2, 2, { ...second, recipient: 'b@x.mssante.test' });
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('delivered');
  });

  test('is found again after a restart', async () => {
    const h = harness();
    const held = h.offer(1, 1, { ...first, state: 'held', reason: { code: 'route.unsupported' } });
    const { id } = h.offer(2, 1, second);
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('held');
    h.crash();
    await h.time.advance(100);
    await h.dispatcher.abandon(held.id, 'nadia', 'doublon');
    await h.time.advance(100);
    expect(h.journal.row(id).state).toBe('delivered');
    expect(h.journal.row(held.id)).toMatchObject({ state: 'abandoned', reason: 'deliver.abandoned' });
  });
});

describe('what a person makes leave again does not bring back what was withdrawn', () => {
  const document = (uniqueId: string, action: 'submit' | 'replace' | 'delete', replaces: readonly string[] = []): Fact =>
    ({ kind: 'document', keys: [uniqueId, ...replaces].map((one) => `DOC|${one}`), uniqueId, sha1: 'a', action, series: replaces[0] ?? uniqueId, source: 'lab', patient: [person] });
  const replayed = { series: ['DOC|1'], reason: { code: 'route.replay' as const } };

  test.each<[string, Fact, object]>([
    ['deleted', document('1', 'delete'), { action: 'delete', series: ['DOC|1'] }],
    ['replaced', document('2', 'replace', ['1']), { action: 'replace', series: ['DOC|2'] }],
  ])('%s since: held, however often it is released; its own later delivery is waited for first', async (_name, fact, changed) => {
    const h = harness();
    h.journal.learn(1, 1, document('1', 'submit'));
    h.journal.learn(1, 2, fact);
    const { id: later } = h.offer(2, 1, changed);
    await h.time.advance(100);
    const { id } = h.offer(1, 1, replayed);
    await h.time.advance(100);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'deliver.withdrawn-since' });
    await h.dispatcher.release(id, 'nadia', 'demandé par le service');
    await h.time.advance(minute);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'deliver.withdrawn-since' });
    expect(h.partner.arrivals.map((one) => one.id)).toEqual([later]);
  });

  test('released while its replacement waits behind it, it goes first; a replacement that was deleted itself hides nothing', async () => {
    const h = harness();
    const { id } = h.offer(1, 1, { series: ['DOC|1'], state: 'held', reason: { code: 'route.identity-not-qualified' } });
    h.journal.learn(1, 2, document('2', 'replace', ['1']));
    const { id: later } = h.offer(2, 1, { action: 'replace', series: ['DOC|2'], gate: needs({ after: ['DOC|1'] }) });
    await h.time.advance(100);
    await h.dispatcher.release(id, 'nadia', 'vérifié');
    await h.time.advance(100);
    expect(h.partner.arrivals.map((one) => one.id)).toEqual([id, later]);
    h.journal.learn(1, 3, document('2', 'delete'));
    const { id: again } = h.offer(1, 1, replayed);
    await h.time.advance(100);
    expect(h.journal.row(again).state).toBe('delivered');
  });
});

describe('withdrawing is not feeding', () => {
  test('a person releases a deletion of an identity that is no longer qualified; a submission never', async () => {
    const h = harness();
    const unqualified = { state: 'held' as const, reason: { code: 'route.identity-not-qualified' as const }, gate: needs({ qualified: true, messageQualified: false }) };
    const { id: deletion } = h.offer(1, 1, { ...unqualified, action: 'delete' });
    const { id: submission } = h.offer(2, 2, unqualified);
    for (const id of [deletion, submission]) await h.dispatcher.release(id, 'nadia', 'vérifié');
    await h.time.advance(minute);
    expect(h.partner.arrivals.map((one) => one.id)).toEqual([deletion]);
    expect(h.journal.row(submission)).toMatchObject({ state: 'held', reason: 'route.identity-not-qualified' });
  });

  test('an opposition leaves a replacement to a person, or to the consent that ends it', async () => {
    const h = harness();
    h.partner.behave = () => 'busy';
    const { id } = h.offer(1, 1, { action: 'replace', gate: needs({ dmpConsentOf: ['E'], oppositionHolds: true }) });
    await h.time.advance(100);
    h.journal.learn(1, 2, consent('IO'));
    await h.time.advance(minute);
    expect(h.journal.row(id)).toMatchObject({ state: 'held', reason: 'route.dmp-opposition' });
    h.partner.behave = () => 'delivered';
    h.journal.learn(1, 3, consent('INO'));
    h.dispatcher.factsChanged([1]);
    await h.time.advance(minute);
    expect(h.journal.row(id).state).toBe('delivered');
  });
});
