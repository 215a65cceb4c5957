import { describe, expect, test } from '@jest/globals';
import { harness, planned, type Harness } from '../../test/deliver/harness.ts';
import { outcomeTold } from '../acknowledge/deliveries.ts';
import type { PlannedDelivery } from '../domain/delivery.ts';
import type { DocumentFact } from '../domain/fact.ts';
import type { Sending } from './connector.ts';

// A replacement or a deletion that comes before the version it names.

const minute = 60_000;
const document = (uniqueId: string, action: DocumentFact['action'], ...replaces: string[]): DocumentFact =>
  ({ kind: 'document', keys: [uniqueId, ...replaces].map((one) => `DOC|${one}`), uniqueId, sha1: 'a', action, series: replaces[0] ?? uniqueId, source: 'lab', patient: [] });
const gate = (after: string[], overtaken = false): PlannedDelivery['gate'] => ({ ...planned().gate, after, ...(overtaken ? { overtaken: true } : {}) });
const later = {
  replace: { fact: document('2', 'replace', '1'), row: { action: 'replace', series: ['DOC|2'], gate: gate(['DOC|1']) } },
  delete: { fact: document('1', 'delete'), row: { action: 'delete', series: ['DOC|1'], gate: gate(['DOC|1']) } },
} as const;
const kinds = ['replace', 'delete'] as const;
const initial = { series: ['DOC|1'], gate: gate([], true) };

/** A record: what is replaced or deleted must be there, and it says so when it is asked. */
function withRecord() {
  const record = new Set<string>();
  const told: string[] = [];
  const there = harness();
  const { partner } = there;
  Object.assign(partner, {
    resolve: ({ gate: { after } }: { gate: { after: readonly string[] } }) => Promise.resolve(after.every((key) => record.has(key)) ? { answers: { asked: true } } : { receipt: { kind: 'refused', fault: 'dmp.target-absent', args: [] } }),
    send: (sending: Sending) => {
      partner.arrivals.push({ id: Number(sending.key.split('/')[1]), attempt: sending.attempt, possibleDuplicate: false, at: 0, took: true, behaviour: 'delivered' });
      for (const key of h.journal.row(Number(sending.key.split('/')[1])).planned.series) record.add(key);
      return Promise.resolve({ kind: 'delivered' });
    },
  });
  const asked = partner.partner();
  const h = harness({
    others: { dmp: { ...asked, capabilities: { lookup: true, resolve: true }, rules: { ...asked.rules, id: 'dmp' } } },
    ports: { acknowledge: (delivery, receipt) => { if (receipt.kind === 'refused') told.push(receipt.fault); return outcomeTold(delivery, receipt, 0); } },
  });
  return { h, record, told, arrivals: partner.arrivals };
}
const atDmp = <R extends object>(row: R) => ({ ...row, destination: 'dmp', envelope: null });
const come = (h: Harness, seq: number, fact: DocumentFact, row: Partial<PlannedDelivery>): number => {
  h.journal.learn(1, seq, fact);
  const { id } = h.offer(seq, 1, row);
  h.dispatcher.factsChanged([1]);
  return id;
};
const state = (h: Harness, id: number): string => { const row = h.journal.row(id); return `${row.state} ${row.reason}`; };

describe.each(kinds)('%s before the first version, where the partner cannot be asked', (kind) => {
  const { fact, row } = later[kind];
  test('waits for it, across a restart too; it goes first, then the other by itself', async () => {
    const h = harness({ rules: { initialWaitMs: 10 * minute } });
    const second = come(h, 1, fact, row);
    await h.time.advance(minute);
    expect(state(h, second)).toBe('held deliver.waits-for-initial');
    h.crash();
    await h.time.advance(minute);
    expect(h.partner.arrivals).toEqual([]);
    h.partner.behave = (id, attempt) => (id !== second && attempt < 3 ? 'busy' : 'delivered');
    const first = come(h, 2, document('1', 'submit'), initial);
    await h.time.advance(2 * minute);
    expect(h.partner.arrivals.filter(({ took }) => took).map(({ id }) => id)).toEqual([first, second]);
    expect(h.journal.states()).toEqual({ delivered: 2 });
  });

  test('goes without it in the end; what comes after that is not shown, whoever releases it', async () => {
    const h = harness({ rules: { initialWaitMs: 10 * minute } });
    const second = come(h, 1, fact, row);
    await h.time.advance(9 * minute);
    expect(state(h, second)).toBe('held deliver.waits-for-initial');
    await h.time.advance(2 * minute);
    expect(state(h, second)).toBe('delivered deliver.delivered');
    const first = come(h, 2, document('1', 'submit'), initial);
    await h.time.advance(minute);
    expect(state(h, first)).toBe('held deliver.overtaken');
    await h.dispatcher.release(first, 'nadia', 'demandé par le service');
    await h.time.advance(minute);
    expect(state(h, first)).toBe('held deliver.overtaken');
    expect(h.partner.arrivals.map(({ id }) => id)).toEqual([second]);
  });

  test('the first version is held when the other may have arrived already', async () => {
    const h = harness({ lookup: false });
    h.partner.behave = (id) => (id === 4096 ? 'taken' : 'delivered');
    const second = come(h, 1, fact, row);
    await h.time.advance(100);
    const first = come(h, 2, document('1', 'submit'), initial);
    h.partner.behave = () => 'delivered';
    await h.time.advance(10 * minute);
    expect([state(h, second), state(h, first)]).toEqual(['delivered deliver.delivered', 'held deliver.overtaken']);
  });
});

describe.each(kinds)('%s before the first version, where the partner can be asked', (kind) => {
  const { fact, row } = later[kind];
  const dated = { ...atDmp(row), deadline: 1_800_000_000_000 + 60 * minute };
  test('goes at once when the partner has it from elsewhere', async () => {
    const { h, record } = withRecord();
    record.add('DOC|1');
    const second = come(h, 1, fact, atDmp(row));
    await h.time.advance(minute);
    expect(state(h, second)).toBe('delivered deliver.delivered');
  });

  test('waits for it when the partner does not have it; it goes first, then the other by itself', async () => {
    const { h, arrivals, told } = withRecord();
    const second = come(h, 1, fact, dated);
    await h.time.advance(minute);
    expect(state(h, second)).toBe('held deliver.waits-for-initial');
    expect(h.journal.row(second).attemptsMade).toMatchObject([{ outcome: 'held', fault: 'dmp.target-absent' }]);
    const first = come(h, 2, document('1', 'submit'), atDmp(initial));
    await h.time.advance(minute);
    expect(arrivals.map(({ id }) => id)).toEqual([first, second]);
    expect([h.journal.states(), told]).toEqual([{ delivered: 2 }, []]);
  });

  test('is refused when that version came and did not go there', async () => {
    const { h, told } = withRecord();
    const second = come(h, 1, fact, dated);
    await h.time.advance(minute);
    h.journal.learn(1, 2, document('1', 'submit'));
    h.dispatcher.factsChanged([1]);
    await h.time.advance(minute);
    expect([state(h, second), told]).toEqual(['refused dmp.target-absent', ['dmp.target-absent']]);
  });

  test('is left to a person after its deadline, who gives it up: its sender is told why', async () => {
    const { h, told } = withRecord();
    const second = come(h, 1, fact, dated);
    await h.time.advance(59 * minute);
    expect(state(h, second)).toBe('held deliver.waits-for-initial');
    await h.time.advance(2 * minute);
    expect([state(h, second), told]).toEqual(['held deliver.initial-missing', []]);
    await h.dispatcher.abandon(second, 'nadia', 'version jamais envoyée');
    expect([state(h, second), told]).toEqual(['abandoned deliver.abandoned', ['deliver.initial-missing']]);
  });

  test('or who releases it: the partner’s answer then stands', async () => {
    const { h, told, record } = withRecord();
    const [second, another] = [come(h, 1, fact, dated), come(h, 2, document('4', 'replace', '3'), { ...dated, series: ['DOC|4'], gate: gate(['DOC|3']) })];
    await h.time.advance(61 * minute);
    record.add('DOC|3');
    for (const id of [second, another]) await h.dispatcher.release(id, 'nadia', 'voyons');
    await h.time.advance(minute);
    expect([state(h, second), state(h, another), told]).toEqual(['refused dmp.target-absent', 'delivered deliver.delivered', ['dmp.target-absent']]);
  });
});
