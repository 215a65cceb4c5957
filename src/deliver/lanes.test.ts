import { describe, expect, test } from '@jest/globals';
import { Lanes } from './lanes.ts';

describe('a lane that another hand changed', () => {
  test('while it waits: ready at once', () => {
    const lanes = new Lanes();
    lanes.block(lanes.take(1, null), 60_000);
    lanes.kick('1');
    expect(lanes.takeReady(0)?.key).toBe('1');
  });

  test('while it is in hand: what its holder read may be of before, so it does not wait', () => {
    const lanes = new Lanes();
    const lane = lanes.take(1, null);
    lanes.kick('1');
    lanes.block(lane, 60_000);
    expect(lanes.takeReady(0)).toBe(lane);
    // Once: what is read now is of after.
    lanes.block(lane, 60_000);
    expect(lanes.takeReady(0)).toBeNull();
    expect(lanes.takeReady(60_000)).toBe(lane);
  });
});
