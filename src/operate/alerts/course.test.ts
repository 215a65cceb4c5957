import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Course } from './course.ts';
import { keyOf, kinds, type Condition, type Incident, type Severity } from './incident.ts';

const minute = 60_000;
const all = new Set(kinds);
const broken = (name = 'region', severity: Severity = 'warning'): Condition => ({ kind: 'breaker', subject: { kind: 'destination', name }, severity, measure: 0, facts: { fault: '' } });

/** Plays looks a minute apart and keeps what is open, as the ledger does. */
function played(waits = { openAfterMs: 2 * minute, closeAfterMs: 5 * minute }) {
  const course = new Course(waits);
  const open = new Map<string, Incident>();
  const story: string[] = [];
  return {
    open, story,
    look(now: number, conditions: readonly Condition[], judged = all): void {
      for (const change of course.step(open, conditions, judged, now)) {
        if (change.to === 'open') {
          open.set(keyOf(change.condition), { ...change.condition, id: `${story.length}`, openedAt: change.at, seenAt: now, closedAt: null, worst: {}, acknowledged: null });
          story.push(`open ${keyOf(change.condition)} at ${change.at / minute}`);
        } else if (change.to === 'close') {
          open.delete(keyOf(change.incident));
          story.push(`close ${keyOf(change.incident)} at ${change.at / minute}`);
        } else if (change.worsened) story.push(`worse ${keyOf(change.incident)}`);
      }
    },
  };
}

describe('the course of incidents', () => {
  test('what does not last is no incident', () => {
    const play = played();
    for (let i = 0; i < 20; i++) play.look(i * minute, i % 2 === 0 ? [broken()] : []);
    expect(play.story).toEqual([]);
  });

  test('it begins when it was first seen, and ends when it was first gone', () => {
    const play = played();
    for (let i = 0; i < 30; i++) play.look(i * minute, i >= 3 && i < 15 ? [broken()] : []);
    expect(play.story).toEqual(['open breaker/destination/region at 3', 'close breaker/destination/region at 15']);
  });

  test('what comes and goes is one incident', () => {
    const play = played();
    for (let i = 0; i < 100; i++) play.look(i * minute, i < 80 && i % 5 < 3 ? [broken()] : []);
    expect(play.story).toHaveLength(2);
  });

  test('a kind that could not be looked at says nothing', () => {
    const play = played();
    for (let i = 0; i < 3; i++) play.look(i * minute, [broken()]);
    for (let i = 3; i < 60; i++) play.look(i * minute, [], new Set(['disk']));
    expect(play.story).toEqual(['open breaker/destination/region at 0']);
  });

  test('a rise of severity is told, a fall is not', () => {
    const play = played({ openAfterMs: 0, closeAfterMs: 0 });
    play.look(0, [broken('a', 'warning')]);
    play.look(minute, [broken('a', 'critical')]);
    play.look(2 * minute, [broken('a', 'information')]);
    expect(play.story).toEqual(['open breaker/destination/a at 0', 'worse breaker/destination/a']);
  });

  test('whatever comes and goes, openings and ends of a matter alternate', () => {
    fc.assert(fc.property(fc.array(fc.subarray(['a', 'b', 'c']), { maxLength: 60 }), fc.nat(4), fc.nat(4), (seen, openAfter, closeAfter) => {
      const play = played({ openAfterMs: openAfter * minute, closeAfterMs: closeAfter * minute });
      seen.forEach((names, i) => { play.look(i * minute, names.map((name) => broken(name))); });
      for (const name of ['a', 'b', 'c']) {
        const own = play.story.filter((one) => one.includes(`/${name} `)).map((one) => one.split(' ')[0]);
        own.forEach((word, i) => { expect(word).toBe(i % 2 === 0 ? 'open' : 'close'); });
      }
    }));
  });
});
