import { afterEach, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { TSchema } from '@sinclair/typebox';
import { ApiFault } from '../api/fault.ts';
import type { Asked, Scope, Served } from '../api/served.ts';
import type { RouteShape } from '../api/contract/route.ts';
import type { IncidentsAnswer, MaintenanceWindow } from '../api/contract/incidents.ts';
import { down, minute, start, Watched } from './alerts.fixture.ts';
import { alertRoutes } from './routes.ts';

const made: Watched[] = [];
afterEach(async () => { for (const one of made.splice(0)) await one.end(); });

const everything: Scope = { sources: null, destinations: null };
const region: Scope = { sources: null, destinations: ['region'] };
const oneSource: Scope = { sources: ['lab'], destinations: null };

/** Two destinations down, the journal's counts wrong. */
async function asked() {
  const play = new Watched();
  made.push(play);
  play.looks = { conservation: () => ['count of messages planned: 2 kept, 1 found'] };
  await play.pass(5, () => { play.breakers = [down(), down('dmp')]; });
  let ids = 0;
  const table = alertRoutes({ alerts: play.alerts, clock: () => play.now, ids: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, 'a')}`, timeZone: 'Europe/Paris', zoneOf: () => 'Europe/Paris' });
  const concerned: unknown[] = [];
  const ask = (named: string, parts: { params?: object; query?: object; body?: object; scope?: Scope } = {}): unknown => {
    const found = table.find(({ route: { method, path } }: Served) => `${method} ${path}` === named);
    if (found === undefined) throw new Error(`no ${named}`);
    const caller = { account: 'lea', role: 'operator' as const, organisation: null, scope: parts.scope ?? everything };
    const answer = found.handle({ params: parts.params ?? {}, query: parts.query ?? {}, body: parts.body, caller, language: 'fr', concerns: (what: unknown) => { concerned.push(what); } } as unknown as Asked<RouteShape>);
    if (found.route.answer !== 'nothing') {
      const check = new Ajv({ strict: false }).compile(found.route.answer as TSchema);
      expect([check(answer), check.errors]).toEqual([true, null]);
    }
    return answer;
  };
  return { play, ask, concerned };
}
const list = (answer: unknown): string[] => (answer as IncidentsAnswer).incidents.map(({ object: { name } }) => name).sort();
const refused = (work: () => unknown): string => { try { work(); return 'taken'; } catch (error) { if (error instanceof ApiFault) return error.code; throw error; } };
const window = { from: start, until: start + 600 * minute, kinds: ['breaker'], reason: 'mise à jour du partenaire' };

describe('routes of incidents', () => {
  test('an account sees what is in its scope, and the gateway’s own only when it sees all', async () => {
    const { ask } = await asked();
    expect([list(ask('GET /api/incidents')), list(ask('GET /api/incidents', { scope: region })), list(ask('GET /api/incidents', { scope: { sources: null, destinations: ['region'] } }))]).toEqual([['dmp', 'gateway', 'region'], ['region'], ['region']]);
  });

  test('who sees a part of what an incident is about is told no figure or fault of the rest', async () => {
    const { ask } = await asked();
    const textOf = (scope?: Scope) => (ask('GET /api/incidents', { query: { object: 'region' }, ...(scope === undefined ? {} : { scope }) }) as IncidentsAnswer).incidents.map(({ title, text, advice }) => ({ title, text, advice }));
    expect(textOf()[0]?.text).toContain('Dernière anomalie');
    expect(textOf(region)).toEqual(textOf());
    expect(textOf(oneSource)).toEqual([{ title: 'region ne répond plus', text: expect.stringContaining('que ce compte ne voit pas') as unknown as string, advice: expect.stringContaining('rien n’est perdu') as unknown as string }]);
  });

  test('filters and pages: each incident once', async () => {
    const { ask } = await asked();
    const names: string[] = [];
    let cursor: string | null | undefined;
    for (let i = 0; i < 5 && cursor !== null; i++) {
      const page = ask('GET /api/incidents', { query: { limit: 1, ...(cursor === undefined ? {} : { cursor }) } }) as IncidentsAnswer;
      names.push(...list(page));
      cursor = page.next;
    }
    expect([cursor, names.sort()]).toEqual([null, ['dmp', 'gateway', 'region']]);
    expect([list(ask('GET /api/incidents', { query: { kind: 'breaker', object: 'dmp', state: 'open' } })), list(ask('GET /api/incidents', { query: { state: 'closed' } }))]).toEqual([['dmp'], []]);
    expect(refused(() => ask('GET /api/incidents', { query: { cursor: 'nonsense' } }))).toBe('api.invalid');
  });

  test('one is acknowledged with a note; outside the scope it does not exist', async () => {
    const { ask, concerned } = await asked();
    const { incidents } = ask('GET /api/incidents', { query: { object: 'dmp' } }) as IncidentsAnswer;
    const id = incidents[0]?.id ?? '';
    expect(ask('POST /api/incidents/:id/acknowledge', { params: { id }, body: { note: 'le DMP est prévenu' } })).toMatchObject({ id, state: 'open', acknowledged: { by: 'lea', note: 'le DMP est prévenu' } });
    expect(concerned).toEqual([{ objects: { kind: 'breaker', destination: 'dmp' } }]);
    expect(refused(() => ask('POST /api/incidents/:id/acknowledge', { params: { id }, body: { note: 'x y z' }, scope: region }))).toBe('api.not-found');
    expect(refused(() => ask('POST /api/incidents/:id/acknowledge', { params: { id: 'none' }, body: { note: 'x y z' } }))).toBe('api.not-found');
  });

  test('what concerns a destination as a whole is not for an account of some sources', async () => {
    const { ask } = await asked();
    const { incidents } = ask('GET /api/incidents', { query: { object: 'dmp' }, scope: oneSource }) as IncidentsAnswer;
    const id = incidents[0]?.id ?? '';
    const own = ask('POST /api/maintenance-windows', { body: { ...window, objects: [{ kind: 'destination', name: 'dmp' }] } }) as MaintenanceWindow;
    expect([
      refused(() => ask('POST /api/incidents/:id/acknowledge', { params: { id }, body: { note: 'vu' }, scope: oneSource })),
      refused(() => ask('POST /api/maintenance-windows', { body: { ...window, objects: [{ kind: 'source', name: 'lab' }, { kind: 'destination', name: 'dmp' }] }, scope: oneSource })),
      refused(() => ask('DELETE /api/maintenance-windows/:id', { params: { id: own.id }, scope: oneSource })),
      refused(() => ask('POST /api/maintenance-windows', { body: { ...window, objects: [{ kind: 'source', name: 'lab' }] }, scope: oneSource })),
    ]).toEqual(['api.whole-destination', 'api.whole-destination', 'api.whole-destination', 'taken']);
  });

  test('maintenance windows: announced, shown, ended, by who sees all that they silence', async () => {
    const { ask } = await asked();
    const objects = [{ kind: 'destination', name: 'region' }];
    const own = ask('POST /api/maintenance-windows', { body: { ...window, objects }, scope: region }) as MaintenanceWindow;
    expect(own).toMatchObject({ state: 'running', by: 'lea', objects });
    expect((ask('GET /api/incidents') as IncidentsAnswer).incidents.filter(({ inMaintenance }) => inMaintenance).map(({ object: { name } }) => name)).toEqual(['region']);
    const whole = ask('POST /api/maintenance-windows', { body: { ...window, objects: [] } }) as MaintenanceWindow;
    const ofAnother = ask('POST /api/maintenance-windows', { body: { ...window, objects: [{ kind: 'destination', name: 'dmp' }] } }) as MaintenanceWindow;
    const seen = (scope?: Scope) => (ask('GET /api/maintenance-windows', scope === undefined ? {} : { scope }) as { windows: MaintenanceWindow[] }).windows.map(({ id }) => id);
    expect([seen().length, seen(region).sort()]).toEqual([3, [own.id, whole.id].sort()]);
    expect([refused(() => ask('POST /api/maintenance-windows', { body: { ...window, objects: [] }, scope: region })), refused(() => ask('POST /api/maintenance-windows', { body: { ...window, objects: [...objects, { kind: 'destination', name: 'dmp' }] }, scope: region }))]).toEqual(['api.not-found', 'api.not-found']);
    expect([refused(() => ask('DELETE /api/maintenance-windows/:id', { params: { id: whole.id }, scope: region })), refused(() => ask('DELETE /api/maintenance-windows/:id', { params: { id: ofAnother.id }, scope: region }))]).toEqual(['api.not-found', 'api.not-found']);
    ask('DELETE /api/maintenance-windows/:id', { params: { id: own.id }, scope: region });
    expect(seen(region)).toEqual([whole.id]);
    expect([refused(() => ask('POST /api/maintenance-windows', { body: { ...window, until: start - 1, objects } })), refused(() => ask('DELETE /api/maintenance-windows/:id', { params: { id: own.id } }))]).toEqual(['api.invalid', 'api.not-found']);
  });

  test('a source’s profile, and none of a source that is not configured', async () => {
    const { ask } = await asked();
    expect(ask('GET /api/sources/:name/profile', { params: { name: 'lab' } })).toMatchObject({ source: 'lab', judgedBy: 'learning', learntSince: null, timeZone: 'Europe/Paris' });
    expect(refused(() => ask('GET /api/sources/:name/profile', { params: { name: 'other' } }))).toBe('api.not-found');
  });
});
