import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contract } from '../../src/operate/api/contract/all.ts';
import { openApi, openApiPath } from '../../src/operate/api/openapi.ts';
import type { Role } from '../../src/operate/api/contract/route.ts';
import { toRegion } from '../e2e/gateway.ts';
import { apiGateway, type ApiGateway, type Client } from './gateway.ts';

// Every route of the OpenAPI document a gateway gives, whoever wrote it: who may not pass is refused, and told in the audit log.

interface Operation { readonly 'x-role': string; readonly 'x-scope'?: 'rows' | { readonly source?: string; readonly destination?: string }; readonly parameters: readonly { readonly name: string; readonly in: string }[] }
interface Asked { readonly method: string; readonly path: string; readonly operation: Operation }

let now = Date.now();
let api: ApiGateway;
let asked: Asked[] = [];
const clients = new Map<Role | 'expired', Client>();
const allowed: Readonly<Record<string, readonly Role[]>> = {
  viewer: ['viewer', 'operator', 'administrator'], operator: ['operator', 'administrator'], administrator: ['administrator'], vendor: ['vendor', 'operator', 'administrator'],
  session: ['viewer', 'operator', 'administrator', 'vendor'], public: ['viewer', 'operator', 'administrator', 'vendor'],
};
const unsafe = (method: string): boolean => method !== 'GET';
/** A request that is well formed as far as the guard looks. */
const filled = (path: string, value = 'x'): string => path.replace(/\{\w+\}/g, value);
const ask = (client: Client, { method, path }: Asked, headers: Record<string, string> = {}) => client.ask(method, filled(path), unsafe(method) ? {} : undefined, { headers });
const guarded = (): Asked[] => asked.filter(({ operation }) => operation['x-role'] !== 'public');

beforeAll(async () => {
  // The pace of requests is another test's: here hundreds come at once.
  api = await apiGateway({ access: { requestsPerSecond: 1000 }, ...toRegion('http://127.0.0.1:1/fhir') }, () => now);
  clients.set('expired', await api.as('operator'));
  now += 31 * 60_000;
  for (const role of ['viewer', 'operator', 'vendor'] as const) clients.set(role, await api.as(role));
  clients.set('administrator', await api.administrator());
  const { body } = await (await api.administrator()).ask('GET', '/api/openapi.json');
  const paths = body.paths as unknown as Record<string, Record<string, Operation>>;
  asked = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
}, 60_000);
afterAll(() => api.close());

const rows = async (fault: string, who: string) => {
  const found: { act: string; objects: Record<string, string>; fault: string }[] = [];
  let cursor: number | null = null;
  for (;;) {
    const { body } = await (await api.administrator()).ask('GET', `/api/audit?limit=500&outcome=refused&who=${encodeURIComponent(who)}${cursor === null ? '' : `&cursor=${cursor}`}`);
    found.push(...(body.rows as unknown as typeof found));
    cursor = body.next as unknown as number | null;
    if (cursor === null) break;
  }
  return new Set(found.filter((row) => row.fault === fault).map(({ objects }) => objects.route));
};
const named = ({ method, path }: Asked): string => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`;

test('the document has every route of the contract, and no other', () => {
  expect(asked.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(contract.map(({ method, path }) => `${method} ${openApiPath(path)}`).sort());
  expect(asked.length).toBeGreaterThan(15);
  expect(openApi(contract, '1')).toMatchObject({ openapi: '3.1.0' });
});

test('no route takes a patient’s value in its address', () => {
  for (const { path, operation } of asked) for (const name of [path, ...operation.parameters.filter((one) => one.in !== 'header').map((one) => one.name)]) expect(name).not.toMatch(/patient|ins\b|name=|birth|nom/i);
});

describe('refused, and told', () => {
  test('nobody', async () => {
    for (const one of guarded()) expect([named(one), (await ask(api.client(), one)).body.code]).toEqual([named(one), 'api.signed-out']);
    expect([...await rows('api.signed-out', '-')].sort()).toEqual(guarded().map(named).sort());
  });

  test('a session that has ended', async () => {
    const client = clients.get('expired')!;
    for (const one of guarded()) expect([named(one), (await ask(client, one)).body.code]).toEqual([named(one), 'api.session-expired']);
    expect([...await rows('api.session-expired', 'operator-1')].sort()).toEqual(guarded().map(named).sort());
  });

  test('a session that never was', async () => {
    const client = api.client();
    client.cookie = clients.get('viewer')!.cookie.replace(/=.*/, `=${'A'.repeat(43)}`);
    for (const one of guarded()) expect([named(one), (await ask(client, one)).body.code]).toEqual([named(one), 'api.signed-out']);
  });

  test.each(['viewer', 'operator', 'vendor'] as const)('another role: %s', async (role) => {
    const closed = guarded().filter(({ operation }) => !allowed[operation['x-role']]!.includes(role));
    expect(closed.length).toBeGreaterThan(3);
    for (const one of closed) expect([named(one), (await ask(clients.get(role)!, one)).body.code]).toEqual([named(one), 'api.role']);
    const account = `${role}-${{ viewer: 2, operator: 3, vendor: 4 }[role]}`;
    expect([...await rows('api.role', account)].sort()).toEqual(closed.map(named).sort());
  });

  test('no CSRF token, another session’s, or another site', async () => {
    const administrator = await api.administrator();
    const changing = guarded().filter(({ method }) => unsafe(method));
    const good = administrator.csrf;
    for (const [headers, code] of [[{ 'x-csrf-token': '' }, 'api.csrf'], [{ 'x-csrf-token': clients.get('viewer')!.csrf }, 'api.csrf'], [{ origin: 'https://evil.test' }, 'api.other-origin'], [{ 'sec-fetch-site': 'same-site' }, 'api.other-origin']] as const) {
      for (const one of changing) expect([named(one), (await ask(administrator, one, { 'x-csrf-token': good, ...headers })).body.code]).toEqual([named(one), code]);
      administrator.csrf = good;
    }
    expect([...await rows('api.csrf', 'admin')].sort()).toEqual(changing.map(named).sort());
    expect([...await rows('api.other-origin', 'admin')].sort()).toEqual(changing.map(named).sort());
  });

  test('a source or destination out of the account’s scope does not exist, whatever is asked of it; one of some sources rules no destination', async () => {
    const scoped = asked.filter(({ operation }) => typeof operation['x-scope'] === 'object');
    expect(scoped.map(({ method }) => method)).toEqual(expect.arrayContaining(['GET', 'POST']));
    const ofSource = await api.as('operator', { sources: ['lab'] }), ofDestination = await api.as('operator', { destinations: ['region'] });
    const on = (client: Client, { method, path }: Asked, name: string) => client.ask(method, filled(path, name), unsafe(method) ? { reason: 'une demande du service' } : undefined);
    for (const one of scoped) {
      const scope = one.operation['x-scope'] as { readonly source?: string; readonly destination?: string };
      expect([named(one), (await on(scope.source === undefined ? ofDestination : ofSource, one, 'other')).body.code]).toEqual([named(one), 'api.not-found']);
      if (scope.destination !== undefined && unsafe(one.method)) expect([named(one), (await on(ofSource, one, 'region')).body.code]).toEqual([named(one), 'api.whole-destination']);
    }
    const of = (which: 'source' | 'destination') => scoped.filter(({ operation }) => (operation['x-scope'] as Record<string, string>)[which] !== undefined).map(named).sort();
    expect([[...await rows('api.not-found', ofSource.account)].sort(), [...await rows('api.not-found', ofDestination.account)].sort()]).toEqual([of('source'), of('destination')]);
  });
});

test('answers are not kept by anybody, and say so; scripts come from nowhere', async () => {
  const { headers } = await (await api.administrator()).ask('GET', '/api/session');
  expect([headers.get('cache-control'), headers.get('x-content-type-options'), headers.get('x-frame-options') ?? headers.get('content-security-policy')]).toEqual(['no-store', 'nosniff', expect.any(String)]);
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self'/);
  expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
});

test('passwords, tokens and cookies are in no log', async () => {
  const all = api.log() + JSON.stringify((await (await api.administrator()).ask('GET', '/api/audit?limit=500')).body);
  for (const client of clients.values()) for (const secret of [client.cookie.split('=')[1], client.csrf]) if (secret !== undefined && secret !== '') expect(all).not.toContain(secret);
});
