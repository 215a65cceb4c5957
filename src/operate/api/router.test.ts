import { afterEach, describe, expect, test } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuditFault, type Audit, type AuditEntry } from '../audit/audit.ts';
import { route } from './contract/route.ts';
import { ApiFault } from './fault.ts';
import { Limits } from './limits.ts';
import { peerOf } from './peer.ts';
import { apiRouter, type ApiPorts, type OpenSession } from './router.ts';
import { serve } from './served.ts';

const anything = Type.Record(Type.String(), Type.Unknown());
const said = { fr: '', en: '' };
const rows = route({ method: 'GET', path: '/api/rows', role: 'viewer', scope: 'rows', summary: said, query: Type.Object({ limit: Type.Optional(Type.Integer({ maximum: 10, default: 5 })) }, { additionalProperties: false }), answer: anything });
const act = route({ method: 'POST', path: '/api/deliveries/:id/release', role: 'operator', summary: said, audit: 'release', params: Type.Object({ id: Type.Integer() }), body: Type.Object({ reason: Type.String({ minLength: 3 }) }, { additionalProperties: false }), answer: anything });
const place = route({ method: 'GET', path: '/api/destinations/:name', role: 'viewer', scope: { destination: 'name' }, summary: said, params: Type.Object({ name: Type.String() }), answer: anything });
const bytes = route({ method: 'POST', path: '/api/vendor/check', role: 'vendor', summary: said, body: 'bytes', maxBytes: 2000, answer: anything });
const live = route({ method: 'GET', path: '/api/live', role: 'viewer', summary: said, answer: { events: Type.Integer() } });
const broken = route({ method: 'GET', path: '/api/broken', role: 'viewer', summary: said, answer: anything });
const own = route({ method: 'GET', path: '/api/session', role: 'session', summary: said, answer: anything });

const session = (account: string, role: OpenSession['caller']['role'], more: Partial<OpenSession> = {}): OpenSession => ({ id: `of-${account}`, caller: { account, role, organisation: null, scope: { sources: null, destinations: ['region'] } }, csrf: `token-of-${account}`, passwordMustChange: false, ...more });
const sessions: Readonly<Record<string, OpenSession | { expired: string }>> = {
  v: session('vera', 'viewer'), o: session('oscar', 'operator'), d: session('dev', 'vendor'), gone: { expired: 'vera' }, fresh: session('fred', 'operator', { passwordMustChange: true }),
};

let server: Server | null = null;
let close: (() => void) | null = null;
afterEach(async () => { close?.(); await new Promise((done) => { if (server === null) done(null); else { server.closeAllConnections(); server.close(done); } }); server = null; });

async function started(more: Partial<ApiPorts> = {}) {
  const written: AuditEntry[] = [];
  let calls = 0, begun = 0;
  const audit = { begin: () => { begun++; return begun; }, write: (entry: AuditEntry) => { written.push(entry); } } as unknown as Audit;
  const failures: string[] = [];
  const handlers = [
    serve(rows, ({ query }) => { calls++; return { limit: query.limit }; }),
    serve(act, ({ params, body }) => { calls++; if (params.id === 404) throw new ApiFault('api.not-found'); return { id: params.id, reason: body.reason }; }),
    serve(place, ({ params }) => { calls++; return { name: params.name }; }),
    serve(bytes, ({ body }) => { calls++; return { size: body.length }; }),
    serve(live, async function* () { for (let i = 0; i < 3; i++) { await Promise.resolve(); yield i; } }),
    serve(broken, () => { throw new TypeError('DUPONT^JEAN'); }),
    serve(own, ({ caller }) => ({ account: caller.account })),
  ];
  const limit = (perSecond: number, burst: number) => new Limits({ perSecond, burst }, () => 0);
  const api = apiRouter({ table: handlers, session: (token) => sessions[token] ?? null, audit, limits: { account: limit(1, 1000), address: limit(1, 1000) }, clock: () => 0, peer: peerOf([]), secure: true, failed: (named, error) => { failures.push(`${named} ${error}`); }, ...more });
  close = () => { api.close(); };
  const app = express();
  app.use(api.router);
  const listening = await new Promise<Server>((done) => { const one = app.listen(0, '127.0.0.1', () => { done(one); }); });
  server = listening;
  const ask = (method: string, path: string, token?: string, init: { body?: string; headers?: Record<string, string>; signal?: AbortSignal } = {}) => fetch(`http://127.0.0.1:${(listening.address() as AddressInfo).port}${path}`, {
    method, ...(init.signal === undefined ? {} : { signal: init.signal }), ...(init.body === undefined ? {} : { body: init.body }),
    headers: { ...(token === undefined ? {} : { cookie: `__Host-session=${token}` }), ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers },
  });
  return { ask, written, failures, calls: () => calls, begun: () => begun };
}
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code];
const release = { body: JSON.stringify({ reason: 'known patient' }), headers: { 'x-csrf-token': 'token-of-oscar' } };

describe('who may pass', () => {
  test.each([
    ['nobody', undefined, {}, 401, 'api.signed-out'], ['an unknown session', 'forged', {}, 401, 'api.signed-out'], ['an expired one', 'gone', {}, 401, 'api.session-expired'],
    ['a viewer', 'v', {}, 403, 'api.role'], ['a vendor', 'd', {}, 403, 'api.role'], ['a password to be changed', 'fresh', { headers: { 'x-csrf-token': 'token-of-fred' } }, 403, 'api.password-must-change'],
    ['no token', 'o', { headers: {} }, 403, 'api.csrf'], ['another’s token', 'o', { headers: { 'x-csrf-token': 'token-of-vera' } }, 403, 'api.csrf'],
    ['another site', 'o', { headers: { ...release.headers, origin: 'https://evil.test' } }, 403, 'api.other-origin'],
    ['another site, by its fetch metadata', 'o', { headers: { ...release.headers, 'sec-fetch-site': 'cross-site' } }, 403, 'api.other-origin'],
  ] as const)('%s: refused, audited, and the handler never called', async (_name, token, init, status, code) => {
    const { ask, written, calls } = await started();
    const answer = await ask('POST', '/api/deliveries/7/release', token, { ...release, ...init });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await codeOf(answer)).toEqual([status, code]);
    expect(written).toEqual([expect.objectContaining({ act: 'release', outcome: 'refused', fault: code, address: '127.0.0.1' })]);
    expect(calls()).toBe(0);
  });

  test('who may passes, and the act is told with its object and its reason', async () => {
    const { ask, written } = await started();
    const answer = await ask('POST', '/api/deliveries/7/release', 'o', release);
    expect([answer.status, await answer.json()]).toEqual([200, { id: 7, reason: 'known patient' }]);
    expect(written).toEqual([{ who: 'oscar', role: 'operator', organisation: null, address: '127.0.0.1', act: 'release', objects: { delivery: '7' }, reason: 'known patient', outcome: 'done', fault: null }]);
  });

  test('a one-time password opens the session’s own routes', async () => {
    const { ask } = await started();
    expect((await ask('GET', '/api/session', 'fresh')).status).toBe(200);
  });

  test('vendors, and those who help them', async () => {
    const { ask } = await started();
    expect(await (await ask('POST', '/api/vendor/check', 'd', { body: 'MSH|', headers: { 'x-csrf-token': 'token-of-dev' } })).json()).toEqual({ size: 4 });
    expect((await ask('POST', '/api/vendor/check', 'o', { body: 'MSH|', headers: { 'x-csrf-token': 'token-of-oscar' } })).status).toBe(200);
    expect(await codeOf(await ask('POST', '/api/vendor/check', 'v', { body: 'MSH|', headers: { 'x-csrf-token': 'token-of-vera' } }))).toEqual([403, 'api.role']);
    expect(await codeOf(await ask('GET', '/api/rows', 'd'))).toEqual([403, 'api.role']);
  });

  test('what is out of scope does not exist', async () => {
    const { ask, written } = await started();
    expect((await ask('GET', '/api/destinations/region', 'v')).status).toBe(200);
    expect(await codeOf(await ask('GET', '/api/destinations/dmp', 'v'))).toEqual([404, 'api.not-found']);
    expect(written).toEqual([expect.objectContaining({ who: 'vera', act: 'request', objects: { route: 'GET /api/destinations/:name', destination: 'dmp' }, fault: 'api.not-found' })]);
  });

  test('only an object that may be one is in the audit log', async () => {
    const { ask, written } = await started();
    await ask('POST', '/api/deliveries/7/release');
    await ask('POST', '/api/deliveries/DUPONT%5EJEAN/release', 'v');
    await ask('POST', '/api/deliveries/DUPONT%5EJEAN/release', 'o', release);
    expect(written.map(({ objects }) => objects.delivery)).toEqual(['7', undefined, undefined]);
  });

  test('the same refusal again is counted, not written again', async () => {
    const { ask, written } = await started();
    for (let i = 0; i < 5; i++) await ask('GET', '/api/rows');
    expect(written).toHaveLength(1);
    close?.();
    expect(written.at(1)?.objects.times).toBe('4');
  });

  test('an account has six streams open at most; one that ends gives its place back', async () => {
    const stop = new AbortController();
    const endless = serve(live, async function* ({ signal }) { yield 0; await new Promise((done) => { signal.addEventListener('abort', done); }); });
    const { ask } = await started({ table: [endless] });
    for (let i = 0; i < 6; i++) expect((await ask('GET', '/api/live', 'v', i === 0 ? { signal: stop.signal } : {})).status).toBe(200);
    expect(await codeOf(await ask('GET', '/api/live', 'v'))).toEqual([429, 'api.too-many']);
    expect((await ask('GET', '/api/live', 'o')).status).toBe(200);
    stop.abort();
    let status = 0;
    for (let i = 0; i < 100 && status !== 200; i++) { await new Promise((go) => { setTimeout(go, 10); }); ({ status } = await ask('GET', '/api/live', 'v')); }
    expect(status).toBe(200);
  });

  test('too fast: 429 with the time to wait', async () => {
    const { ask } = await started({ limits: { account: new Limits({ perSecond: 1, burst: 2 }, () => 0), address: new Limits({ perSecond: 1, burst: 3 }, () => 0) } });
    expect([(await ask('GET', '/api/rows', 'v')).status, (await ask('GET', '/api/rows', 'v')).status]).toEqual([200, 200]);
    const answer = await ask('GET', '/api/rows', 'v');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await codeOf(answer)).toEqual([429, 'api.too-many']);
  });
});

describe('what is asked', () => {
  test.each([
    ['GET', '/api/rows?limit=11', {}, 400, 'api.invalid', 'query/limit'], ['GET', '/api/rows?other=1', {}, 400, 'api.invalid', 'query'], ['POST', '/api/deliveries/x/release', release, 400, 'api.invalid', 'path/id'],
    ['POST', '/api/deliveries/1/release', { ...release, body: '{"reason":"no"}' }, 400, 'api.invalid', 'body/reason'], ['POST', '/api/deliveries/1/release', { ...release, body: '{"reason":' }, 400, 'api.invalid', 'body'],
    ['POST', '/api/deliveries/1/release', { ...release, headers: { ...release.headers, 'content-type': 'text/plain' } }, 415, 'api.not-json', 'content-type'],
    ['POST', '/api/vendor/check', { ...release, body: 'x'.repeat(2001) }, 413, 'api.too-large', undefined], ['PUT', '/api/rows', release, 405, 'api.method', undefined], ['GET', '/api/else', {}, 404, 'api.no-such-route', undefined],
    ['POST', '/api/deliveries/404/release', release, 404, 'api.not-found', undefined],
  ] as const)('%s %s → problem', async (method, path, init, status, code, where) => {
    const { ask } = await started();
    const answer = await ask(method, path, 'o', init);
    expect({ ...(await answer.json() as object), ...(where === undefined ? { place: undefined } : {}) }).toMatchObject({ status, code, ...(where === undefined ? {} : { place: where }) });
    expect(answer.status).toBe(status);
  });

  test('French unless English is asked', async () => {
    const { ask } = await started();
    expect(await (await ask('GET', '/api/rows')).json()).toMatchObject({ title: 'Connexion nécessaire', detail: 'Personne n’est connecté' });
    expect(await (await ask('GET', '/api/rows', undefined, { headers: { 'accept-language': 'en-GB,en;q=0.9' } })).json()).toMatchObject({ title: 'Sign-in needed', detail: 'Nobody is signed in' });
  });

  test('a defect says nothing of what it met', async () => {
    const { ask, failures } = await started();
    const answer = await ask('GET', '/api/broken', 'v');
    const text = await answer.text();
    expect([answer.status, text.includes('DUPONT'), failures]).toEqual([500, false, ['GET /api/broken TypeError']]);
  });

  test('a query’s text becomes what the schema says', async () => {
    const { ask } = await started();
    expect([await (await ask('GET', '/api/rows?limit=3', 'v')).json(), await (await ask('GET', '/api/rows', 'v')).json()]).toEqual([{ limit: 3 }, { limit: 5 }]);
  });

  test('events, one JSON a line', async () => {
    const { ask } = await started();
    const answer = await ask('GET', '/api/live', 'v');
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/event-stream; charset=utf-8', 'data: 0\n\ndata: 1\n\ndata: 2\n\n']);
  });

  test('an act is told before it is done; one whose end cannot be told is not told as done', async () => {
    const order: string[] = [];
    const audit = { begin: () => { order.push('begun'); return 7; }, write: (entry: AuditEntry, begun: number) => { order.push(`${entry.outcome} ${begun}`); throw new AuditFault('disk'); } } as unknown as Audit;
    const { ask, calls } = await started({ audit });
    expect(await codeOf(await ask('POST', '/api/deliveries/7/release', 'o', release))).toEqual([503, 'api.audit-unavailable']);
    expect([order, calls()]).toEqual([['begun', 'done 7'], 1]);
  });

  test('a session opened by a login that cannot be told is closed again, its cookie dropped', async () => {
    const undone: string[] = [];
    const login = route({ method: 'POST', path: '/api/session', role: 'public', summary: said, audit: 'login', body: Type.Object({}), answer: anything });
    const audit = { write: () => { throw new AuditFault('disk'); } } as unknown as Audit;
    const { ask } = await started({ audit, table: [serve(login, ({ setCookie, undo }) => { setCookie('session', 'secret'); undo(() => { undone.push('closed'); }); return {}; })] });
    const answer = await ask('POST', '/api/session', undefined, { body: '{}' });
    expect([answer.status, answer.headers.get('set-cookie'), undone]).toEqual([503, null, ['closed']]);
  });

  test.each(['{', '{}', '{"a":1}'])('nobody’s refusals are counted, whatever is wrong (%s)', async (body) => {
    const login = route({ method: 'POST', path: '/api/session', role: 'public', summary: said, audit: 'login', body: Type.Object({ account: Type.String() }), answer: anything });
    const { ask, written } = await started({ table: [serve(login, () => ({}))] });
    for (let i = 0; i < 10; i++) expect((await ask('POST', '/api/session', undefined, { body })).status).toBe(400);
    expect(written).toHaveLength(1);
  });

  test('without an audit log nothing is done', async () => {
    const audit = { begin: () => { throw new AuditFault('disk'); }, write: () => { throw new AuditFault('disk'); } } as unknown as Audit;
    const { ask, calls } = await started({ audit });
    expect(await codeOf(await ask('POST', '/api/deliveries/7/release', 'o', release))).toEqual([503, 'api.audit-unavailable']);
    expect(calls()).toBe(0);
  });
});
