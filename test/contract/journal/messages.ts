import { expect, test } from '@jest/globals';
import type { Fact } from '../../../src/domain/fact.ts';
import { bytes, delivery, newMessage, newPlan, rejected, text } from '../journal-samples.ts';
import { code, type Subject } from './subject.ts';

/** Messages and their plans. */
export function messagesContract(on: Subject): void {
  test('a message and its plan come back as they were, after a restart too', async () => {
    const document = bytes('document '.repeat(20_000));
    const received = bytes(`OBX|1|ED|||^${Buffer.from(document).toString('base64')}\rNTE|é`);
    const envelope = { steps: [{ name: 'put', meta: { path: '/x' }, body: [bytes('<a>'), { document: 'd', encoding: 'base64' as const }, bytes('x'.repeat(70_000))] }] };
    const { seq, deliveries } = await on.journal.accept(newMessage('1', { bytes: received }), newPlan({ documents: new Map([['d', document]]), deliveries: [delivery({ envelope })] }));
    await on.reopen();
    const message = await on.journal.message({ seq });
    expect(text(message?.bytes)).toBe(text(received));
    expect(text(message?.ackBytes)).toBe('MSA|AA');
    expect(text(message?.bundle)).toBe('{"resourceType":"Bundle"}');
    expect(text(message?.record)).toBe('{"findings":[]}');
    expect(text(message?.documents.get('d'))).toBe(text(document));
    expect(message).toMatchObject({ seq, source: 'labo', disposition: 'planned', ack: 'AA', size: received.length, crashes: 0, plannedAt: 2_000 });
    expect(message?.deliveries).toEqual(deliveries);
    expect((await on.journal.message({ trace: message?.trace ?? '' }))?.seq).toBe(seq);
    const full = await on.journal.delivery(deliveries[0]!.id);
    const { envelope: _, ...planned } = delivery();
    expect(full?.planned).toEqual(planned);
    const body = full?.envelope?.steps[0]?.body ?? [];
    expect(text(await on.journal.body(seq, body))).toBe(`<a>${Buffer.from(document).toString('base64')}${'x'.repeat(70_000)}`);
    expect(body[1]).toEqual({ document: 'd', encoding: 'base64' });
  });

  test('bytes first, plan later: in the pipeline until then, and planned once', async () => {
    const { seq } = await on.journal.append(newMessage('1'));
    expect((await on.journal.counts()).messages).toMatchObject({ received: 1, pipeline: 1, planned: 0 });
    expect(await on.journal.answerOf('labo', '1', bytes('digest of 1'))).toEqual({ kind: 'pending', seq });
    await on.journal.plan(seq, newPlan({ documents: new Map([['d', bytes('x'.repeat(3_000))]]) }));
    expect((await on.journal.counts()).messages).toMatchObject({ received: 1, pipeline: 0, planned: 1 });
    expect(text((await on.journal.message({ seq }))?.bytes)).toBe('MSH|^~\\&|LABO|1');
    expect(await code(on.journal.plan(seq, newPlan()))).toBe('journal.not-in-pipeline');
    expect(await code(on.journal.quarantine(seq, 'why'))).toBe('journal.not-in-pipeline');
    expect(await code(on.journal.plan(99, newPlan()))).toBe('journal.unknown');
  });

  test('what was quarantined is planned again by a person, once, unless its sender sent it again and that one was taken', async () => {
    const again = { code: 'intake.replanned', by: 'lea', text: 'version corrigée', at: 3_000 };
    const { seq } = await on.journal.append(newMessage('1'));
    expect(await code(on.journal.plan(seq, newPlan(), again))).toBe('journal.not-quarantined');
    await on.journal.quarantine(seq, 'why');
    expect(await code(on.journal.plan(seq, newPlan()))).toBe('journal.not-in-pipeline');
    const planned = await on.journal.plan(seq, newPlan(), again);
    expect(planned.deliveries.map(({ state }) => state)).toEqual(['waiting']);
    expect((await on.journal.counts()).messages).toMatchObject({ received: 1, quarantined: 0, pipeline: 0, planned: 1 });
    expect((await on.journal.events(seq)).map(({ kind, detail }) => [kind, detail])).toEqual([['quarantined', 'why'], ['replanned', '{"code":"intake.replanned","by":"lea","text":"version corrigée","disposition":"planned"}']]);
    expect(await on.journal.answerOf('labo', '1', bytes('digest of 1'))).toMatchObject({ kind: 'same', seq });
    expect(await code(on.journal.plan(seq, newPlan(), again))).toBe('journal.not-quarantined');

    const other = await on.journal.quarantine(newMessage('2'), 'why');
    await on.journal.accept(newMessage('2'), newPlan());
    expect(await code(on.journal.plan(other.seq, newPlan(), again))).toBe('journal.repeat');
    expect((await on.journal.counts()).messages).toMatchObject({ received: 3, quarantined: 1, planned: 2 });
  });

  test('the switches of destinations are kept for good, in order', async () => {
    const act = (destination: string, paused: boolean, at: number) => ({ destination, paused, by: 'lea', why: 'panne', at });
    const acts = [act('region', true, 1), act('dmp', true, 2), act('region', false, 3)];
    for (const one of acts) await on.journal.switchDestination(one);
    await on.reopen();
    expect(await on.journal.switches()).toEqual(acts);
    await on.journal.switchDestination(act('dmp', false, 4));
    expect((await on.journal.switches()).length).toBe(4);
  });

  test('a text left under a name is found again, the last one only', async () => {
    expect(await on.journal.kept('head')).toBeNull();
    await on.journal.keep('head', 'one');
    await on.journal.keep('head', 'two');
    await on.reopen();
    expect([await on.journal.kept('head'), await on.journal.kept('other')]).toEqual(['two', null]);
  });

  test('exactly-once: same content gets its stored answer, other content is told, refused ids may come again', async () => {
    const { seq } = await on.journal.accept(newMessage('1'), newPlan());
    const same = await on.journal.answerOf('labo', '1', bytes('digest of 1'));
    expect(same).toMatchObject({ kind: 'same', seq });
    expect(text(same.kind === 'same' ? same.ack : null)).toBe('MSA|AA');
    expect(await on.journal.answerOf('labo', '1', bytes('other'))).toEqual({ kind: 'other', seq });
    expect(await on.journal.answerOf('pharmacie', '1', bytes('digest of 1'))).toEqual({ kind: 'new' });
    await on.journal.accept(newMessage('2'), rejected());
    expect(await on.journal.answerOf('labo', '2', bytes('digest of 2'))).toEqual({ kind: 'new' });
    expect(await on.journal.answerOf('labo', '', bytes('x'))).toEqual({ kind: 'new' });
    await on.journal.repeated(seq, 3_000);
    expect((await on.journal.counts()).messages).toMatchObject({ received: 3, planned: 1, rejected: 1, repeated: 1 });
    expect((await on.journal.events(seq)).map(({ kind }) => kind)).toEqual(['repeated']);
    expect(await code(on.journal.repeated(99, 3_000))).toBe('journal.unknown');
    on.at.now = 11_001;
    expect(await on.journal.answerOf('labo', '1', bytes('digest of 1'))).toEqual({ kind: 'new' });
  });

  test('two messages of one source and control id, taken at once: one is refused, its neighbours commit', async () => {
    const calls = [on.journal.accept(newMessage('1'), newPlan()), on.journal.accept(newMessage('1'), newPlan()), on.journal.append(newMessage('1')), on.journal.accept(newMessage('2'), newPlan())];
    expect((await Promise.all(calls.map(code)))).toEqual(['no fault', 'journal.repeat', 'journal.repeat', 'no fault']);
    expect(await code(on.journal.accept(newMessage('1'), rejected()))).toBe('no fault');
    expect((await on.journal.counts()).messages).toMatchObject({ received: 3, planned: 2, rejected: 1 });
  });

  test('a plan made before a fact about what it asked was taught is refused, and what follows it in its stream', async () => {
    const taught = async () => (await on.journal.facts([])).taught ?? NaN;
    const plan = async (keys: string[], facts: Fact[] = []) => newPlan({ facts, asked: { keys, taught: await taught() } });
    const about = (uniqueId: string): Fact => ({ kind: 'document', keys: [`DOC|${uniqueId}`], uniqueId, sha1: 'a', action: 'submit', series: uniqueId, source: 'lab', patient: [] });
    const [first, second, other, behind] = [await plan(['DOC|1'], [about('1')]), await plan(['ID|a|1', 'DOC|1'], [about('1')]), await plan(['DOC|2'], [about('2')]), await plan(['DOC|3'])];
    const calls = [
      on.journal.accept(newMessage('1', { stream: 'x' }), first), on.journal.accept(newMessage('2', { stream: 'y' }), second),
      on.journal.accept(newMessage('3', { stream: 'x' }), other), on.journal.accept(newMessage('4', { stream: 'y' }), behind),
    ];
    expect(await Promise.all(calls.map(code))).toEqual(['no fault', 'journal.stale-plan', 'no fault', 'journal.stale-plan']);
    expect((await on.journal.counts()).messages).toMatchObject({ received: 2, planned: 2 });
    // The stored message of an earlier number that is planned late teaches all the same.
    const { seq } = await on.journal.append(newMessage('5'));
    const [early, late] = [await plan(['DOC|9'], [about('9')]), await plan(['DOC|9'], [about('9')])];
    await on.journal.accept(newMessage('6'), late);
    expect(await code(on.journal.plan(seq, early))).toBe('journal.stale-plan');
    await on.journal.plan(seq, await plan(['DOC|9']));
    expect(await code(on.journal.accept(newMessage('2'), await plan(['ID|a|1', 'DOC|1'])))).toBe('no fault');
  });

  test('one call that fails after it has written spoils no other of its transaction', async () => {
    const trace = crypto.randomUUID();
    const calls = [on.journal.accept(newMessage('1', { trace }), newPlan()), on.journal.accept(newMessage('2', { trace }), newPlan()), on.journal.append(newMessage('3'))];
    expect(await Promise.all(calls.map(code))).toEqual(['no fault', 'journal.misuse', 'no fault']);
    expect((await on.journal.messages({}, 10)).map(({ seq }) => seq)).toEqual([2, 1]);
  });
}
