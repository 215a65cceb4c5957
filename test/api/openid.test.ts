import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { apiGateway, type ApiGateway, type Client } from './gateway.ts';

const script = fileURLToPath(new URL('./openid-provider.ts', import.meta.url));
let provider: ChildProcess;
let issuer = '';
let api: ApiGateway;
let now = Date.now();

/** A port that is free: the redirect address must be known to both sides before either listens. */
const freePort = (): Promise<number> => new Promise((done) => { const one = createServer().listen(0, '127.0.0.1', () => { const { port } = one.address() as { port: number }; one.close(() => { done(port); }); }); });

beforeAll(async () => {
  const port = await freePort();
  const console = `http://127.0.0.1:${port}`;
  provider = fork(script, [`${console}/api/session/openid/return`], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  issuer = await new Promise((done) => { createInterface({ input: provider.stdout! }).once('line', (line) => { done(`http://127.0.0.1:${line}`); }); });
  process.env.PASSERELLE_TEST_OPENID = 'a secret of this test only, long enough';
  api = await apiGateway({
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, { name: 'http', kind: 'http', port, roles: ['api'] }],
    sources: [{ id: 'lab', organisation: 'Labo', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'] }],
    access: {
      openid: {
        name: 'Annuaire régional', issuer, clientId: 'passerelle', clientSecret: { env: 'PASSERELLE_TEST_OPENID' }, console, scope: 'openid profile', accountClaim: 'SubjectNameID', acrValues: 'eidas1',
        roles: [
          { name: 'exploitation', claim: 'groups', value: 'exploitation', role: 'operator' },
          { name: 'lecture', claim: 'groups', value: 'lecture', role: 'viewer', organisationClaim: 'organisation' },
          { name: 'médecins du site', claim: 'SubjectRefPro.exercices.activities.siteIdentifiant', value: '990000001', role: 'viewer', sources: ['lab'] },
        ],
      },
    },
  }, () => now);
}, 60_000);
afterAll(async () => { provider.kill(); await api.close(); delete process.env.PASSERELLE_TEST_OPENID; });

/** A browser that follows redirections, with the cookies of each side, until it is back; the last address is returned without being asked. */
async function throughProvider(account: string, begin: string): Promise<string> {
  await fetch(`${issuer}/choose?account=${account}`);
  const cookies = new Map<string, string>();
  let address = begin;
  for (let i = 0; i < 10 && address.startsWith(issuer); i++) {
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const set of answer.headers.getSetCookie()) { const [pair = ''] = set.split(';'); cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)); }
    address = new URL(answer.headers.get('location') ?? 'about:blank', address).href;
  }
  return address;
}
async function begun(): Promise<{ readonly me: Client; readonly location: string }> {
  now += 60_000;
  const me = api.client();
  const start = await me.ask('GET', '/api/session/openid');
  me.cookie = start.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');
  return { me, location: start.headers.get('location') ?? '' };
}
async function signIn(account: string) {
  const { me, location } = await begun();
  const back = new URL(await throughProvider(account, location));
  const before = me.cookie;
  const answer = await me.ask('GET', `${back.pathname}${back.search}`);
  return { me, answer, back, before };
}

test('the page is told that there is a provider', async () => {
  expect((await api.client().ask('GET', '/api/session')).body).toEqual({ signedIn: false, openid: 'Annuaire régional', language: 'en' });
});

test('code, PKCE, state and nonce; a role by the person’s claims; a session like another', async () => {
  const { location } = await begun();
  const asked = new URL(location).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid profile', acr_values: 'eidas1', state: expect.any(String), nonce: expect.any(String), code_challenge: expect.stringMatching(/^[\w-]{43}$/) });
  const { me, answer } = await signIn('lea');
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
  expect(answer.headers.getSetCookie().some((set) => /^session-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/.test(set))).toBe(true);
  expect((await me.ask('GET', '/api/session')).body).toMatchObject({ signedIn: true, account: 'openid:899700218896', role: 'operator', passwordHere: false, passwordMustChange: false, organisation: null });
  expect((await me.ask('GET', '/api/accounts')).body).toMatchObject({ code: 'api.role' });
  expect((await me.ask('DELETE', '/api/session')).status).toBe(204);
});

test('an organisation from a claim, a scope by a rule, a claim inside Pro Santé Connect’s userinfo', async () => {
  expect((await (await signIn('paul')).me.ask('GET', '/api/session')).body).toMatchObject({ role: 'viewer', organisation: 'Labo' });
  expect((await (await signIn('psc')).me.ask('GET', '/api/session')).body).toMatchObject({ account: 'openid:899700218896', role: 'viewer', sources: ['lab'] });
});

test('a session of the provider’s is seen by an administrator, and closed', async () => {
  for (const account of ['openid:899700218896', 'openid:899700218904']) await (await api.administrator()).ask('POST', '/api/sessions/revoke', { account });
  const { me } = await signIn('paul');
  const administrator = await api.administrator();
  const { sessions } = (await administrator.ask('GET', '/api/sessions')).body as unknown as { sessions: { id: string; account: string; openid: boolean; role: string }[] };
  const mine = sessions.find(({ openid, role }) => openid && role === 'viewer');
  expect(mine).toMatchObject({ account: expect.stringMatching(/^openid:/), organisation: 'Labo' });
  expect((await administrator.ask('DELETE', `/api/sessions/${mine?.id ?? ''}`)).status).toBe(204);
  expect((await me.ask('GET', '/api/openapi.json')).body).toMatchObject({ code: 'api.signed-out' });
});

describe('refused, and told', () => {
  test('known to the provider, without a role here; or whose rule wants an organisation that is not said', async () => {
    for (const account of ['zoe', 'noor']) {
      const { answer, me, before } = await signIn(account);
      expect(answer).toMatchObject({ status: 403, body: { code: 'api.openid-role' } });
      me.cookie = before;
      expect((await me.ask('GET', '/api/openapi.json')).status).toBe(401);
    }
  });
  test('who says no at the provider', async () => {
    expect((await signIn('')).answer).toMatchObject({ status: 401, body: { code: 'api.openid-refused', detail: expect.stringContaining('access_denied') } });
  });
  test('a browser is told so in a page, French first, with the way back; a program by a problem', async () => {
    const { me, location } = await begun();
    const back = new URL(await throughProvider('zoe', location));
    const page = await me.ask('GET', `${back.pathname}${back.search}`, undefined, { headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'accept-language': 'en' } });
    expect([page.status, page.headers.get('content-type'), page.headers.get('content-security-policy')]).toEqual([403, 'text/html; charset=utf-8', expect.stringMatching(/^default-src 'none'; style-src 'nonce-/)]);
    expect(page.text).toMatch(/<section lang="fr">.*Non permis.*href="\/".*<section lang="en">.*Not allowed.*api\.openid-role/s);
    const forged = await api.client().ask('GET', '/api/session/openid/return?state=%3Cscript%3Ealert(1)%3C/script%3E', undefined, { headers: { accept: 'text/html' } });
    expect([forged.status, forged.text.includes('<script')]).toEqual([401, false]);
    expect((await api.client().ask('GET', '/api/session/openid/return', undefined, { headers: { accept: 'application/json' } })).body).toMatchObject({ code: 'api.openid-refused' });
  });
  test('the same answer again', async () => {
    const { me, back, before } = await signIn('lea');
    me.cookie = before;
    expect((await me.ask('GET', `${back.pathname}${back.search}`)).body).toMatchObject({ code: 'api.openid-refused', place: 'query/state' });
  });
  test('an answer in another browser than the one that asked', async () => {
    const { location } = await begun();
    const back = new URL(await throughProvider('lea', location));
    expect((await api.client().ask('GET', `${back.pathname}${back.search}`)).body).toMatchObject({ code: 'api.openid-refused', place: 'cookie' });
  });
  test('a code that is not the provider’s; an answer that comes too late; nothing at all', async () => {
    const { me, location } = await begun();
    const back = new URL(await throughProvider('lea', location));
    back.searchParams.set('code', 'forged');
    expect((await me.ask('GET', `${back.pathname}${back.search}`)).body).toMatchObject({ code: 'api.openid-refused' });
    const late = await begun();
    const good = new URL(await throughProvider('lea', late.location));
    now += 601_000;
    expect((await late.me.ask('GET', `${good.pathname}${good.search}`)).body).toMatchObject({ code: 'api.openid-refused', place: 'query/state' });
    expect((await me.ask('GET', '/api/session/openid/return')).body).toMatchObject({ code: 'api.openid-refused' });
  });
  test('each is in the audit log, and no code or secret of the provider in any log', async () => {
    const { body } = await (await api.administrator()).ask('GET', '/api/audit?act=login&limit=500');
    const rows = body.rows as unknown as { who: string; outcome: string; fault: string | null }[];
    expect(new Set(rows.filter(({ fault }) => fault !== 'api.login-failed').map(({ outcome, fault }) => `${outcome} ${fault ?? ''}`))).toEqual(new Set(['done ', 'refused api.openid-role', 'refused api.openid-refused']));
    expect(rows.filter(({ who, outcome }) => who === 'openid:899700218896' && outcome === 'done').length).toBeGreaterThan(1);
    expect(api.log() + JSON.stringify(rows)).not.toMatch(/a secret of this test|code=/);
  });
});

test('a provider that does not answer: said, and the accounts of this gateway still work', async () => {
  provider.kill('SIGSTOP');
  provider.kill('SIGKILL');
  const other = await apiGateway({ access: { openid: { name: 'x', issuer: 'http://127.0.0.1:1', clientId: 'c', clientSecret: { env: 'PASSERELLE_TEST_OPENID' }, console: 'http://127.0.0.1:1', roles: [] } } });
  try {
    expect((await other.client().ask('GET', '/api/session/openid'))).toMatchObject({ status: 502, body: { code: 'api.openid-unreachable' } });
    expect((await (await other.administrator()).ask('GET', '/api/accounts')).status).toBe(200);
  } finally { await other.close(); }
}, 60_000);

test('without a provider its addresses say so', async () => {
  const other = await apiGateway();
  try {
    for (const path of ['/api/session/openid', '/api/session/openid/return?code=x&state=y']) expect((await other.client().ask('GET', path)).body).toMatchObject({ code: 'api.openid-off' });
  } finally { await other.close(); }
}, 60_000);
