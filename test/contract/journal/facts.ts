import { expect, test } from '@jest/globals';
import type { Fact } from '../../../src/domain/fact.ts';
import { newMessage, newPlan } from '../journal-samples.ts';
import type { Subject } from './subject.ts';

/** Facts, and the lanes they join. */
export function factsContract(on: Subject): void {
  test('facts are followed through links, and known as of a message', async () => {
    const identity = (...keys: string[]): Fact => ({ kind: 'identity', keys, birthDate: null, sex: null, statuses: [] });
    const consent: Fact = { kind: 'consent', keys: ['ID|c|3'], establishments: ['E'], alimentation: 'IO', consultation: null, at: null };
    const teach = async (controlId: string, fact: Fact, identities: string[]) => (await on.journal.accept(newMessage(controlId), newPlan({ facts: [fact], identities, deliveries: [] }))).seq;
    const s1 = await teach('1', identity('ID|a|1', 'ID|b|2'), ['ID|a|1', 'ID|b|2']);
    const s2 = await teach('2', consent, ['ID|c|3']);
    expect((await on.journal.facts(['ID|a|1'])).known.map(({ seq }) => seq)).toEqual([s1]);
    const s3 = await teach('3', { kind: 'merge', keys: ['ID|b|2', 'ID|c|3'], at: null }, ['ID|b|2']);
    await on.reopen();
    const all = await on.journal.facts(['ID|a|1']);
    expect(all.known.map(({ seq }) => seq)).toEqual([s1, s2, s3]);
    expect(all.known[1]?.fact).toEqual(consent);
    expect(all.upTo).toBe(s3);
    expect(await on.journal.facts(['ID|a|1'], s3)).toMatchObject({ upTo: s2, known: [{ seq: s1 }] });
    expect((await on.journal.facts(['ID|nobody|9'])).known).toEqual([]);
  });

  test('links and merges join lanes; the last fact of a lane is known', async () => {
    const lanes = async (controlId: string, identities: string[], facts: Fact[] = [], factsUpTo = 0) => (await on.journal.accept(newMessage(controlId), newPlan({ identities, facts, factsUpTo }))).deliveries[0]!;
    const a = await lanes('1', ['ID|a|1']);
    const b = await lanes('2', ['ID|b|2']);
    expect(a.lane).not.toBe(b.lane);
    expect(await lanes('3', ['ID|a|1'])).toMatchObject({ lane: a.lane });
    const none = [await lanes('4', []), await lanes('5', [])];
    expect(none[0]!.lane).toBe(none[1]!.lane);
    expect((await on.journal.lane(b.lane)).factSeq).toBe(0);
    const merge = await lanes('6', ['ID|b|2'], [{ kind: 'merge', keys: ['ID|b|2', 'ID|a|1'], at: null }]);
    await on.reopen();
    const joined = await on.journal.lane(a.lane);
    expect(joined).toEqual(await on.journal.lane(b.lane));
    expect([...joined.members].sort()).toEqual([a.lane, b.lane].sort());
    expect(joined.factSeq).toBe(merge.seq);
    const unaware = await lanes('7', ['ID|a|1'], [], 5);
    const aware = await lanes('8', ['ID|a|1'], [], 7);
    expect([unaware.factsUpTo, aware.factsUpTo]).toEqual([5, aware.seq]);
  });

  test('a plan that comes late makes gates of later messages look again', async () => {
    const { seq } = await on.journal.append(newMessage('1'));
    const { deliveries: [later] } = await on.journal.accept(newMessage('2'), newPlan({ identities: ['ID|a|1'], factsUpTo: 1 }));
    await on.journal.plan(seq, newPlan({ identities: ['ID|a|1'], facts: [{ kind: 'consent', keys: ['ID|a|1'], establishments: ['E'], alimentation: 'IO', consultation: null, at: null }] }));
    expect((await on.journal.lane(later!.lane)).factSeq).toBeGreaterThan(later!.factsUpTo);
  });
}
