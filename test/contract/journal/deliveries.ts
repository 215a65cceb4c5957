import { expect, test } from '@jest/globals';
import { again, bytes, delivered, delivery, newMessage, newPlan, text } from '../journal-samples.ts';
import { code, type Subject } from './subject.ts';

/** Deliveries and their attempts. */
export function deliveriesContract(on: Subject): void {
  test('what is held in doubt, and released, is still in doubt', async () => {
    const { deliveries } = await on.journal.accept(newMessage('1'), newPlan());
    const id = deliveries[0]!.id;
    await on.journal.begin([id], 3_000);
    await on.journal.settle(id, { at: 5_000, receipt: { kind: 'held', fault: 'deliver.prepare-failed' }, next: { state: 'held', inDoubt: true }, reason: 'deliver.prepare-failed' }, []);
    await on.journal.move(id, 'waiting', { code: 'deliver.released', by: 'nadia', text: 'vu', at: 6_000 }, []);
    expect(await on.journal.delivery(id)).toMatchObject({ state: 'waiting', inDoubt: true });
  });
  test('an attempt keeps what its fault is about and the partner’s own code, as long as the payloads', async () => {
    const { deliveries: [one] } = await on.journal.accept(newMessage('1'), newPlan());
    const [id, remote] = [one!.id, { code: 'DMPClosed', label: 'DMP fermé' }];
    await on.journal.begin([id], 3_000);
    await on.journal.settle(id, { at: 4_000, receipt: { kind: 'busy', fault: 'journal.io', args: ['disk'] }, next: { state: 'waiting', notBefore: 0, inDoubt: false }, reason: 'journal.io' }, []);
    await on.journal.begin([id], 5_000);
    await on.journal.settle(id, { at: 6_000, receipt: { kind: 'refused', fault: 'journal.io', args: ['a', 'b'], remote, raw: 'x' }, next: { state: 'refused' }, reason: 'journal.io' }, []);
    expect((await on.journal.delivery(id))?.attemptsMade.map(({ said }) => said)).toEqual([{ args: ['disk'], remote: null }, { args: ['a', 'b'], remote }]);
    expect(await on.journal.retain({ payloadsBefore: 100_000, messagesBefore: 0 })).toMatchObject({ kept: 0 });
  });
  test('a delivery goes from waiting to delivered, with the business acknowledgement it causes', async () => {
    const { seq, deliveries } = await on.journal.accept(newMessage('1'), newPlan());
    const id = deliveries[0]!.id;
    expect(await on.journal.waiting('region', 0, 10)).toEqual(deliveries);
    expect(await on.journal.waiting('region', id, 10)).toEqual([]);
    await on.journal.begin([id], 3_000);
    expect(await on.journal.waiting('region', 0, 10)).toEqual([]);
    expect(await on.journal.delivery(id)).toMatchObject({ state: 'sending', attempts: 1, attemptsMade: [{ n: 1, startedAt: 3_000, endedAt: null }] });
    expect(await code(on.journal.begin([id], 3_000))).toBe('journal.not-waiting');
    expect(await on.journal.settle(id, again(7_000, true), [])).toEqual([]);
    expect(await on.journal.delivery(id)).toMatchObject({ state: 'waiting', notBefore: 7_000, inDoubt: true, attemptsMade: [{ n: 1, endedAt: 5_000, outcome: 'unknown', fault: 'journal.io', raw: 'peer said DUPONT' }] });
    await on.journal.begin([id], 7_000);
    const [zam] = await on.journal.settle(id, delivered(), [{ delivery: delivery({ destination: 'labo-zam', system: 'hl7v2' }) }]);
    expect(await on.journal.delivery(id)).toMatchObject({ state: 'delivered', remoteId: 'Bundle/1', inDoubt: false });
    expect(await on.journal.delivery(zam!)).toMatchObject({ seq, destination: 'labo-zam', lane: deliveries[0]!.lane, state: 'waiting' });
    expect(await code(on.journal.settle(id, delivered(), []))).toBe('journal.final');
    expect(await code(on.journal.begin([id, zam!], 1))).toBe('journal.not-waiting');
    expect((await on.journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1 });
    expect(await on.journal.delivery(77)).toBeNull();
    expect(await code(on.journal.begin([77], 1))).toBe('journal.unknown');
  });

  test('ids of deliveries follow the order of the messages, not of their plans', async () => {
    const first = await on.journal.append(newMessage('1'));
    const second = await on.journal.accept(newMessage('2'), newPlan());
    const late = await on.journal.plan(first.seq, newPlan());
    expect((await on.journal.waiting('region', 0, 10)).map(({ id }) => id)).toEqual([late.deliveries[0]!.id, second.deliveries[0]!.id]);
    expect((await on.journal.firstWaiting('region', [late.deliveries[0]!.lane], null))?.id).toBe(late.deliveries[0]!.id);
    expect(await on.journal.firstWaiting('region', [late.deliveries[0]!.lane], 'another mailbox')).toBeNull();
  });

  test('a mailbox has an opaque name of its own', async () => {
    const to = (recipient: string) => delivery({ destination: 'mss', system: 'mssante', recipient });
    const { deliveries: [a, b, c] } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [to('a@x.mssante.fr'), to('b@x.mssante.fr'), to('a@x.mssante.fr')] }));
    expect(a!.recipient).toBe(c!.recipient);
    expect(a!.recipient).not.toBe(b!.recipient);
    expect(a!.recipient).not.toContain('mssante');
    expect((await on.journal.firstWaiting('mss', [b!.lane], b!.recipient))?.id).toBe(b!.id);
    expect((await on.journal.delivery(b!.id))?.planned.recipient).toBe('b@x.mssante.fr');
  });

  test('an envelope is frozen once', async () => {
    const { deliveries } = await on.journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope: null }), delivery()] }));
    const [open, made] = deliveries.map(({ id }) => id);
    expect(deliveries.map(({ hasEnvelope }) => hasEnvelope)).toEqual([false, true]);
    await on.journal.freeze(open!, { steps: [{ name: 'mllp', meta: { controlId: 'P1' }, body: [bytes('MSH')] }] }, bytes('answers'));
    const full = await on.journal.delivery(open!);
    expect(text(full?.answers)).toBe('answers');
    expect(full).toMatchObject({ hasEnvelope: true, correlation: 'P1', envelope: { steps: [{ name: 'mllp' }] } });
    expect(await on.journal.correlated('P1')).toBe(open);
    expect(await on.journal.correlated('P1', full?.seq)).toBeNull();
    expect(await code(on.journal.freeze(made!, { steps: [] }, null))).toBe('journal.frozen');
    await on.journal.renew(open!, bytes('asked anew'));
    const renewed = await on.journal.delivery(open!);
    expect([text(renewed?.answers), renewed?.envelope]).toEqual(['asked anew', full?.envelope]);
    await on.journal.move(open!, 'abandoned', { code: 'journal.repeat', by: 'alice', text: 'test', at: 1 }, []);
    expect(await code(on.journal.freeze(open!, { steps: [] }, null))).toBe('journal.final');
    expect(await code(on.journal.renew(open!, bytes('late')))).toBe('journal.final');
  });

  test('persons and gates move deliveries, but not what is final or under way', async () => {
    const { deliveries: [first], seq } = await on.journal.accept(newMessage('1'), newPlan());
    const move = (to: 'held' | 'waiting' | 'abandoned' | 'refused') => on.journal.move(first!.id, to, { code: 'journal.final', by: 'alice', text: 'why', at: 6_000, factsUpTo: 4 }, []);
    await move('held');
    expect(await on.journal.held({ destination: 'region' }, 10)).toMatchObject([{ id: first!.id, state: 'held', reason: 'journal.final', factsUpTo: 4 }]);
    expect((await on.journal.held({ lanes: [first!.lane] }, 10)).map(({ id }) => id)).toEqual([first!.id]);
    expect(await on.journal.held({ lanes: [first!.lane], after: first!.id }, 10)).toEqual([]);
    await move('waiting');
    await on.journal.begin([first!.id], 7_000);
    expect(await code(move('held'))).toBe('journal.in-flight');
    await on.journal.settle(first!.id, again(0, false), []);
    await move('abandoned');
    expect(await code(move('waiting'))).toBe('journal.final');
    expect((await on.journal.events(seq)).map(({ kind, delivery: id }) => [kind, id])).toEqual([['moved', first!.id], ['moved', first!.id], ['moved', first!.id]]);
    expect((await on.journal.counts()).deliveries).toMatchObject({ planned: 1, abandoned: 1, waiting: 0, held: 0 });
  });

  test('what is final may be made again beside the old row, not what is under way', async () => {
    const { deliveries: [first], lane } = await on.journal.accept(newMessage('1'), newPlan());
    const replay = () => on.journal.replay(first!.id, { code: 'journal.io', by: 'alice', text: 'why', at: 8_000 }, { delivery: delivery({ content: { n: 2 } }) });
    expect(await code(replay())).toBe('journal.not-final');
    await on.journal.begin([first!.id], 3_000);
    await on.journal.settle(first!.id, delivered(), []);
    const [made] = await replay();
    expect(await on.journal.delivery(made!)).toMatchObject({ seq: first!.seq, lane, state: 'waiting', attempts: 0, planned: { content: { n: 2 } } });
    expect(await on.journal.delivery(first!.id)).toMatchObject({ state: 'delivered', planned: { content: { n: 1 } } });
    expect((await on.journal.events(first!.seq)).map(({ kind }) => kind)).toEqual(['replayed']);
  });
}
