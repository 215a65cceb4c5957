import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fact } from '../../src/domain/fact.ts';
import type { FollowUp, Journal, NoticeClosing } from '../../src/journal/journal.ts';
import { again, bytes, delivered, delivery, newMessage, newPlan, rejected, submitted, text } from './journal-samples.ts';

/** One place a journal lives in: `open` may be called again after `close`. The repeat window is 10 000 ms, the crash limit 2. */
export interface JournalPlace { open(): Promise<Journal>; remove(): Promise<void>; now: number }

/** What every driver of the journal port must do (design.md §2, §4). */
export function journalContract(name: string, place: () => JournalPlace): void {
  describe(`journal contract: ${name}`, () => {
    let at: JournalPlace;
    let journal: Journal;
    const reopen = async () => { await journal.close(); journal = await at.open(); };
    beforeEach(async () => { at = place(); at.now = 1_000; journal = await at.open(); });
    afterEach(async () => { expect(await journal.verify()).toEqual([]); await journal.close(); await at.remove(); });
    const code = (promise: Promise<unknown>) => promise.then(() => 'no fault', (error: unknown) => (error as { code?: string }).code);

    test('a message and its plan come back as they were, after a restart too', async () => {
      const document = bytes('document '.repeat(20_000));
      const received = bytes(`OBX|1|ED|||^${Buffer.from(document).toString('base64')}\rNTE|é`);
      const envelope = { steps: [{ name: 'put', meta: { path: '/x' }, body: [bytes('<a>'), { document: 'd', encoding: 'base64' as const }, bytes('x'.repeat(70_000))] }] };
      const { seq, deliveries } = await journal.accept(newMessage('1', { bytes: received }), newPlan({ documents: new Map([['d', document]]), deliveries: [delivery({ envelope })] }));
      await reopen();
      const message = await journal.message({ seq });
      expect(text(message?.bytes)).toBe(text(received));
      expect(text(message?.ackBytes)).toBe('MSA|AA');
      expect(text(message?.bundle)).toBe('{"resourceType":"Bundle"}');
      expect(text(message?.record)).toBe('{"findings":[]}');
      expect(text(message?.documents.get('d'))).toBe(text(document));
      expect(message).toMatchObject({ seq, source: 'labo', disposition: 'planned', ack: 'AA', size: received.length, crashes: 0, plannedAt: 2_000 });
      expect(message?.deliveries).toEqual(deliveries);
      expect((await journal.message({ trace: message?.trace ?? '' }))?.seq).toBe(seq);
      const full = await journal.delivery(deliveries[0]!.id);
      const { envelope: _, ...planned } = delivery();
      expect(full?.planned).toEqual(planned);
      const body = full?.envelope?.steps[0]?.body ?? [];
      expect(text(await journal.body(seq, body))).toBe(`<a>${Buffer.from(document).toString('base64')}${'x'.repeat(70_000)}`);
      expect(body[1]).toEqual({ document: 'd', encoding: 'base64' });
    });

    test('bytes first, plan later: in the pipeline until then, and planned once', async () => {
      const { seq } = await journal.append(newMessage('1'));
      expect((await journal.counts()).messages).toMatchObject({ received: 1, pipeline: 1, planned: 0 });
      expect(await journal.answerOf('labo', '1', bytes('digest of 1'))).toEqual({ kind: 'pending', seq });
      await journal.plan(seq, newPlan({ documents: new Map([['d', bytes('x'.repeat(3_000))]]) }));
      expect((await journal.counts()).messages).toMatchObject({ received: 1, pipeline: 0, planned: 1 });
      expect(text((await journal.message({ seq }))?.bytes)).toBe('MSH|^~\\&|LABO|1');
      expect(await code(journal.plan(seq, newPlan()))).toBe('journal.not-in-pipeline');
      expect(await code(journal.quarantine(seq, 'why'))).toBe('journal.not-in-pipeline');
      expect(await code(journal.plan(99, newPlan()))).toBe('journal.unknown');
    });

    test('what was quarantined is planned again by a person, once, unless its sender sent it again and that one was taken', async () => {
      const again = { code: 'intake.replanned', by: 'lea', text: 'version corrigée', at: 3_000 };
      const { seq } = await journal.append(newMessage('1'));
      expect(await code(journal.plan(seq, newPlan(), again))).toBe('journal.not-quarantined');
      await journal.quarantine(seq, 'why');
      expect(await code(journal.plan(seq, newPlan()))).toBe('journal.not-in-pipeline');
      const planned = await journal.plan(seq, newPlan(), again);
      expect(planned.deliveries.map(({ state }) => state)).toEqual(['waiting']);
      expect((await journal.counts()).messages).toMatchObject({ received: 1, quarantined: 0, pipeline: 0, planned: 1 });
      expect((await journal.events(seq)).map(({ kind, detail }) => [kind, detail])).toEqual([['quarantined', 'why'], ['replanned', '{"code":"intake.replanned","by":"lea","text":"version corrigée","disposition":"planned"}']]);
      expect(await journal.answerOf('labo', '1', bytes('digest of 1'))).toMatchObject({ kind: 'same', seq });
      expect(await code(journal.plan(seq, newPlan(), again))).toBe('journal.not-quarantined');

      const other = await journal.quarantine(newMessage('2'), 'why');
      await journal.accept(newMessage('2'), newPlan());
      expect(await code(journal.plan(other.seq, newPlan(), again))).toBe('journal.repeat');
      expect((await journal.counts()).messages).toMatchObject({ received: 3, quarantined: 1, planned: 2 });
    });

    test('the switches of destinations are kept for good, in order', async () => {
      const act = (destination: string, paused: boolean, at: number) => ({ destination, paused, by: 'lea', why: 'panne', at });
      const acts = [act('region', true, 1), act('dmp', true, 2), act('region', false, 3)];
      for (const one of acts) await journal.switchDestination(one);
      await reopen();
      expect(await journal.switches()).toEqual(acts);
      await journal.switchDestination(act('dmp', false, 4));
      expect((await journal.switches()).length).toBe(4);
    });

    test('a text left under a name is found again, the last one only', async () => {
      expect(await journal.kept('head')).toBeNull();
      await journal.keep('head', 'one');
      await journal.keep('head', 'two');
      await reopen();
      expect([await journal.kept('head'), await journal.kept('other')]).toEqual(['two', null]);
    });

    test('exactly-once: same content gets its stored answer, other content is told, refused ids may come again', async () => {
      const { seq } = await journal.accept(newMessage('1'), newPlan());
      const same = await journal.answerOf('labo', '1', bytes('digest of 1'));
      expect(same).toMatchObject({ kind: 'same', seq });
      expect(text(same.kind === 'same' ? same.ack : null)).toBe('MSA|AA');
      expect(await journal.answerOf('labo', '1', bytes('other'))).toEqual({ kind: 'other', seq });
      expect(await journal.answerOf('pharmacie', '1', bytes('digest of 1'))).toEqual({ kind: 'new' });
      await journal.accept(newMessage('2'), rejected());
      expect(await journal.answerOf('labo', '2', bytes('digest of 2'))).toEqual({ kind: 'new' });
      expect(await journal.answerOf('labo', '', bytes('x'))).toEqual({ kind: 'new' });
      await journal.repeated(seq, 3_000);
      expect((await journal.counts()).messages).toMatchObject({ received: 3, planned: 1, rejected: 1, repeated: 1 });
      expect((await journal.events(seq)).map(({ kind }) => kind)).toEqual(['repeated']);
      expect(await code(journal.repeated(99, 3_000))).toBe('journal.unknown');
      at.now = 11_001;
      expect(await journal.answerOf('labo', '1', bytes('digest of 1'))).toEqual({ kind: 'new' });
    });

    test('two messages of one source and control id, taken at once: one is refused, its neighbours commit', async () => {
      const calls = [journal.accept(newMessage('1'), newPlan()), journal.accept(newMessage('1'), newPlan()), journal.append(newMessage('1')), journal.accept(newMessage('2'), newPlan())];
      expect((await Promise.all(calls.map(code)))).toEqual(['no fault', 'journal.repeat', 'journal.repeat', 'no fault']);
      expect(await code(journal.accept(newMessage('1'), rejected()))).toBe('no fault');
      expect((await journal.counts()).messages).toMatchObject({ received: 3, planned: 2, rejected: 1 });
    });

    test('a plan made before a fact about what it asked was taught is refused, and what follows it in its stream', async () => {
      const taught = async () => (await journal.facts([])).taught ?? NaN;
      const plan = async (keys: string[], facts: Fact[] = []) => newPlan({ facts, asked: { keys, taught: await taught() } });
      const about = (uniqueId: string): Fact => ({ kind: 'document', keys: [`DOC|${uniqueId}`], uniqueId, sha1: 'a', action: 'submit', series: uniqueId, source: 'lab', patient: [] });
      const [first, second, other, behind] = [await plan(['DOC|1'], [about('1')]), await plan(['ID|a|1', 'DOC|1'], [about('1')]), await plan(['DOC|2'], [about('2')]), await plan(['DOC|3'])];
      const calls = [
        journal.accept(newMessage('1', { stream: 'x' }), first), journal.accept(newMessage('2', { stream: 'y' }), second),
        journal.accept(newMessage('3', { stream: 'x' }), other), journal.accept(newMessage('4', { stream: 'y' }), behind),
      ];
      expect(await Promise.all(calls.map(code))).toEqual(['no fault', 'journal.stale-plan', 'no fault', 'journal.stale-plan']);
      expect((await journal.counts()).messages).toMatchObject({ received: 2, planned: 2 });
      // The stored message of an earlier number that is planned late teaches all the same.
      const { seq } = await journal.append(newMessage('5'));
      const [early, late] = [await plan(['DOC|9'], [about('9')]), await plan(['DOC|9'], [about('9')])];
      await journal.accept(newMessage('6'), late);
      expect(await code(journal.plan(seq, early))).toBe('journal.stale-plan');
      await journal.plan(seq, await plan(['DOC|9']));
      expect(await code(journal.accept(newMessage('2'), await plan(['ID|a|1', 'DOC|1'])))).toBe('no fault');
    });

    test('one call that fails after it has written spoils no other of its transaction', async () => {
      const trace = crypto.randomUUID();
      const calls = [journal.accept(newMessage('1', { trace }), newPlan()), journal.accept(newMessage('2', { trace }), newPlan()), journal.append(newMessage('3'))];
      expect(await Promise.all(calls.map(code))).toEqual(['no fault', 'journal.misuse', 'no fault']);
      expect((await journal.messages({}, 10)).map(({ seq }) => seq)).toEqual([2, 1]);
    });

    test('what is held in doubt, and released, is still in doubt', async () => {
      const { deliveries } = await journal.accept(newMessage('1'), newPlan());
      const id = deliveries[0]!.id;
      await journal.begin([id], 3_000);
      await journal.settle(id, { at: 5_000, receipt: { kind: 'held', fault: 'deliver.prepare-failed' }, next: { state: 'held', inDoubt: true }, reason: 'deliver.prepare-failed' }, []);
      await journal.move(id, 'waiting', { code: 'deliver.released', by: 'nadia', text: 'vu', at: 6_000 }, []);
      expect(await journal.delivery(id)).toMatchObject({ state: 'waiting', inDoubt: true });
    });
    test('an attempt keeps what its fault is about and the partner’s own code, as long as the payloads', async () => {
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan());
      const [id, remote] = [one!.id, { code: 'DMPClosed', label: 'DMP fermé' }];
      await journal.begin([id], 3_000);
      await journal.settle(id, { at: 4_000, receipt: { kind: 'busy', fault: 'journal.io', args: ['disk'] }, next: { state: 'waiting', notBefore: 0, inDoubt: false }, reason: 'journal.io' }, []);
      await journal.begin([id], 5_000);
      await journal.settle(id, { at: 6_000, receipt: { kind: 'refused', fault: 'journal.io', args: ['a', 'b'], remote, raw: 'x' }, next: { state: 'refused' }, reason: 'journal.io' }, []);
      expect((await journal.delivery(id))?.attemptsMade.map(({ said }) => said)).toEqual([{ args: ['disk'], remote: null }, { args: ['a', 'b'], remote }]);
      expect(await journal.retain({ payloadsBefore: 100_000, messagesBefore: 0 })).toMatchObject({ kept: 0 });
    });
    test('a delivery goes from waiting to delivered, with the business acknowledgement it causes', async () => {
      const { seq, deliveries } = await journal.accept(newMessage('1'), newPlan());
      const id = deliveries[0]!.id;
      expect(await journal.waiting('region', 0, 10)).toEqual(deliveries);
      expect(await journal.waiting('region', id, 10)).toEqual([]);
      await journal.begin([id], 3_000);
      expect(await journal.waiting('region', 0, 10)).toEqual([]);
      expect(await journal.delivery(id)).toMatchObject({ state: 'sending', attempts: 1, attemptsMade: [{ n: 1, startedAt: 3_000, endedAt: null }] });
      expect(await code(journal.begin([id], 3_000))).toBe('journal.not-waiting');
      expect(await journal.settle(id, again(7_000, true), [])).toEqual([]);
      expect(await journal.delivery(id)).toMatchObject({ state: 'waiting', notBefore: 7_000, inDoubt: true, attemptsMade: [{ n: 1, endedAt: 5_000, outcome: 'unknown', fault: 'journal.io', raw: 'peer said DUPONT' }] });
      await journal.begin([id], 7_000);
      const [zam] = await journal.settle(id, delivered(), [{ delivery: delivery({ destination: 'labo-zam', system: 'hl7v2' }) }]);
      expect(await journal.delivery(id)).toMatchObject({ state: 'delivered', remoteId: 'Bundle/1', inDoubt: false });
      expect(await journal.delivery(zam!)).toMatchObject({ seq, destination: 'labo-zam', lane: deliveries[0]!.lane, state: 'waiting' });
      expect(await code(journal.settle(id, delivered(), []))).toBe('journal.final');
      expect(await code(journal.begin([id, zam!], 1))).toBe('journal.not-waiting');
      expect((await journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1 });
      expect(await journal.delivery(77)).toBeNull();
      expect(await code(journal.begin([77], 1))).toBe('journal.unknown');
    });

    test('ids of deliveries follow the order of the messages, not of their plans', async () => {
      const first = await journal.append(newMessage('1'));
      const second = await journal.accept(newMessage('2'), newPlan());
      const late = await journal.plan(first.seq, newPlan());
      expect((await journal.waiting('region', 0, 10)).map(({ id }) => id)).toEqual([late.deliveries[0]!.id, second.deliveries[0]!.id]);
      expect((await journal.firstWaiting('region', [late.deliveries[0]!.lane], null))?.id).toBe(late.deliveries[0]!.id);
      expect(await journal.firstWaiting('region', [late.deliveries[0]!.lane], 'another mailbox')).toBeNull();
    });

    test('a mailbox has an opaque name of its own', async () => {
      const to = (recipient: string) => delivery({ destination: 'mss', system: 'mssante', recipient });
      const { deliveries: [a, b, c] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [to('a@x.mssante.fr'), to('b@x.mssante.fr'), to('a@x.mssante.fr')] }));
      expect(a!.recipient).toBe(c!.recipient);
      expect(a!.recipient).not.toBe(b!.recipient);
      expect(a!.recipient).not.toContain('mssante');
      expect((await journal.firstWaiting('mss', [b!.lane], b!.recipient))?.id).toBe(b!.id);
      expect((await journal.delivery(b!.id))?.planned.recipient).toBe('b@x.mssante.fr');
    });

    test('an envelope is frozen once', async () => {
      const { deliveries } = await journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope: null }), delivery()] }));
      const [open, made] = deliveries.map(({ id }) => id);
      expect(deliveries.map(({ hasEnvelope }) => hasEnvelope)).toEqual([false, true]);
      await journal.freeze(open!, { steps: [{ name: 'mllp', meta: { controlId: 'P1' }, body: [bytes('MSH')] }] }, bytes('answers'));
      const full = await journal.delivery(open!);
      expect(text(full?.answers)).toBe('answers');
      expect(full).toMatchObject({ hasEnvelope: true, correlation: 'P1', envelope: { steps: [{ name: 'mllp' }] } });
      expect(await journal.correlated('P1')).toBe(open);
      expect(await journal.correlated('P1', full?.seq)).toBeNull();
      expect(await code(journal.freeze(made!, { steps: [] }, null))).toBe('journal.frozen');
      await journal.renew(open!, bytes('asked anew'));
      const renewed = await journal.delivery(open!);
      expect([text(renewed?.answers), renewed?.envelope]).toEqual(['asked anew', full?.envelope]);
      await journal.move(open!, 'abandoned', { code: 'journal.repeat', by: 'alice', text: 'test', at: 1 }, []);
      expect(await code(journal.freeze(open!, { steps: [] }, null))).toBe('journal.final');
      expect(await code(journal.renew(open!, bytes('late')))).toBe('journal.final');
    });

    test('persons and gates move deliveries, but not what is final or under way', async () => {
      const { deliveries: [first], seq } = await journal.accept(newMessage('1'), newPlan());
      const move = (to: 'held' | 'waiting' | 'abandoned' | 'refused') => journal.move(first!.id, to, { code: 'journal.final', by: 'alice', text: 'why', at: 6_000, factsUpTo: 4 }, []);
      await move('held');
      expect(await journal.held({ destination: 'region' }, 10)).toMatchObject([{ id: first!.id, state: 'held', reason: 'journal.final', factsUpTo: 4 }]);
      expect((await journal.held({ lanes: [first!.lane] }, 10)).map(({ id }) => id)).toEqual([first!.id]);
      expect(await journal.held({ lanes: [first!.lane], after: first!.id }, 10)).toEqual([]);
      await move('waiting');
      await journal.begin([first!.id], 7_000);
      expect(await code(move('held'))).toBe('journal.in-flight');
      await journal.settle(first!.id, again(0, false), []);
      await move('abandoned');
      expect(await code(move('waiting'))).toBe('journal.final');
      expect((await journal.events(seq)).map(({ kind, delivery: id }) => [kind, id])).toEqual([['moved', first!.id], ['moved', first!.id], ['moved', first!.id]]);
      expect((await journal.counts()).deliveries).toMatchObject({ planned: 1, abandoned: 1, waiting: 0, held: 0 });
    });

    test('what is final may be made again beside the old row, not what is under way', async () => {
      const { deliveries: [first], lane } = await journal.accept(newMessage('1'), newPlan());
      const replay = () => journal.replay(first!.id, { code: 'journal.io', by: 'alice', text: 'why', at: 8_000 }, { delivery: delivery({ content: { n: 2 } }) });
      expect(await code(replay())).toBe('journal.not-final');
      await journal.begin([first!.id], 3_000);
      await journal.settle(first!.id, delivered(), []);
      const [made] = await replay();
      expect(await journal.delivery(made!)).toMatchObject({ seq: first!.seq, lane, state: 'waiting', attempts: 0, planned: { content: { n: 2 } } });
      expect(await journal.delivery(first!.id)).toMatchObject({ state: 'delivered', planned: { content: { n: 1 } } });
      expect((await journal.events(first!.seq)).map(({ kind }) => kind)).toEqual(['replayed']);
    });

    test('of two deliveries that go under one id, a notice is about the one that was tried', async () => {
      const envelope = { steps: [{ name: 'mail', meta: { controlId: 'token' }, body: [bytes('mail')] }] };
      const { deliveries: [tried, later] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope }), delivery({ envelope })] }));
      expect(await journal.correlated('token')).toBe(later!.id);
      await journal.begin([tried!.id], 3_000);
      expect(await journal.correlated('token')).toBe(tried!.id);
    });

    test('a notice closes only what was tried, at a destination of its sender', async () => {
      const envelope = { steps: [{ name: 'relay', meta: { controlId: '1' }, body: [bytes('MSH')] }] };
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope })] }));
      const notice = async (controlId: string, ...destinations: string[]) => (await journal.accept(newMessage(controlId, { source: 'autre' }),
        newPlan({ disposition: 'consumed', deliveries: [], identities: [], settlements: [{ correlation: '1', destinations, outcome: 'delivered', reason: { code: 'journal.io' } }] }))).settled;
      expect(await notice('2', 'region')).toEqual([]);
      await journal.begin([one!.id], 3_000);
      expect(await notice('3', 'elsewhere')).toEqual([]);
      expect(await notice('4')).toEqual([]);
      expect(await journal.delivery(one!.id)).toMatchObject({ state: 'sending' });
      expect(await notice('5', 'elsewhere', 'region')).toEqual([one!.id]);
    });

    test('a notice settles what was submitted, a later good one overrides a bad one, and overdue ones are found', async () => {
      const submit = async (controlId: string, correlation: string) => {
        const { deliveries: [one] } = await journal.accept(newMessage(controlId), newPlan());
        await journal.begin([one!.id], 3_000);
        await journal.settle(one!.id, submitted(correlation), []);
        return one!.id;
      };
      const [a, b] = [await submit('1', '<a@x>'), await submit('2', '<b@x>')];
      expect(await journal.correlated('<a@x>')).toBe(a);
      expect(await journal.overdue(8_999, 10)).toEqual([]);
      expect((await journal.overdue(9_000, 10)).map(({ id }) => id)).toEqual([a, b]);
      const notice = (controlId: string, correlation: string, outcome: 'delivered' | 'refused') =>
        journal.accept(newMessage(controlId), newPlan({ disposition: 'consumed', ack: null, deliveries: [], settlements: [{ correlation, destinations: ['region'], outcome, reason: { code: 'journal.io' } }] }));
      expect((await notice('3', '<a@x>', 'refused')).settled).toEqual([a]);
      expect((await notice('4', '<a@x>', 'delivered')).settled).toEqual([a]);
      expect((await notice('5', '<a@x>', 'refused')).settled).toEqual([]);
      expect((await notice('6', '<nobody@x>', 'refused')).settled).toEqual([]);
      expect((await journal.delivery(a))?.state).toBe('delivered');
      expect((await journal.overdue(9_000, 10)).map(({ id }) => id)).toEqual([b]);
      await journal.settle(b, delivered(), []);
      expect((await journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 2, submitted: 0 });
    });

    test('a notice decided on what a delivery was closes it, with what it causes; on what it no longer is, it is refused', async () => {
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan());
      const was = { state: 'sending', reason: 'journal.repeat', askers: 0 } as const;
      const zam = { delivery: delivery({ destination: 'labo-zam', system: 'hl7v2' }) };
      const notice = (becomes: NoticeClosing['becomes'], followUps: readonly FollowUp[] = []) =>
        newPlan({ disposition: 'consumed', ack: null, deliveries: [], identities: [], notice: { closings: [{ delivery: one!.id, code: 'notice.read', was, becomes, followUps, detail: '{}' }], unapplied: [] } });
      expect(await code(journal.accept(newMessage('2'), notice(null)))).toBe('journal.stale-plan');
      await journal.begin([one!.id], 3_000);
      expect((await journal.accept(newMessage('3'), notice(null))).settled).toEqual([]);
      const written = await journal.accept(newMessage('4'), notice({ state: 'delivered', reason: 'notice.read' }, [zam]));
      expect(written).toMatchObject({ settled: [one!.id], deliveries: [{ seq: one!.seq, lane: one!.lane, destination: 'labo-zam', state: 'waiting' }] });
      expect(await journal.delivery(one!.id)).toMatchObject({ state: 'delivered', reason: 'notice.read' });
      // Two at once: the second is judged on what the first left.
      const again = notice({ state: 'refused', reason: 'notice.failed' });
      expect(await code(journal.accept(newMessage('5'), again))).toBe('journal.stale-plan');
      expect((await journal.events(one!.seq)).map(({ kind }) => kind)).toEqual(['noticed', 'noticed']);
      expect((await journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1 });
      expect(await journal.verify()).toEqual([]);
    });

    test('a notice that overtakes the answer of its attempt stands', async () => {
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ envelope: { steps: [{ name: 'm', meta: { controlId: 'P1' }, body: [] }] } })] }));
      await journal.begin([one!.id], 3_000);
      await journal.accept(newMessage('2'), newPlan({ disposition: 'consumed', deliveries: [], settlements: [{ correlation: 'P1', destinations: ['region'], outcome: 'refused', reason: { code: 'journal.io' } }] }));
      expect(await journal.settle(one!.id, delivered(), [{ delivery: delivery() }])).toEqual([]);
      expect(await journal.delivery(one!.id)).toMatchObject({ state: 'refused', attemptsMade: [{ n: 1, outcome: 'delivered' }] });
    });

    test('earlier deliveries about the same series that are not final', async () => {
      const about = (series: string, destination = 'region') => delivery({ series: [series], destination });
      const { deliveries: [a, b] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [about('DOC|1'), about('DOC|1', 'dmp')] }));
      const { deliveries: [c, d] } = await journal.accept(newMessage('2'), newPlan({ deliveries: [about('DOC|2'), about('DOC|3')] }));
      expect(await journal.unfinished('region', null, ['DOC|1', 'DOC|2'], d!.id)).toEqual([a!.id, c!.id]);
      expect(await journal.unfinished('region', null, ['DOC|1', 'DOC|2'], c!.id)).toEqual([a!.id]);
      expect(await journal.unfinished('dmp', null, ['DOC|1'], d!.id)).toEqual([b!.id]);
      await journal.begin([a!.id], 1);
      await journal.settle(a!.id, delivered(), []);
      expect(await journal.unfinished('region', null, ['DOC|1'], d!.id)).toEqual([]);
    });

    test('who asks for a delivery that is open is told how it ends, and none that asks meanwhile is forgotten', async () => {
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan());
      const was = { state: 'waiting', reason: 'journal.repeat' } as const;
      const asks = (answer: unknown, found: { state: 'waiting' | 'delivered'; reason: string } = was) => newPlan({ deliveries: [], askers: [{ delivery: one!.id, was: found, answer }] });
      const second = await journal.accept(newMessage('2', { trace: 'trace 2' }), asks({ controlId: 'B' }));
      await journal.begin([one!.id], 3_000);
      await reopen();
      await journal.recover();
      expect((await journal.delivery(one!.id))?.askers).toEqual([{ seq: second.seq, trace: 'trace 2', answer: { controlId: 'B' } }]);
      expect((await journal.delivery(one!.id))?.state).toBe('waiting');
      await journal.begin([one!.id], 3_000);
      const third = await journal.append(newMessage('3', { trace: 'trace 3' }));
      await journal.plan(third.seq, asks({ controlId: 'C' }, was));
      expect(await code(journal.settle(one!.id, { ...delivered(), askers: 1 }, []))).toBe('journal.asked-since');
      expect((await journal.delivery(one!.id))?.state).toBe('sending');
      await journal.settle(one!.id, { ...again(4_000, false), askers: 0 }, []);
      const reason = { code: 'journal.io', by: 'a', text: 'b', at: 1 };
      expect(await code(journal.move(one!.id, 'abandoned', { ...reason, askers: 1 }, []))).toBe('journal.asked-since');
      await journal.move(one!.id, 'held', reason, []);
      const zam = delivery({ destination: 'labo-zam', system: 'hl7v2' });
      const born = await journal.settle(one!.id, { ...delivered(), askers: 2 }, [{ delivery: zam }, { delivery: zam, seq: second.seq }, { delivery: zam, seq: third.seq }, { delivery: zam, seq: 99 }]);
      const told = await Promise.all(born.map(async (id) => { const made = await journal.delivery(id); return [made?.seq, made?.trace, made?.lane === one!.lane]; }));
      expect(told).toEqual([[one!.seq, one!.trace, true], [second.seq, 'trace 2', true], [third.seq, 'trace 3', true], [one!.seq, one!.trace, true]]);
      const [replayed] = await journal.replay(one!.id, reason, { delivery: delivery() });
      expect((await journal.delivery(replayed!))?.askers.map(({ seq }) => seq)).toEqual([second.seq, third.seq]);
      await journal.move(replayed!, 'abandoned', { ...reason, askers: 2 }, []);
    });

    test('who asks for a delivery that has ended since, or was told otherwise, has its plan made again', async () => {
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan());
      const asks = (state: 'waiting' | 'delivered', reason: string) => newPlan({ deliveries: [], askers: [{ delivery: one!.id, was: { state, reason }, answer: {} }] });
      expect(await code(journal.accept(newMessage('2'), asks('delivered', 'deliver.ok')))).toBe('journal.stale-plan');
      await journal.begin([one!.id], 3_000);
      await journal.settle(one!.id, delivered(), []);
      expect(await code(journal.accept(newMessage('2'), asks('waiting', 'journal.repeat')))).toBe('journal.stale-plan');
      expect(await code(journal.accept(newMessage('2'), asks('delivered', 'deliver.no-notice')))).toBe('journal.stale-plan');
      await journal.accept(newMessage('2'), asks('delivered', 'deliver.ok'));
      const was = { state: 'delivered', reason: 'deliver.ok' } as const;
      const notice = (askers: number) => newPlan({ disposition: 'consumed', ack: null, deliveries: [], identities: [], notice: { closings: [{ delivery: one!.id, code: 'notice.read', was: { ...was, askers }, becomes: null, followUps: [], detail: '{}' }], unapplied: [] } });
      expect(await code(journal.accept(newMessage('3'), notice(0)))).toBe('journal.stale-plan');
      await journal.accept(newMessage('3'), notice(1));
    });

    test('a delivery of several documents is found by each of them, in its own mailbox', async () => {
      const about = (recipient: string | null, ...series: string[]) => delivery({ series, recipient });
      const { deliveries: [a, b] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [about(null, 'DOC|1', 'DOC|2', 'DOC|3'), about('a@x.mssante.test', 'DOC|2', 'DOC|1')] }));
      expect((await journal.delivery(a!.id))?.planned.series).toEqual(['DOC|1', 'DOC|2', 'DOC|3']);
      for (const one of ['DOC|1', 'DOC|2', 'DOC|3']) expect(await journal.unfinished('region', null, [one], Number.MAX_SAFE_INTEGER)).toEqual([a!.id]);
      expect(await journal.unfinished('region', b!.recipient, ['DOC|1', 'DOC|2', 'DOC|3'], Number.MAX_SAFE_INTEGER)).toEqual([b!.id]);
      expect(await journal.unfinished('region', null, ['DOC|2'], a!.id)).toEqual([]);
      expect(await journal.unfinished('dmp', null, ['DOC|2'], Number.MAX_SAFE_INTEGER)).toEqual([]);
      await journal.move(a!.id, 'abandoned', { code: 'journal.io', by: 'a', text: 'b', at: 1 }, []);
      expect(await journal.unfinished('region', null, ['DOC|1', 'DOC|2', 'DOC|3'], Number.MAX_SAFE_INTEGER)).toEqual([]);
    });

    test('a mail waits for the earlier ones of its own mailbox only, and for none that the operator has taken', async () => {
      const about = (series: string, recipient: string) => delivery({ destination: 'mss', system: 'mssante', series: [series], recipient });
      const { deliveries: [a, b] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [about('DOC|1', 'a@x.mssante.test'), about('DOC|1', 'b@x.mssante.test')] }));
      const { deliveries: [c] } = await journal.accept(newMessage('2'), newPlan({ deliveries: [about('DOC|2', 'a@x.mssante.test')] }));
      expect(c!.recipient).toBe(a!.recipient);
      expect(c!.recipient).not.toBe(b!.recipient);
      expect(await journal.unfinished('mss', c!.recipient, ['DOC|1'], c!.id)).toEqual([a!.id]);
      await journal.begin([a!.id], 1);
      expect(await journal.unfinished('mss', c!.recipient, ['DOC|1'], c!.id)).toEqual([a!.id]);
      await journal.settle(a!.id, submitted('c1'), []);
      expect(await journal.unfinished('mss', c!.recipient, ['DOC|1'], c!.id)).toEqual([]);
    });

    test('facts are followed through links, and known as of a message', async () => {
      const identity = (...keys: string[]): Fact => ({ kind: 'identity', keys, birthDate: null, sex: null, statuses: [] });
      const consent: Fact = { kind: 'consent', keys: ['ID|c|3'], establishments: ['E'], alimentation: 'IO', consultation: null, at: null };
      const teach = async (controlId: string, fact: Fact, identities: string[]) => (await journal.accept(newMessage(controlId), newPlan({ facts: [fact], identities, deliveries: [] }))).seq;
      const s1 = await teach('1', identity('ID|a|1', 'ID|b|2'), ['ID|a|1', 'ID|b|2']);
      const s2 = await teach('2', consent, ['ID|c|3']);
      expect((await journal.facts(['ID|a|1'])).known.map(({ seq }) => seq)).toEqual([s1]);
      const s3 = await teach('3', { kind: 'merge', keys: ['ID|b|2', 'ID|c|3'], at: null }, ['ID|b|2']);
      await reopen();
      const all = await journal.facts(['ID|a|1']);
      expect(all.known.map(({ seq }) => seq)).toEqual([s1, s2, s3]);
      expect(all.known[1]?.fact).toEqual(consent);
      expect(all.upTo).toBe(s3);
      expect(await journal.facts(['ID|a|1'], s3)).toMatchObject({ upTo: s2, known: [{ seq: s1 }] });
      expect((await journal.facts(['ID|nobody|9'])).known).toEqual([]);
    });

    test('links and merges join lanes; the last fact of a lane is known', async () => {
      const lanes = async (controlId: string, identities: string[], facts: Fact[] = [], factsUpTo = 0) => (await journal.accept(newMessage(controlId), newPlan({ identities, facts, factsUpTo }))).deliveries[0]!;
      const a = await lanes('1', ['ID|a|1']);
      const b = await lanes('2', ['ID|b|2']);
      expect(a.lane).not.toBe(b.lane);
      expect(await lanes('3', ['ID|a|1'])).toMatchObject({ lane: a.lane });
      const none = [await lanes('4', []), await lanes('5', [])];
      expect(none[0]!.lane).toBe(none[1]!.lane);
      expect((await journal.lane(b.lane)).factSeq).toBe(0);
      const merge = await lanes('6', ['ID|b|2'], [{ kind: 'merge', keys: ['ID|b|2', 'ID|a|1'], at: null }]);
      await reopen();
      const joined = await journal.lane(a.lane);
      expect(joined).toEqual(await journal.lane(b.lane));
      expect([...joined.members].sort()).toEqual([a.lane, b.lane].sort());
      expect(joined.factSeq).toBe(merge.seq);
      const unaware = await lanes('7', ['ID|a|1'], [], 5);
      const aware = await lanes('8', ['ID|a|1'], [], 7);
      expect([unaware.factsUpTo, aware.factsUpTo]).toEqual([5, aware.seq]);
    });

    test('a plan that comes late makes gates of later messages look again', async () => {
      const { seq } = await journal.append(newMessage('1'));
      const { deliveries: [later] } = await journal.accept(newMessage('2'), newPlan({ identities: ['ID|a|1'], factsUpTo: 1 }));
      await journal.plan(seq, newPlan({ identities: ['ID|a|1'], facts: [{ kind: 'consent', keys: ['ID|a|1'], establishments: ['E'], alimentation: 'IO', consultation: null, at: null }] }));
      expect((await journal.lane(later!.lane)).factSeq).toBeGreaterThan(later!.factsUpTo);
    });

    test('messages are found by business keys and listed by filters, newest first', async () => {
      const a = await journal.accept(newMessage('1'), newPlan({ keys: [{ kind: 'patient', value: '42' }, { kind: 'visit', value: 'V1' }] }));
      const b = await journal.accept(newMessage('2', { source: 'pharmacie', receivedAt: 2_000 }), newPlan({ keys: [{ kind: 'patient', value: '42' }], deliveries: [delivery({ destination: 'dmp', state: 'held' })] }));
      const c = await journal.append(newMessage('3', { receivedAt: 3_000 }));
      expect(await journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([b.seq, a.seq]);
      expect(await journal.search({ kind: 'patient', value: '42' }, 1)).toEqual([b.seq]);
      expect(await journal.search({ kind: 'visit', value: '42' }, 10)).toEqual([]);
      expect(await journal.search({ kind: 'control', value: '3' }, 10)).toEqual([c.seq]);
      const list = async (filter: Parameters<Journal['messages']>[0]) => (await journal.messages(filter, 10)).map(({ seq }) => seq);
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
      await journal.repeated(a.seq, 1);
      expect(await list({ disposition: 'repeated' })).toEqual([a.seq]);
      await journal.note({ seq: a.seq, delivery: null, at: 9, stage: 'operate', kind: 'preview', detail: 'same' });
      expect(await journal.events(a.seq)).toMatchObject([{ kind: 'repeated' }, { seq: a.seq, delivery: null, at: 9, stage: 'operate', kind: 'preview', detail: 'same' }]);
    });

    test('after a crash: attempts are doubts, messages without plan come back oldest first, who crashed too often is set aside', async () => {
      const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan());
      await journal.begin([one!.id], 3_000);
      const a = await journal.append(newMessage('2'));
      const b = await journal.append(newMessage('3'));
      await reopen();
      const first = await journal.recover();
      expect(first.unplanned.map(({ seq, crashes }) => [seq, crashes])).toEqual([[a.seq, 1], [b.seq, 1]]);
      expect(text(first.unplanned[0]?.bytes)).toBe('MSH|^~\\&|LABO|2');
      expect(first).toMatchObject({ inDoubt: 1, quarantined: [] });
      expect(await journal.delivery(one!.id)).toMatchObject({ state: 'waiting', inDoubt: true, attempts: 1, attemptsMade: [{ n: 1, startedAt: 3_000, endedAt: null, outcome: null }] });
      const c = await journal.append(newMessage('4'));
      expect(await journal.recover()).toEqual({ unplanned: [], quarantined: [], inDoubt: 0 });
      await journal.plan(b.seq, newPlan());
      await reopen();
      const second = await journal.recover();
      expect(second.quarantined).toEqual([a.seq]);
      expect(second.unplanned.map(({ seq }) => seq)).toEqual([c.seq]);
      expect(await journal.message({ seq: a.seq })).toMatchObject({ disposition: 'quarantined' });
      await journal.quarantine(newMessage('5'), 'a worker died');
      expect(await journal.answerOf('labo', '5', bytes('digest of 5'))).toEqual({ kind: 'new' });
      expect((await journal.counts()).messages).toEqual({ received: 5, planned: 2, rejected: 0, consumed: 0, repeated: 0, quarantined: 2, pipeline: 1 });
    });

    test('who is set aside after its first answer is told by deliveries, once it is set aside too', async () => {
      const told = [delivery({ destination: 'labo-answers', envelope: null })];
      const { seq } = await journal.append(newMessage('1'));
      const { deliveries: [first] } = await journal.quarantine(seq, 'why', told);
      expect(first).toMatchObject({ seq, destination: 'labo-answers', state: 'waiting', source: 'labo' });
      expect(await journal.waiting('labo-answers', 0, 10)).toEqual([first]);
      expect((await journal.quarantine(seq, 'why', told)).deliveries).toMatchObject([{ id: first!.id + 1 }]);
      expect(await code(journal.quarantine(seq, 'why'))).toBe('journal.not-in-pipeline');
      expect((await journal.counts()).messages).toMatchObject({ received: 1, quarantined: 1, pipeline: 0 });
      expect((await journal.events(seq)).map(({ kind }) => kind)).toEqual(['quarantined']);
      await journal.accept(newMessage('1'), newPlan());
      expect((await journal.answerOf('labo', '1', bytes('digest of 1'))).kind).toBe('same');
    });

    test('retention forgets what is final and old, answers repeats as before, and touches nothing else', async () => {
      const document = bytes('shared '.repeat(20_000));
      const plan = () => newPlan({ documents: new Map([['d', document]]), keys: [{ kind: 'patient', value: '42' }] });
      const a = await journal.accept(newMessage('1'), plan());
      const b = await journal.accept(newMessage('2'), plan());
      await journal.begin([a.deliveries[0]!.id], 3_000);
      await journal.settle(a.deliveries[0]!.id, again(0, true), []);
      await journal.begin([a.deliveries[0]!.id], 3_000);
      await journal.settle(a.deliveries[0]!.id, delivered(), []);
      expect(await journal.retain({ payloadsBefore: 1_000, messagesBefore: 0 })).toEqual({ messages: 0, payloads: 0, segments: 0, kept: 0 });
      expect(await journal.retain({ payloadsBefore: 1_001, messagesBefore: 0 })).toMatchObject({ messages: 0, payloads: 1, kept: 1 });
      expect(await journal.message({ seq: a.seq })).toMatchObject({ bytes: null, bundle: null, record: null, disposition: 'planned' });
      expect(await journal.answerOf('labo', '1', bytes('digest of 1'))).toMatchObject({ kind: 'same', seq: a.seq });
      expect(await journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([b.seq, a.seq]);
      expect(text((await journal.message({ seq: b.seq }))?.documents.get('d'))).toBe(text(document));
      expect(await journal.verify()).toEqual([]);
      expect(await journal.retain({ payloadsBefore: 1_001, messagesBefore: 1_001 })).toMatchObject({ messages: 1, kept: 1 });
      expect(await journal.message({ seq: a.seq })).toBeNull();
      expect(await journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([b.seq]);
      expect((await journal.counts()).messages).toMatchObject({ received: 2, planned: 2 });
      expect((await journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1 });
      await reopen();
      expect((await journal.append(newMessage('9'))).seq).toBe(b.seq + 1);
    });
  });
}
