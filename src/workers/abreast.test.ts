import { describe, expect, it } from '@jest/globals';
import { abreast, together, type Steps } from './abreast.ts';

describe('jobs abreast', () => {
  const seen: string[] = [];
  function* job(name: string, steps: number, fails = 0): Steps<string> {
    for (let step = 1; step <= steps; step++) {
      seen.push(`${name}${String(step)}`);
      if (step === fails) throw new RangeError(name);
      if (step < steps) yield;
    }
    return name.toUpperCase();
  }

  it('take each step together, and say which of them runs', () => {
    seen.length = 0;
    const running: number[] = [];
    const ended = abreast([{ id: 7, steps: job('a', 3) }, { id: 8, steps: job('b', 1) }, { id: 9, steps: job('c', 2) }], (id) => running.push(id));
    expect(seen).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
    expect(running).toEqual([7, 8, 9, 7, 9, 7]);
    expect(ended).toEqual([{ id: 8, value: 'B' }, { id: 9, value: 'C' }, { id: 7, value: 'A' }]);
  });

  it('one that throws ends alone', () => {
    const ended = abreast([{ id: 1, steps: job('a', 2, 2) }, { id: 2, steps: job('b', 3) }], () => undefined);
    expect(ended).toEqual([{ id: 1, error: new RangeError('a') }, { id: 2, value: 'B' }]);
  });

  it('none is none', () => { expect(abreast([], () => undefined)).toEqual([]); });
});

it.each([
  ['up to eight', Array.from({ length: 11 }, () => 3), 8],
  ['all there are', [3, 3], 2],
  ['what is large, alone', [500, 3, 3], 1],
  ['nothing large with others', [40, 50, 500, 3], 2],
  ['none of none', [], 0],
])('together: %s', (_, sizes, expected) => { expect(together(sizes, 8, 100)).toBe(expected); });
