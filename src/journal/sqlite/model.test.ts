import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryState } from '../../domain/delivery.ts';
import type { Journal, Planned } from '../journal.ts';
import { again, bytes, delivered, delivery, newMessage, newPlan, rejected, submitted } from '../../../test/contract/journal-samples.ts';
import { sqlitePlace } from '../../../test/contract/sqlite-place.ts';

interface M { seq: number; control: string; disposition: string; at: number }
interface D { id: number; seq: number; destination: string; series: readonly string[]; state: DeliveryState; inDoubt: boolean }
/** The journal as a list in memory: what the real one must agree with after any sequence of calls. */
class Model {
  messages: M[] = [];
  deliveries: D[] = [];
  repeats = 0;
  forgotten = new Map<string, number>();
  taken = (control: string) => this.messages.find((m) => m.control === control && m.disposition === 'planned');
  known = (control: string) => this.messages.some((m) => m.control === control && (m.disposition === 'planned' || m.disposition === 'pipeline'));
  open = (seq: number) => this.deliveries.some((d) => d.seq === seq && !['delivered', 'refused', 'abandoned'].includes(d.state));
}

type Step =
  | { kind: 'accept' | 'append' | 'reject' | 'quarantine'; control: string; targets: readonly string[]; series: readonly string[] }
  | { kind: 'plan' | 'repeat' | 'begin' | 'deliver' | 'retry' | 'doubt' | 'submit' | 'hold' | 'release' | 'abandon' | 'follow'; pick: number }
  | { kind: 'reopen' } | { kind: 'retain'; before: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('accept', 'append', 'reject', 'quarantine'), control: fc.constantFrom('1', '2', '3', '4', '5', '6'), targets: fc.array(fc.constantFrom('region', 'dmp'), { maxLength: 3 }), series: fc.uniqueArray(fc.constantFrom('DOC|1', 'DOC|2', 'DOC|3'), { maxLength: 3 }) }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constantFrom('plan', 'repeat', 'begin', 'deliver', 'retry', 'doubt', 'submit', 'hold', 'release', 'abandon', 'follow'), pick: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retain' as const), before: fc.integer({ min: 1_000, max: 1_040 }) }) },
);

const moves = { hold: 'held', release: 'waiting', abandon: 'abandoned' } as const;
const ends = { deliver: 'delivered', follow: 'delivered', retry: 'waiting', doubt: 'waiting', submit: 'submitted' } as const;

/** One call on both sides; the model says whether it must succeed. Gives the next journal (a reopening makes another). */
async function apply(model: Model, journal: Journal, one: Step, time: number, reopen: () => Promise<Journal>): Promise<Journal> {
  const expected = async (succeeds: boolean, call: Promise<unknown>) => { expect(await call.then(() => true, () => false)).toBe(succeeds); };
  const add = (seq: number, control: string, disposition: string) => { model.messages.push({ seq, control, disposition, at: time }); };
  const born = (heads: readonly { id: number; seq: number; destination: string }[], series: readonly string[] = []) => {
    for (const { id, seq, destination } of heads) model.deliveries.push({ id, seq, destination, series, state: 'waiting', inDoubt: false });
  };
  if (one.kind === 'reopen') {
    const next = await reopen();
    const { inDoubt } = await next.recover();
    const sending = model.deliveries.filter((d) => d.state === 'sending');
    expect(inDoubt).toBe(sending.length);
    for (const d of sending) { d.state = 'waiting'; d.inDoubt = true; }
    for (const m of model.messages) {
      if (m.disposition !== 'pipeline') continue;
      if ((await next.message({ seq: m.seq }))?.disposition === 'quarantined') m.disposition = 'quarantined';
    }
    return next;
  }
  if (one.kind === 'retain') {
    const gone = model.messages.filter((m) => m.at < one.before && ['planned', 'rejected'].includes(m.disposition) && !model.open(m.seq));
    expect((await journal.retain({ payloadsBefore: one.before + 5, messagesBefore: one.before })).messages).toBe(gone.length);
    const count = (name: string) => model.forgotten.set(name, (model.forgotten.get(name) ?? 0) + 1);
    for (const m of gone) count(m.disposition);
    for (const d of model.deliveries) if (gone.some((m) => m.seq === d.seq)) count(d.state);
    model.deliveries = model.deliveries.filter((d) => !gone.some((m) => m.seq === d.seq));
    model.messages = model.messages.filter((m) => !gone.includes(m));
    return journal;
  }
  if ('control' in one) {
    const message = newMessage(one.control, { receivedAt: time });
    const deliveries = one.targets.map((destination) => delivery({ destination, series: one.series }));
    const done = one.kind === 'accept' ? journal.accept(message, newPlan({ deliveries })) : one.kind === 'append' ? journal.append(message)
      : one.kind === 'reject' ? journal.accept(message, rejected()) : journal.quarantine(message, 'test');
    await expected(one.kind === 'reject' || one.kind === 'quarantine' || !model.known(one.control), done);
    const result = await done.catch(() => null);
    if (result !== null) {
      add(result.seq, one.control, { accept: 'planned', append: 'pipeline', reject: 'rejected', quarantine: 'quarantined' }[one.kind]);
      if ('deliveries' in result) born((result as Planned).deliveries, one.series);
    }
    return journal;
  }
  if (one.kind === 'plan' || one.kind === 'repeat') {
    const m = model.messages[one.pick % Math.max(1, model.messages.length)];
    if (m === undefined) return journal;
    if (one.kind === 'repeat') { await journal.repeated(m.seq, time); model.repeats += 1; return journal; }
    const done = journal.plan(m.seq, newPlan());
    await expected(m.disposition === 'pipeline', done);
    if (m.disposition === 'pipeline') { m.disposition = 'planned'; born((await done).deliveries); }
    return journal;
  }
  const d = model.deliveries[one.pick % Math.max(1, model.deliveries.length)];
  if (d === undefined) return journal;
  const final = ['delivered', 'refused', 'abandoned'].includes(d.state);
  if (one.kind === 'begin') {
    await expected(d.state === 'waiting', journal.begin([d.id], time));
    if (d.state === 'waiting') d.state = 'sending';
  } else if (one.kind === 'hold' || one.kind === 'release' || one.kind === 'abandon') {
    const can = !final && d.state !== 'sending';
    await expected(can, journal.move(d.id, moves[one.kind], { code: 'journal.io', by: 'a', text: 'b', at: time }, []));
    if (can) d.state = moves[one.kind];
  } else {
    const outcome = { deliver: delivered(), follow: delivered(), retry: again(9, false), doubt: again(9, true), submit: submitted(`c${d.id}`) }[one.kind];
    const done = journal.settle(d.id, outcome, one.kind === 'follow' ? [{ delivery: delivery({ destination: 'zam' }) }] : []);
    await expected(!final, done);
    if (!final) {
      d.state = ends[one.kind];
      d.inDoubt = one.kind === 'doubt';
      born((await done).map((id) => ({ id, seq: d.seq, destination: 'zam' })));
    }
  }
  return journal;
}

test('after any sequence of calls the journal agrees with a list in memory, conserves, and verifies', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
    const place = sqlitePlace();
    let journal = await place.open();
    const model = new Model();
    const reopen = async () => { await journal.close(); return place.open(); };
    try {
      let time = 1_000;
      for (const one of steps) journal = await apply(model, journal, one, time++, reopen);
      const counts = await journal.counts();
      const of = (list: readonly string[], ...names: string[]) => list.filter((name) => names.includes(name)).length + names.reduce((sum, name) => sum + (model.forgotten.get(name) ?? 0), 0);
      const dispositions = model.messages.map((m) => m.disposition);
      const states = model.deliveries.map((d) => d.state);
      expect(counts.messages).toMatchObject({ planned: of(dispositions, 'planned'), rejected: of(dispositions, 'rejected'), quarantined: of(dispositions, 'quarantined'), pipeline: of(dispositions, 'pipeline'), repeated: model.repeats });
      const { received, ...classes } = counts.messages;
      expect(Object.values(classes).reduce((a, b) => a + b)).toBe(received);
      expect(counts.deliveries).toMatchObject({ delivered: of(states, 'delivered'), abandoned: of(states, 'abandoned'), held: of(states, 'held'), submitted: of(states, 'submitted'), waiting: of(states, 'waiting', 'sending') });
      const { planned, ...where } = counts.deliveries;
      expect(Object.values(where).reduce((a, b) => a + b)).toBe(planned);
      for (const destination of ['region', 'dmp', 'zam']) {
        const waiting = model.deliveries.filter((d) => d.destination === destination && d.state === 'waiting').sort((a, b) => a.id - b.id);
        expect((await journal.waiting(destination, 0, 1000)).map(({ id, inDoubt }) => [id, inDoubt])).toEqual(waiting.map(({ id, inDoubt }) => [id, inDoubt]));
      }
      for (const key of ['DOC|1', 'DOC|2', 'DOC|3']) {
        const open = model.deliveries.filter((d) => d.destination === 'dmp' && d.series.includes(key) && ['waiting', 'sending', 'held'].includes(d.state)).map(({ id }) => id);
        expect(await journal.unfinished('dmp', null, [key], Number.MAX_SAFE_INTEGER)).toEqual(open.sort((a, b) => a - b));
      }
      for (const d of model.deliveries) expect((await journal.delivery(d.id))?.state ?? d.state).toBe(d.state);
      for (const m of model.messages) expect((await journal.message({ seq: m.seq }))?.disposition).toBe(m.disposition);
      for (const control of ['1', '2', '3']) {
        expect((await journal.answerOf('labo', control, bytes(`digest of ${control}`))).kind).toBe(model.taken(control) !== undefined ? 'same' : model.known(control) ? 'pending' : 'new');
      }
      expect(await journal.verify()).toEqual([]);
    } finally { await journal.close(); await place.remove(); }
  }), { numRuns: 60 });
});
