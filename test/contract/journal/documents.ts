import { expect, test } from '@jest/globals';
import type { NewPlan } from '../../../src/journal/journal.ts';
import { again, delivered, delivery, newMessage, newPlan, submitted } from '../journal-samples.ts';
import { code, type Subject } from './subject.ts';

/** What is known of a document: its versions, who asks for it, its mailbox. */
export function documentsContract(on: Subject): void {
  test('earlier deliveries about the same series that are not final', async () => {
    const about = (series: string, destination = 'region') => delivery({ series: [series], destination });
    const { deliveries: [a, b] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [about('DOC|1'), about('DOC|1', 'dmp')] }));
    const { deliveries: [c, d] } = await on.journal.accept(newMessage('2'), newPlan({ deliveries: [about('DOC|2'), about('DOC|3')] }));
    expect(await on.journal.unfinished('region', null, ['DOC|1', 'DOC|2'], d!.id)).toEqual([a!.id, c!.id]);
    expect(await on.journal.unfinished('region', null, ['DOC|1', 'DOC|2'], c!.id)).toEqual([a!.id]);
    expect(await on.journal.unfinished('dmp', null, ['DOC|1'], d!.id)).toEqual([b!.id]);
    await on.journal.begin([a!.id], 1);
    await on.journal.settle(a!.id, delivered(), []);
    expect(await on.journal.unfinished('region', null, ['DOC|1'], d!.id)).toEqual([]);
  });

  test('who asks for a delivery that is open is told how it ends, and none that asks meanwhile is forgotten', async () => {
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan());
    const was = { state: 'waiting', reason: 'journal.repeat' } as const;
    const asks = (answer: unknown, found: { state: 'waiting' | 'delivered'; reason: string } = was) => newPlan({ deliveries: [], askers: [{ delivery: one!.id, was: found, answer }] });
    const second = await on.journal.accept(newMessage('2', { trace: 'trace 2' }), asks({ controlId: 'B' }));
    await on.journal.begin([one!.id], 3_000);
    await on.reopen();
    await on.journal.recover();
    expect((await on.journal.delivery(one!.id))?.askers).toEqual([{ seq: second.seq, trace: 'trace 2', answer: { controlId: 'B' } }]);
    expect((await on.journal.delivery(one!.id))?.state).toBe('waiting');
    await on.journal.begin([one!.id], 3_000);
    const third = await on.journal.append(newMessage('3', { trace: 'trace 3' }));
    await on.journal.plan(third.seq, asks({ controlId: 'C' }, was));
    expect(await code(on.journal.settle(one!.id, { ...delivered(), askers: 1 }, []))).toBe('journal.asked-since');
    expect((await on.journal.delivery(one!.id))?.state).toBe('sending');
    await on.journal.settle(one!.id, { ...again(4_000, false), askers: 0 }, []);
    const reason = { code: 'journal.io', by: 'a', text: 'b', at: 1 };
    expect(await code(on.journal.move(one!.id, 'abandoned', { ...reason, askers: 1 }, []))).toBe('journal.asked-since');
    await on.journal.move(one!.id, 'held', reason, []);
    const zam = delivery({ destination: 'labo-zam', system: 'hl7v2' });
    const born = await on.journal.settle(one!.id, { ...delivered(), askers: 2 }, [{ delivery: zam }, { delivery: zam, seq: second.seq }, { delivery: zam, seq: third.seq }, { delivery: zam, seq: 99 }]);
    const told = await Promise.all(born.map(async (id) => { const made = await on.journal.delivery(id); return [made?.seq, made?.trace, made?.lane === one!.lane]; }));
    expect(told).toEqual([[one!.seq, one!.trace, true], [second.seq, 'trace 2', true], [third.seq, 'trace 3', true], [one!.seq, one!.trace, true]]);
    const [replayed] = await on.journal.replay(one!.id, reason, { delivery: delivery() });
    expect((await on.journal.delivery(replayed!))?.askers.map(({ seq }) => seq)).toEqual([second.seq, third.seq]);
    await on.journal.move(replayed!, 'abandoned', { ...reason, askers: 2 }, []);
  });

  test('who asks for a delivery that has ended since, or was told otherwise, has its plan made again', async () => {
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan());
    const asks = (state: 'waiting' | 'delivered', reason: string) => newPlan({ deliveries: [], askers: [{ delivery: one!.id, was: { state, reason }, answer: {} }] });
    expect(await code(on.journal.accept(newMessage('2'), asks('delivered', 'deliver.ok')))).toBe('journal.stale-plan');
    await on.journal.begin([one!.id], 3_000);
    await on.journal.settle(one!.id, delivered(), []);
    expect(await code(on.journal.accept(newMessage('2'), asks('waiting', 'journal.repeat')))).toBe('journal.stale-plan');
    expect(await code(on.journal.accept(newMessage('2'), asks('delivered', 'deliver.no-notice')))).toBe('journal.stale-plan');
    await on.journal.accept(newMessage('2'), asks('delivered', 'deliver.ok'));
    const was = { state: 'delivered', reason: 'deliver.ok' } as const;
    const notice = (askers: number) => newPlan({ disposition: 'consumed', ack: null, deliveries: [], identities: [], notice: { closings: [{ delivery: one!.id, code: 'notice.read', was: { ...was, askers }, becomes: null, followUps: [], detail: '{}' }], unapplied: [] } });
    expect(await code(on.journal.accept(newMessage('3'), notice(0)))).toBe('journal.stale-plan');
    await on.journal.accept(newMessage('3'), notice(1));
    // What follows in its stream does not go before it.
    const following = (stale: NewPlan) => Promise.all([code(on.journal.accept(newMessage('4', { stream: 'x' }), stale)), code(on.journal.accept(newMessage('5', { stream: 'x' }), newPlan()))]);
    expect(await following(asks('waiting', 'journal.repeat'))).toEqual(['journal.stale-plan', 'journal.stale-plan']);
    expect(await following(notice(0))).toEqual(['journal.stale-plan', 'journal.stale-plan']);
  });

  test('a delivery of several documents is found by each of them, in its own mailbox', async () => {
    const about = (recipient: string | null, ...series: string[]) => delivery({ series, recipient });
    const { deliveries: [a, b] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [about(null, 'DOC|1', 'DOC|2', 'DOC|3'), about('a@x.mssante.test', 'DOC|2', 'DOC|1')] }));
    expect((await on.journal.delivery(a!.id))?.planned.series).toEqual(['DOC|1', 'DOC|2', 'DOC|3']);
    for (const one of ['DOC|1', 'DOC|2', 'DOC|3']) expect(await on.journal.unfinished('region', null, [one], Number.MAX_SAFE_INTEGER)).toEqual([a!.id]);
    expect(await on.journal.unfinished('region', b!.recipient, ['DOC|1', 'DOC|2', 'DOC|3'], Number.MAX_SAFE_INTEGER)).toEqual([b!.id]);
    expect(await on.journal.unfinished('region', null, ['DOC|2'], a!.id)).toEqual([]);
    expect(await on.journal.unfinished('dmp', null, ['DOC|2'], Number.MAX_SAFE_INTEGER)).toEqual([]);
    await on.journal.move(a!.id, 'abandoned', { code: 'journal.io', by: 'a', text: 'b', at: 1 }, []);
    expect(await on.journal.unfinished('region', null, ['DOC|1', 'DOC|2', 'DOC|3'], Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('a mail waits for the earlier ones of its own mailbox only, and for none that the operator has taken', async () => {
    const about = (series: string, recipient: string) => delivery({ destination: 'mss', system: 'mssante', series: [series], recipient });
    const { deliveries: [a, b] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [about('DOC|1', 'a@x.mssante.test'), about('DOC|1', 'b@x.mssante.test')] }));
    const { deliveries: [c] } = await on.journal.accept(newMessage('2'), newPlan({ deliveries: [about('DOC|2', 'a@x.mssante.test')] }));
    expect(c!.recipient).toBe(a!.recipient);
    expect(c!.recipient).not.toBe(b!.recipient);
    expect(await on.journal.unfinished('mss', c!.recipient, ['DOC|1'], c!.id)).toEqual([a!.id]);
    await on.journal.begin([a!.id], 1);
    expect(await on.journal.unfinished('mss', c!.recipient, ['DOC|1'], c!.id)).toEqual([a!.id]);
    await on.journal.settle(a!.id, submitted('c1'), []);
    expect(await on.journal.unfinished('mss', c!.recipient, ['DOC|1'], c!.id)).toEqual([]);
  });
}
