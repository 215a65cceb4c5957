import { afterEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { down, minute, start, Watched } from './alerts.fixture.ts';
import { kinds } from './incident.ts';
import { tell } from './words.ts';

const made: Watched[] = [];
const watched = (...given: ConstructorParameters<typeof Watched>): Watched => { const one = new Watched(...given); made.push(one); return one; };
afterEach(async () => { for (const one of made.splice(0)) await one.end(); });

const day = 1440;
/** A laboratory's days from 08:00: a message every five minutes until 18:00, but on Sundays. */
async function live(play: Watched, days: number): Promise<void> {
  for (let i = 0; i < days * 288; i++) {
    play.now += 5 * minute;
    const date = new Date(play.now + 60 * minute);
    if (date.getUTCDay() !== 0 && date.getUTCHours() >= 8 && date.getUTCHours() < 18) play.alerts.heard('lab');
    if (i % 3 === 2) await play.alerts.look();
  }
}

describe('incidents of silence', () => {
  test('the week is learnt, kept over a restart, and its silence opens one incident that the next message closes', async () => {
    const play = watched();
    await live(play, 35);
    expect(play.alerts.incidents({}, 10)).toEqual([]);
    await play.restart();
    await live(play, 1);
    // Tuesday 10 February, 08:00: nothing comes any more.
    await play.pass(120);
    const [silent] = play.alerts.open();
    expect(silent).toMatchObject({ kind: 'silence', subject: { kind: 'source', name: 'lab' } });
    expect(tell(silent ?? never(), { language: 'fr', timeZone: 'Europe/Paris' }).text).toMatch(/^Dernier message le 10\/02\/2026 08:00 \(Europe\/Paris\) ; un message était attendu avant le 10\/02\/2026 09:\d\d/);
    // A restart is no message.
    await play.restart();
    await play.pass(30);
    expect(play.alerts.open().map(({ id }) => id)).toEqual([silent?.id]);
    play.alerts.heard('lab');
    await play.pass(10);
    expect([play.alerts.open(), play.alerts.incident(silent?.id ?? '')?.closedAt]).toEqual([[], expect.any(Number)]);
  }, 60_000);

  test('what the journal has of the weeks before is learnt at once by a gateway that knew nothing; one that knows learns nothing twice', async () => {
    const play = watched();
    expect(play.alerts.unlearnt()).toEqual({ sources: ['lab'], since: start });
    const heard = Array.from({ length: 63 * 96 }, (_, i) => start - (i + 1) * 15 * minute).flatMap((at) => {
      const hour = new Date(at + 60 * minute).getUTCHours();
      return new Date(at + 60 * minute).getUTCDay() !== 0 && hour >= 8 && hour < 18 ? [{ source: 'lab', at, messages: 3 }, { source: 'other', at, messages: 1 }] : [];
    });
    // Nothing comes this Monday morning; before, that said nothing.
    await play.pass(10);
    play.alerts.learn(heard);
    expect([play.alerts.profile('lab')?.judgedBy, play.alerts.profile('lab')?.usual[10 * 4], play.alerts.profile('lab')?.lastAt]).toEqual(['profile', 3, start - (38 * 60 + 15) * minute]);
    play.alerts.learn(heard);
    expect(play.alerts.profile('lab')?.usual[10 * 4]).toBe(3);
    await play.pass(120);
    expect(play.alerts.open()).toMatchObject([{ kind: 'silence', subject: { name: 'lab' } }]);
    await play.restart();
    expect(play.alerts.unlearnt().sources).toEqual([]);
  });

  test('a fixed delay overrides what was learnt, and nought is never', async () => {
    const play = watched(undefined, { sources: [{ id: 'lab', timeZone: 'Europe/Paris', quietAfterMinutes: 20 }, { id: 'rare', timeZone: 'Europe/Paris', quietAfterMinutes: 0 }] });
    play.alerts.heard('lab');
    play.alerts.heard('rare');
    await play.pass(18);
    expect(play.alerts.open()).toEqual([]);
    await play.pass(6);
    expect(play.alerts.open().map(({ subject: { name } }) => name)).toEqual(['lab']);
    expect([play.alerts.profile('lab')?.judgedBy, play.alerts.profile('rare')?.judgedBy, play.alerts.profile('rare')?.expectedBy, play.alerts.profile('other')]).toEqual(['delay', 'nothing', null, null]);
  });

  test('a message of a source that is not configured is nobody’s', () => {
    const play = watched();
    play.alerts.heard('unknown');
    expect(play.alerts.profile('unknown')).toBeNull();
  });

  test('its profile shows the usual week and today', async () => {
    const play = watched();
    await live(play, 30);
    const profile = play.alerts.profile('lab') ?? never();
    expect([profile.judgedBy, profile.weeks, profile.usual.length, profile.holiday, profile.quiet]).toEqual(['profile', 4, 672, false, false]);
    expect([profile.usual[10 * 4], profile.usual[3 * 4], profile.usual[6 * 96 + 40]]).toEqual([3, 0, 0]);
    expect(profile.today.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(profile.expectedBy).toBeGreaterThan(play.now);
  }, 60_000);
});
const never = (): never => { throw new Error('absent'); };

describe('incidents', () => {
  test('are kept: acknowledged with a note, over a restart, and closed with a summary of their worst', async () => {
    const play = watched();
    let age = 40;
    let waiting = true;
    play.looks = { counts: () => Promise.resolve({ messages: {} as never, deliveries: {} as never, perDestination: waiting ? [{ destination: 'region', state: 'waiting' as const, count: age, oldest: play.now - age * minute }] : [] }) };
    await play.pass(5);
    const [open = never()] = play.alerts.open();
    expect(play.alerts.acknowledge(open.id, 'lea', 'le partenaire est prévenu')?.acknowledged).toEqual({ by: 'lea', at: play.now, note: 'le partenaire est prévenu' });
    await play.pass(5, () => { age = 90; });
    await play.restart();
    await play.pass(5, () => { age = 35; });
    waiting = false;
    await play.pass(10);
    const over = play.alerts.incident(open.id) ?? never();
    expect([play.alerts.open(), over.acknowledged?.by, over.closedAt === null]).toEqual([[], 'lea', false]);
    expect(tell(over, { language: 'fr', timeZone: 'Europe/Paris' }).summary).toBe('Terminé le 05/01/2026 08:16 (Europe/Paris), après 15 min. Au pire : 90 remise(s), la plus ancienne depuis 1 h 30 min.');
    expect(tell(over, { language: 'en', timeZone: 'UTC' }).summary).toBe('Over at 05/01/2026, 07:16 (UTC), after 15 min. At worst: 90 deliveries, the oldest for 1 h 30 min.');
    expect(play.alerts.acknowledge('00000000-0000-4000-8000-00000000ffff', 'lea', 'x')).toBeNull();
  });

  test('a partner whose check fails is one, in the words of its connector, until it passes', async () => {
    const play = watched();
    let ok = false;
    play.looks = { checks: () => [{ destination: 'dmp', system: 'dmp', at: start, ok, text: ok ? 'joint' : 'certificat refusé', english: 'certificate refused', certificates: [] }, { destination: 'region', system: 'regional', at: start, ok: true, text: 'joint', certificates: [] }] };
    await play.pass(5);
    const [open = never(), ...others] = play.alerts.open();
    expect([open.kind, open.subject.name, others]).toEqual(['check', 'dmp', []]);
    expect([tell(open, { language: 'fr', timeZone: 'Europe/Paris' }).text, tell(open, { language: 'en', timeZone: 'UTC' }).text]).toEqual([expect.stringContaining('certificat refusé'), expect.stringContaining('certificate refused')]);
    ok = true;
    await play.pass(10);
    expect(play.alerts.open()).toEqual([]);
  });

  test('of one subject and kind are one at a time; a later one is another', async () => {
    const play = watched();
    await play.pass(60, (i) => { play.breakers = i % 30 < 10 ? [down(), down('dmp')] : []; });
    expect(play.alerts.incidents({}, 10).map(({ subject: { name }, closedAt }) => `${name} ${closedAt === null ? 'open' : 'closed'}`).sort()).toEqual(['dmp closed', 'dmp closed', 'region closed', 'region closed']);
    const [newest = never(), ...older] = play.alerts.incidents({ object: 'region' }, 10);
    expect(play.alerts.incidents({ object: 'region', before: newest }, 10)).toEqual(older);
    expect([play.alerts.incidents({ state: 'open' }, 10).length, play.alerts.incidents({ state: 'closed', kind: 'breaker' }, 10).length, play.alerts.incidents({ kind: 'disk' }, 10).length]).toEqual([0, 4, 0]);
  });

  test('what cannot be looked at is told once in the log, and leaves the others', async () => {
    const play = watched();
    play.looks = { counts: () => Promise.reject(Object.assign(new Error('x'), { code: 'journal.io' })), conservation: () => ['count of messages planned: 2 kept, 1 found'], freeMiB: () => 100 };
    await play.pass(10);
    expect(play.alerts.open().map(({ kind }) => kind).sort()).toEqual(['conservation', 'disk']);
    expect(play.logged.filter(({ kind }) => kind === 'alerts-failed').map(({ fields }) => fields)).toEqual([{ what: 'backlog', fault: 'journal.io' }]);
  });

  test('a damaged file is put aside, and said', async () => {
    const play = watched();
    await play.pass(4, () => { play.breakers = [down()]; });
    await play.alerts.close();
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(join(play.folder, `incidents.sqlite${suffix}`), Buffer.alloc(8192, 'x'));
    await play.restart().catch(() => undefined);
    expect(play.logged).toContainEqual({ kind: 'damaged', fields: { aside: `incidents.sqlite.damaged-${play.now}` } });
    await play.pass(1);
  });

  test('windows are kept over a restart, and can be ended', async () => {
    const play = watched();
    play.alerts.addWindow({ id: '00000000-0000-4000-8000-00000000000a', from: start, until: start + day * minute, kinds: [], subjects: [], reason: 'migration', by: 'lea' });
    await play.restart();
    expect(play.alerts.windows().map(({ reason }) => reason)).toEqual(['migration']);
    await play.pass(5, () => { play.breakers = [down()]; });
    expect(play.alerts.open().map((one) => play.alerts.inMaintenance(one))).toEqual([true]);
    expect([play.alerts.endWindow('00000000-0000-4000-8000-00000000000a'), play.alerts.endWindow('00000000-0000-4000-8000-00000000000a'), play.alerts.windows()]).toEqual([true, false, []]);
  });

  test('every kind has its words in both languages', () => {
    for (const kind of kinds) {
      for (const language of ['fr', 'en'] as const) {
        const told = tell({ kind, subject: { kind: 'destination', name: 'region' }, severity: 'warning', measure: 0, facts: {}, worst: {}, id: '', openedAt: 0, seenAt: 0, closedAt: 90_061_000, acknowledged: null }, { language, timeZone: 'UTC' });
        expect(Object.values(told).every((text) => text !== '' && !String(text).includes('undefined'))).toBe(true);
        expect(told.summary).toContain(language === 'fr' ? '1 j 1 h' : '1 d 1 h');
      }
    }
  });
});
