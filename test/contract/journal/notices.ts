import { expect, test } from '@jest/globals';
import type { FollowUp, NoticeClosing } from '../../../src/journal/journal.ts';
import { bytes, delivered, delivery, newMessage, newPlan, submitted } from '../journal-samples.ts';
import { code, type Subject } from './subject.ts';

/** Notices and what they close. */
export function noticesContract(on: Subject): void {
  test('of two deliveries that go under one id, a notice is about the one that was tried', async () => {
    const envelope = { steps: [{ name: 'mail', meta: { controlId: 'token' }, body: [bytes('mail')] }] };
    const { deliveries: [tried, later] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope }), delivery({ envelope })] }));
    expect(await on.journal.correlated('token')).toBe(later!.id);
    await on.journal.begin([tried!.id], 3_000);
    expect(await on.journal.correlated('token')).toBe(tried!.id);
  });

  test('a notice closes only what was tried, at a destination of its sender', async () => {
    const envelope = { steps: [{ name: 'relay', meta: { controlId: '1' }, body: [bytes('MSH')] }] };
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope })] }));
    const notice = async (controlId: string, ...destinations: string[]) => (await on.journal.accept(newMessage(controlId, { source: 'autre' }),
      newPlan({ disposition: 'consumed', deliveries: [], identities: [], settlements: [{ correlation: '1', destinations, outcome: 'delivered', reason: { code: 'journal.io' } }] }))).settled;
    expect(await notice('2', 'region')).toEqual([]);
    await on.journal.begin([one!.id], 3_000);
    expect(await notice('3', 'elsewhere')).toEqual([]);
    expect(await notice('4')).toEqual([]);
    expect(await on.journal.delivery(one!.id)).toMatchObject({ state: 'sending' });
    expect(await notice('5', 'elsewhere', 'region')).toEqual([one!.id]);
  });

  test('a notice settles what was submitted, a later good one overrides a bad one, and overdue ones are found', async () => {
    const submit = async (controlId: string, correlation: string) => {
      const { deliveries: [one] } = await on.journal.accept(newMessage(controlId), newPlan());
      await on.journal.begin([one!.id], 3_000);
      await on.journal.settle(one!.id, submitted(correlation), []);
      return one!.id;
    };
    const [a, b] = [await submit('1', '<a@x>'), await submit('2', '<b@x>')];
    expect(await on.journal.correlated('<a@x>')).toBe(a);
    expect(await on.journal.overdue(8_999, 10)).toEqual([]);
    expect((await on.journal.overdue(9_000, 10)).map(({ id }) => id)).toEqual([a, b]);
    const notice = (controlId: string, correlation: string, outcome: 'delivered' | 'refused') =>
      on.journal.accept(newMessage(controlId), newPlan({ disposition: 'consumed', ack: null, deliveries: [], settlements: [{ correlation, destinations: ['region'], outcome, reason: { code: 'journal.io' } }] }));
    expect((await notice('3', '<a@x>', 'refused')).settled).toEqual([a]);
    expect((await notice('4', '<a@x>', 'delivered')).settled).toEqual([a]);
    expect((await notice('5', '<a@x>', 'refused')).settled).toEqual([]);
    expect((await notice('6', '<nobody@x>', 'refused')).settled).toEqual([]);
    expect((await on.journal.delivery(a))?.state).toBe('delivered');
    expect((await on.journal.overdue(9_000, 10)).map(({ id }) => id)).toEqual([b]);
    await on.journal.settle(b, delivered(), []);
    expect((await on.journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 2, submitted: 0 });
  });

  test('a notice decided on what a delivery was closes it, with what it causes; on what it no longer is, it is refused', async () => {
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan());
    const was = { state: 'sending', reason: 'journal.repeat', askers: 0 } as const;
    const zam = { delivery: delivery({ destination: 'labo-zam', system: 'hl7v2' }) };
    const notice = (becomes: NoticeClosing['becomes'], followUps: readonly FollowUp[] = []) =>
      newPlan({ disposition: 'consumed', ack: null, deliveries: [], identities: [], notice: { closings: [{ delivery: one!.id, code: 'notice.read', was, becomes, followUps, detail: '{}' }], unapplied: [] } });
    expect(await code(on.journal.accept(newMessage('2'), notice(null)))).toBe('journal.stale-plan');
    await on.journal.begin([one!.id], 3_000);
    expect((await on.journal.accept(newMessage('3'), notice(null))).settled).toEqual([]);
    const written = await on.journal.accept(newMessage('4'), notice({ state: 'delivered', reason: 'notice.read' }, [zam]));
    expect(written).toMatchObject({ settled: [one!.id], deliveries: [{ seq: one!.seq, lane: one!.lane, destination: 'labo-zam', state: 'waiting' }] });
    expect(await on.journal.delivery(one!.id)).toMatchObject({ state: 'delivered', reason: 'notice.read' });
    // Two at once: the second is judged on what the first left.
    const again = notice({ state: 'refused', reason: 'notice.failed' });
    expect(await code(on.journal.accept(newMessage('5'), again))).toBe('journal.stale-plan');
    expect((await on.journal.events(one!.seq)).map(({ kind }) => kind)).toEqual(['noticed', 'noticed']);
    expect((await on.journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1 });
    expect(await on.journal.verify()).toEqual([]);
  });

  test('a notice that overtakes the answer of its attempt stands', async () => {
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope: { steps: [{ name: 'm', meta: { controlId: 'P1' }, body: [] }] } })] }));
    await on.journal.begin([one!.id], 3_000);
    await on.journal.accept(newMessage('2'), newPlan({ disposition: 'consumed', deliveries: [], settlements: [{ correlation: 'P1', destinations: ['region'], outcome: 'refused', reason: { code: 'journal.io' } }] }));
    expect(await on.journal.settle(one!.id, delivered(), [{ delivery: delivery() }])).toEqual([]);
    expect(await on.journal.delivery(one!.id)).toMatchObject({ state: 'refused', attemptsMade: [{ n: 1, outcome: 'delivered' }] });
  });
}
