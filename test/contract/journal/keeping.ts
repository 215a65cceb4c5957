import { expect, test } from '@jest/globals';
import type { Journal } from '../../../src/journal/journal.ts';
import { again, bytes, delivered, delivery, newMessage, newPlan, text } from '../journal-samples.ts';
import { code, type Subject } from './subject.ts';

/** Finding, recovery and retention. */
export function keepingContract(on: Subject): void {
  test('messages are found by business keys and listed by filters, newest first', async () => {
    const a = await on.journal.accept(newMessage('1'), newPlan({ keys: [{ kind: 'patient', value: '42' }, { kind: 'visit', value: 'V1' }] }));
    const b = await on.journal.accept(newMessage('2', { source: 'pharmacie', receivedAt: 2_000 }), newPlan({ keys: [{ kind: 'patient', value: '42' }], deliveries: [delivery({ destination: 'dmp', state: 'held' })] }));
    const c = await on.journal.append(newMessage('3', { receivedAt: 3_000 }));
    expect(await on.journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([b.seq, a.seq]);
    expect(await on.journal.search({ kind: 'patient', value: '42' }, 1)).toEqual([b.seq]);
    expect(await on.journal.search({ kind: 'visit', value: '42' }, 10)).toEqual([]);
    expect(await on.journal.search({ kind: 'control', value: '3' }, 10)).toEqual([c.seq]);
    const list = async (filter: Parameters<Journal['messages']>[0]) => (await on.journal.messages(filter, 10)).map(({ seq }) => seq);
    expect(await list({})).toEqual([c.seq, b.seq, a.seq]);
    expect(await list({ before: c.seq })).toEqual([b.seq, a.seq]);
    expect(await list({ source: 'labo', type: 'ORU^R01' })).toEqual([c.seq, a.seq]);
    expect(await list({ disposition: 'pipeline' })).toEqual([c.seq]);
    expect(await list({ destination: 'dmp', state: 'held' })).toEqual([b.seq]);
    expect(await list({ state: 'waiting' })).toEqual([a.seq]);
    expect(await list({ destination: 'dmp' })).toEqual([b.seq]);
    expect(await list({ state: 'delivered' })).toEqual([]);
    expect(await list({ since: 2_000, until: 3_000 })).toEqual([b.seq]);
    expect(await list({ seqs: [a.seq, c.seq] })).toEqual([c.seq, a.seq]);
    await on.journal.repeated(a.seq, 1);
    expect(await list({ disposition: 'repeated' })).toEqual([a.seq]);
    await on.journal.note({ seq: a.seq, delivery: null, at: 9, stage: 'operate', kind: 'preview', detail: 'same' });
    expect(await on.journal.events(a.seq)).toMatchObject([{ kind: 'repeated' }, { seq: a.seq, delivery: null, at: 9, stage: 'operate', kind: 'preview', detail: 'same' }]);
  });

  test('after a crash: attempts are doubts, messages without plan come back oldest first, who crashed too often is set aside', async () => {
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan());
    await on.journal.begin([one!.id], 3_000);
    const a = await on.journal.append(newMessage('2'));
    const b = await on.journal.append(newMessage('3'));
    await on.reopen();
    const first = await on.journal.recover();
    expect(first.unplanned.map(({ seq, crashes }) => [seq, crashes])).toEqual([[a.seq, 1], [b.seq, 1]]);
    expect(text(first.unplanned[0]?.bytes)).toBe('MSH|^~\\&|LABO|2');
    expect(first).toMatchObject({ inDoubt: 1, quarantined: [] });
    expect(await on.journal.delivery(one!.id)).toMatchObject({ state: 'waiting', inDoubt: true, attempts: 1, attemptsMade: [{ n: 1, startedAt: 3_000, endedAt: null, outcome: null }] });
    const c = await on.journal.append(newMessage('4'));
    expect(await on.journal.recover()).toEqual({ unplanned: [], quarantined: [], inDoubt: 0 });
    await on.journal.plan(b.seq, newPlan());
    await on.reopen();
    const second = await on.journal.recover();
    expect(second.quarantined).toEqual([a.seq]);
    expect(second.unplanned.map(({ seq }) => seq)).toEqual([c.seq]);
    expect(await on.journal.message({ seq: a.seq })).toMatchObject({ disposition: 'quarantined' });
    await on.journal.quarantine(newMessage('5'), 'a worker died');
    expect(await on.journal.answerOf('labo', '5', bytes('digest of 5'))).toEqual({ kind: 'new' });
    expect((await on.journal.counts()).messages).toEqual({ received: 5, planned: 2, rejected: 0, consumed: 0, repeated: 0, quarantined: 2, pipeline: 1 });
  });

  test('who is set aside after its first answer is told by deliveries, once it is set aside too', async () => {
    const told = [delivery({ destination: 'labo-answers', envelope: null })];
    const { seq } = await on.journal.append(newMessage('1'));
    const { deliveries: [first] } = await on.journal.quarantine(seq, 'why', told);
    expect(first).toMatchObject({ seq, destination: 'labo-answers', state: 'waiting', source: 'labo' });
    expect(await on.journal.waiting('labo-answers', 0, 10)).toEqual([first]);
    expect((await on.journal.quarantine(seq, 'why', told)).deliveries).toMatchObject([{ id: first!.id + 1 }]);
    expect(await code(on.journal.quarantine(seq, 'why'))).toBe('journal.not-in-pipeline');
    expect((await on.journal.counts()).messages).toMatchObject({ received: 1, quarantined: 1, pipeline: 0 });
    expect((await on.journal.events(seq)).map(({ kind }) => kind)).toEqual(['quarantined']);
    await on.journal.accept(newMessage('1'), newPlan());
    expect((await on.journal.answerOf('labo', '1', bytes('digest of 1'))).kind).toBe('same');
  });

  test('retention forgets what is final and old, answers repeats as before, and touches nothing else', async () => {
    const document = bytes('shared '.repeat(20_000));
    const plan = () => newPlan({ documents: new Map([['d', document]]), keys: [{ kind: 'patient', value: '42' }] });
    const a = await on.journal.accept(newMessage('1'), plan());
    const b = await on.journal.accept(newMessage('2'), plan());
    await on.journal.begin([a.deliveries[0]!.id], 3_000);
    await on.journal.settle(a.deliveries[0]!.id, again(0, true), []);
    await on.journal.begin([a.deliveries[0]!.id], 3_000);
    await on.journal.settle(a.deliveries[0]!.id, delivered(), []);
    expect(await on.journal.retain({ payloadsBefore: 1_000, messagesBefore: 0 })).toEqual({ messages: 0, payloads: 0, segments: 0, kept: 0 });
    expect(await on.journal.retain({ payloadsBefore: 1_001, messagesBefore: 0 })).toMatchObject({ messages: 0, payloads: 1, kept: 1 });
    expect(await on.journal.message({ seq: a.seq })).toMatchObject({ bytes: null, bundle: null, record: null, disposition: 'planned' });
    expect(await on.journal.answerOf('labo', '1', bytes('digest of 1'))).toMatchObject({ kind: 'same', seq: a.seq });
    expect(await on.journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([b.seq, a.seq]);
    expect(text((await on.journal.message({ seq: b.seq }))?.documents.get('d'))).toBe(text(document));
    expect(await on.journal.verify()).toEqual([]);
    expect(await on.journal.retain({ payloadsBefore: 1_001, messagesBefore: 1_001 })).toMatchObject({ messages: 1, kept: 1 });
    expect(await on.journal.message({ seq: a.seq })).toBeNull();
    expect(await on.journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([b.seq]);
    expect((await on.journal.counts()).messages).toMatchObject({ received: 2, planned: 2 });
    expect((await on.journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1 });
    await on.reopen();
    expect((await on.journal.append(newMessage('9'))).seq).toBe(b.seq + 1);
  });
}
