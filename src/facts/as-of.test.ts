import { expect, it } from '@jest/globals';
import type { Fact, Known } from '../domain/fact.ts';
import { factsAsOf } from './as-of.ts';

const fact = (seq: number, ...keys: string[]): Known => ({ seq, fact: { kind: 'identity', keys, birthDate: null, sex: null, statuses: [] } satisfies Fact });

it('reads the person as known to the message, its documents as they are now, in the order of the messages', () => {
  const all = [fact(1, 'ID|a|1'), fact(2, 'DOC|d'), fact(6, 'ID|a|1'), fact(7, 'DOC|d')];
  const read = (keys: readonly string[], before = 100) => ({ upTo: before - 1, known: all.filter((one) => one.seq < before && one.fact.keys.some((key) => keys.includes(key))) });
  const { upTo, known } = factsAsOf(read, ['ID|a|1', 'DOC|d'], 5);
  expect([upTo, known.map(({ seq }) => seq)]).toEqual([4, [1, 2, 7]]);
});
