import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiGateway, goodPassword, type ApiGateway } from './gateway.ts';

let now = Date.now();
let api: ApiGateway;
beforeAll(async () => { api = await apiGateway({}, () => now); }, 60_000);
afterAll(() => api.close());
const audited = async (act: string) => (await (await api.administrator()).ask('GET', `/api/audit?act=${act}`)).body.rows as unknown as { who: string; outcome: string; fault: string | null; objects: Record<string, string> }[];

describe('the first account', () => {
  test('one-time password, shown once: it opens the session’s own routes until it is changed', async () => {
    const { first } = api.gateway.operators;
    expect(first).toEqual({ account: 'admin', oneTimePassword: expect.stringMatching(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/) });
    const me = api.client();
    const session = await me.login('admin', first?.oneTimePassword ?? '');
    expect(session).toMatchObject({ status: 200, body: { signedIn: true, role: 'administrator', passwordMustChange: true, passwordHere: true } });
    expect(session.headers.getSetCookie()[0]).toMatch(/^session-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await me.ask('GET', '/api/accounts')).toMatchObject({ status: 403, body: { code: 'api.password-must-change' } });
    expect(await me.ask('PUT', '/api/session/password', { present: 'not it', wanted: goodPassword })).toMatchObject({ status: 401, body: { code: 'api.login-failed' } });
    expect(await me.ask('PUT', '/api/session/password', { present: first?.oneTimePassword, wanted: first?.oneTimePassword })).toMatchObject({ status: 400, body: { code: 'api.password-same' } });
    expect(await me.ask('PUT', '/api/session/password', { present: first?.oneTimePassword, wanted: 'my Admin password' })).toMatchObject({ status: 400, body: { code: 'api.password-name' } });
    expect(await me.ask('PUT', '/api/session/password', { present: first?.oneTimePassword, wanted: 'too short' })).toMatchObject({ status: 400, body: { code: 'api.invalid', place: 'body/wanted' } });
    const before = me.cookie;
    expect(await me.ask('PUT', '/api/session/password', { present: first?.oneTimePassword, wanted: goodPassword })).toMatchObject({ status: 200, body: { passwordMustChange: false } });
    expect(me.cookie).not.toBe(before);
    expect((await me.ask('GET', '/api/accounts')).status).toBe(200);
    // The session before the change is of no use any more.
    const stolen = api.client();
    stolen.cookie = before;
    expect(await stolen.ask('GET', '/api/accounts')).toMatchObject({ status: 401, body: { code: 'api.signed-out' } });
    expect((await api.client().login('admin', first?.oneTimePassword ?? '')).status).toBe(401);
  });
});

test('login: same words whoever it is, audited, and the pace of guesses is held', async () => {
  const me = api.client();
  const wrong = await me.login('admin', 'wrong'), nobody = await me.login('hunter2-typed-as-a-name', 'wrong');
  expect([wrong.status, wrong.body]).toEqual([401, nobody.body]);
  for (let i = 0; i < 3; i++) await me.login('admin', 'wrong');
  expect(await me.login('admin', 'wrong')).toMatchObject({ status: 429, body: { code: 'api.login-wait' } });
  const waited = await me.login('admin', goodPassword);
  expect([waited.status, waited.headers.get('retry-after')]).toEqual([429, '30']);
  now += 31_000;
  expect((await me.login('admin', goodPassword)).status).toBe(200);
  const rows = await audited('login');
  // Nobody's refusals are counted: the first of each is a row, the others one row when the minute is over.
  expect(rows.filter(({ fault }) => fault === 'api.login-failed')).toHaveLength(2);
  expect(rows.filter(({ fault }) => fault === 'api.login-failed').map(({ who, objects }) => [who, objects.account])).toContainEqual(['-', undefined]);
  expect(rows).toContainEqual(expect.objectContaining({ fault: 'api.login-wait', outcome: 'refused' }));
  expect(rows).toContainEqual(expect.objectContaining({ who: 'admin', role: 'administrator', outcome: 'done', fault: null }));
  const text = JSON.stringify(rows) + api.log();
  expect(text.includes('hunter2') || text.includes(goodPassword)).toBe(false);
});

test('a login from another site is refused; a ward that signs in behind one address is not', async () => {
  now += 3_600_000;
  const login = (headers: Record<string, string>) => api.client().ask('POST', '/api/session', { account: 'admin', password: goodPassword }, { headers });
  expect((await login({ origin: 'https://evil.test' })).body).toMatchObject({ code: 'api.other-origin' });
  expect((await login({ 'content-type': 'text/plain' })).body).toMatchObject({ code: 'api.not-json' });
  for (let i = 0; i < 60; i++) expect((await login({})).status).toBe(200);
});

test('a session ends by itself when it is not used, and whatever is done after its whole length', async () => {
  const me = await api.as('viewer');
  for (let i = 0; i < 3; i++) { now += 20 * 60_000; expect((await me.ask('GET', '/api/session')).body).toMatchObject({ signedIn: true }); }
  // Looking does not count as using.
  now += 20 * 60_000;
  expect((await me.ask('GET', '/api/openapi.json', undefined, { headers: { 'x-passive': '1' } })).status).toBe(200);
  now += 11 * 60_000;
  expect(await me.ask('GET', '/api/openapi.json')).toMatchObject({ status: 401, body: { code: 'api.session-expired' } });
  expect((await me.ask('GET', '/api/session')).body).toMatchObject({ signedIn: false });
  const other = await api.as('viewer');
  for (let i = 0; i < 12 * 4; i++) { now += 15 * 60_000; await other.ask('GET', '/api/session'); }
  expect(await other.ask('GET', '/api/openapi.json')).toMatchObject({ status: 401, body: { code: 'api.session-expired' } });
});

describe('sessions, for an administrator', () => {
  /** What a stream tells until it ends by itself. */
  const live = async (cookie: string) => {
    const answer = await fetch(`${api.url}/api/messages/live`, { headers: { cookie } });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const list = async () => (await (await api.administrator()).ask('GET', '/api/sessions')).body.sessions as unknown as { id: string; account: string; own: boolean; openid: boolean; address: string }[];

  test('are listed, and one is closed: its streams end with it, and it is told', async () => {
    const me = await api.as('viewer');
    const [mine, ...others] = (await list()).filter(({ account }) => account === me.account);
    expect([mine, others]).toEqual([expect.objectContaining({ own: false, openid: false, role: 'viewer', address: '127.0.0.1' }), []]);
    expect((await list()).filter(({ own }) => own).map(({ account }) => account)).toEqual(['admin']);
    const told = live(me.cookie);
    const administrator = await api.administrator();
    expect((await administrator.ask('DELETE', `/api/sessions/${mine?.id ?? ''}`)).status).toBe(204);
    expect(await told).toMatch(/^(data: .*\n\n|:\n\n)*$/);
    expect(await me.ask('GET', '/api/openapi.json')).toMatchObject({ status: 401, body: { code: 'api.signed-out' } });
    expect((await administrator.ask('DELETE', `/api/sessions/${mine?.id ?? ''}`)).status).toBe(404);
    expect(await audited('session-revoke')).toContainEqual(expect.objectContaining({ who: 'admin', outcome: 'done', objects: { session: mine?.id, account: me.account } }));
    expect(mine?.id === me.cookie.split('=')[1]).toBe(false);
  });

  test('all of an account’s are closed at once', async () => {
    const me = await api.as('operator'), second = api.client();
    await second.login(me.account, goodPassword);
    const administrator = await api.administrator();
    expect((await administrator.ask('POST', '/api/sessions/revoke', { account: me.account })).body).toEqual({ closed: 2 });
    for (const one of [me, second]) expect((await one.ask('GET', '/api/openapi.json')).status).toBe(401);
    expect((await administrator.ask('POST', '/api/sessions/revoke', { account: me.account })).status).toBe(404);
  });

  test('streams end with a logout, and with the account', async () => {
    const me = await api.as('operator'), other = await api.as('operator');
    const told = Promise.all([live(me.cookie), live(other.cookie)]);
    expect((await me.ask('DELETE', '/api/session')).status).toBe(204);
    expect((await (await api.administrator()).ask('DELETE', `/api/accounts/${other.account}`)).status).toBe(204);
    await told;
  });
});

describe('an account', () => {
  test('logout closes this session only', async () => {
    const me = await api.as('operator');
    const second = api.client();
    await second.login(me.account, goodPassword);
    const cookie = me.cookie;
    expect((await me.ask('DELETE', '/api/session')).status).toBe(204);
    const stolen = api.client();
    stolen.cookie = cookie;
    expect((await stolen.ask('GET', '/api/openapi.json')).status).toBe(401);
    expect((await second.ask('GET', '/api/openapi.json')).status).toBe(200);
    expect(await audited('logout')).toContainEqual(expect.objectContaining({ who: me.account, outcome: 'done' }));
  });

  test.each([['role', { role: 'viewer' }], ['scope', { sources: ['lab'] }], ['password', { newPassword: true }]])('a change of its %s closes its sessions', async (_what, change) => {
    const me = await api.as('operator');
    const administrator = await api.administrator();
    const { body } = await administrator.ask('PATCH', `/api/accounts/${me.account}`, change);
    expect(body).toMatchObject({ account: { name: me.account, sessions: 0 }, oneTimePassword: 'newPassword' in change ? expect.any(String) : null });
    expect((await me.ask('GET', '/api/openapi.json')).status).toBe(401);
  });

  test('removed: its sessions too', async () => {
    const me = await api.as('operator');
    const administrator = await api.administrator();
    expect((await administrator.ask('DELETE', `/api/accounts/${me.account}`)).status).toBe(204);
    expect((await me.ask('GET', '/api/openapi.json')).status).toBe(401);
    expect(await administrator.ask('DELETE', `/api/accounts/${me.account}`)).toMatchObject({ status: 404, body: { code: 'api.not-found' } });
    expect(await audited('account-remove')).toContainEqual(expect.objectContaining({ who: 'admin', objects: { account: me.account }, outcome: 'done' }));
  });

  test('what cannot be', async () => {
    const administrator = await api.administrator();
    const add = (body: object) => administrator.ask('POST', '/api/accounts', body);
    expect(await add({ name: 'admin', role: 'viewer' })).toMatchObject({ status: 409, body: { code: 'api.account-exists' } });
    expect(await add({ name: 'root', role: 'administrator', sources: ['lab'] })).toMatchObject({ status: 400, body: { code: 'api.administrator-scope' } });
    expect(await add({ name: 'lea', role: 'viewer', sources: ['labo'] })).toMatchObject({ status: 400, body: { code: 'api.unknown-scope', place: 'body/sources' } });
    expect(await add({ name: 'Léa', role: 'viewer' })).toMatchObject({ status: 400, body: { code: 'api.invalid', place: 'body/name' } });
    expect(await administrator.ask('DELETE', '/api/accounts/admin')).toMatchObject({ status: 409, body: { code: 'api.last-administrator' } });
    expect(await administrator.ask('PATCH', '/api/accounts/admin', { role: 'viewer' })).toMatchObject({ status: 409, body: { code: 'api.last-administrator' } });
  });
});

test('browsers behind a proxy that is named do not share a limit, and are told apart in the audit log', async () => {
  const behind = await apiGateway({ access: { requestsPerSecond: 1, trustedProxies: ['127.0.0.1'] } }, () => now);
  try {
    const from = (address: string) => behind.client().ask('GET', '/api/session', undefined, { headers: { 'x-forwarded-for': `203.0.113.1, ${address}`, 'x-forwarded-proto': 'https' } });
    for (let i = 0; i < 20; i++) expect((await from('192.0.2.1')).status).toBe(200);
    expect((await from('192.0.2.1')).body).toMatchObject({ code: 'api.too-many' });
    expect((await from('192.0.2.2')).status).toBe(200);
    const signedIn = await behind.client().ask('POST', '/api/session', { account: 'admin', password: behind.gateway.operators.first?.oneTimePassword }, { headers: { 'x-forwarded-for': '192.0.2.3', 'x-forwarded-proto': 'https' } });
    expect(signedIn.headers.getSetCookie()[0]).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect(behind.gateway.operators.audit.list({ act: 'login' }, 1).rows[0]).toMatchObject({ address: '192.0.2.3', outcome: 'done' });
  } finally { await behind.close(); }
}, 60_000);

test('the audit log is whole, and its rows are read by administrators', async () => {
  const administrator = await api.administrator();
  expect((await administrator.ask('POST', '/api/audit/verify')).body).toMatchObject({ sound: true, problems: [], unfinished: [] });
  // The first administrator's own making too.
  expect(await audited('account-add')).toContainEqual(expect.objectContaining({ who: '-', role: 'command-line', outcome: 'done', objects: { account: 'admin', role: 'administrator' } }));
  expect((await (await api.as('operator')).ask('GET', '/api/audit')).status).toBe(403);
});
