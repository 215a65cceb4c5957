import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenIdRole } from '../../config/model.ts';
import type { Database } from '../../journal/sqlite/database.ts';
import { Accounts } from './accounts.ts';
import { givenBy, levelFits } from './claims.ts';
import { openAccountsDatabase } from './database.ts';
import { passwordFits, sealPassword, usualCost } from './password.ts';
import { scopeIn, Sessions } from './sessions.ts';

const cost = { N: 1024, r: 8, p: 1 };
let folder = '';
let db: Database;
let now = 0;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'accounts-')); db = openAccountsDatabase(folder); now = 1_000_000; });
afterEach(() => { db.close(); rmSync(folder, { recursive: true, force: true }); });
const accounts = () => new Accounts(db, () => now, cost);
const everything = { organisation: null, sources: [], destinations: [] };

test('a password is kept as scrypt’s, with OWASP’s cost, and another’s never fits', async () => {
  const sealed = await sealPassword('Motdepassé', usualCost);
  expect(sealed).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/);
  // The same letters, composed otherwise.
  expect([await passwordFits('Motdepasse\u0301', sealed, usualCost), await passwordFits('motdepassé', sealed, usualCost), await passwordFits('', null, cost), await passwordFits('', 'scrypt$1024$8$1$$', cost)]).toEqual([true, false, false, false]);
});

test('the first account: another one-time password at each start until it is changed, the one before void', async () => {
  const one = await accounts().first(), two = await accounts().first();
  expect([one?.account, two?.account, one?.oneTimePassword === two?.oneTimePassword]).toEqual(['admin', 'admin', false]);
  expect(await accounts().login('admin', one?.oneTimePassword ?? '')).toBeNull();
  await accounts().ownPassword('admin', two?.oneTimePassword ?? '', 'a long enough one');
  expect(await accounts().first()).toBeNull();
});

test('a one-time password that nobody used within 72 h is void', async () => {
  const { oneTimePassword } = await accounts().add({ name: 'lea', role: 'viewer', ...everything });
  now += 72 * 3_600_000 - 1;
  expect(await accounts().login('lea', oneTimePassword)).not.toBeNull();
  now += 1;
  expect(await accounts().login('lea', oneTimePassword)).toBeNull();
  const again = (await accounts().change('lea', { newPassword: true })).oneTimePassword ?? '';
  expect(await accounts().login('lea', again)).not.toBeNull();
  await accounts().ownPassword('lea', again, 'a long enough one');
  now += 100 * 86_400_000;
  expect(await accounts().login('lea', 'a long enough one')).not.toBeNull();
});

test('with other accounts there is no first one, even while their passwords are to be changed', async () => {
  await accounts().add({ name: 'lea', role: 'viewer', ...everything });
  expect(await accounts().first()).toBeNull();
});

test('the file is its owner’s only, and holds no password and no session token', async () => {
  const { oneTimePassword } = await accounts().add({ name: 'lea', role: 'viewer', ...everything });
  const token = new Sessions(db, () => now, { idleMs: 1, wholeMs: 1 }, scopeIn([])).open('lea', '127.0.0.1');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const file = join(folder, 'accounts.sqlite');
  const bytes = readFileSync(file).toString('latin1');
  expect([statSync(file).mode & 0o777, bytes.includes('lea'), bytes.includes(oneTimePassword), bytes.includes(token)]).toEqual([0o600, true, false, false]);
});

describe('a session', () => {
  const sessions = () => new Sessions(db, () => now, { idleMs: 60_000, wholeMs: 600_000 }, scopeIn([{ id: 'a', organisation: 'X' }, { id: 'b', organisation: 'X' }, { id: 'c', organisation: 'Y' }]));
  test('survives a restart, and shows the account as it is now', async () => {
    await accounts().add({ name: 'lea', role: 'viewer', organisation: 'X', sources: ['b', 'c'], destinations: [] });
    const token = sessions().open('lea', '127.0.0.1');
    db.close();
    db = openAccountsDatabase(folder);
    expect(sessions().find(token, false)).toMatchObject({ caller: { account: 'lea', role: 'viewer', scope: { sources: ['b'], destinations: null } }, passwordMustChange: true });
    expect(sessions().find(`${token}x`, false)).toBeNull();
  });
  test('of an account that went away since is none', async () => {
    await accounts().add({ name: 'lea', role: 'viewer', ...everything });
    const token = sessions().open('lea', '127.0.0.1');
    db.exec("DELETE FROM account WHERE name = 'lea'");
    expect(sessions().find(token, false)).toBeNull();
  });
  test('ends at its time, is told as ended for a day, then forgotten', async () => {
    await accounts().add({ name: 'lea', role: 'viewer', ...everything });
    const token = sessions().open('lea', '127.0.0.1');
    for (let i = 0; i < 13; i++) { now += 45_000; expect(sessions().find(token, false)).toHaveProperty('caller'); }
    now += 45_000;
    expect(sessions().find(token, false)).toEqual({ expired: 'lea' });
    now += 87_000_000;
    sessions().open('lea', '127.0.0.1');
    expect(sessions().find(token, false)).toBeNull();
  });
});

test.each([[null, undefined, true], ['eidas1', 'eidas1', true], ['eidas2 eidas3', 'eidas3', true], ['eidas2', 'eidas1', false], ['eidas2', undefined, false], ['eidas2', ['eidas2'], false]])('asked level %s, given %s: %s', (asked, acr, fits) => { expect(levelFits(asked, { acr })).toBe(fits); });

describe('a provider’s claims', () => {
  const rule: OpenIdRole = { name: 'r', claim: 'groups', value: 'ops', role: 'operator', organisation: null, organisationClaim: null, sources: [], destinations: [] };
  const given = (claims: object, more: Partial<OpenIdRole> = {}) => givenBy(claims as Record<string, unknown>, { accountClaim: 'sub', roles: [{ ...rule, ...more }] })?.role ?? null;
  test.each([
    ['a list that holds the value', { sub: '1', groups: ['x', 'ops'] }, {}, 'operator'], ['the value itself', { sub: '1', groups: 'ops' }, {}, 'operator'], ['a part of it only', { sub: '1', groups: ['ops2', 'op'] }, {}, null],
    ['nobody named', { groups: ['ops'] }, {}, null], ['inside an object', { sub: '1', realm: { roles: ['ops'] } }, { claim: 'realm.roles' }, 'operator'], ['inside items of a list', { sub: '1', a: [{ b: 'x' }, { b: 'ops' }] }, { claim: 'a.b' }, 'operator'],
    ['a name with dots', { sub: '1', 'https://x.test/roles': ['ops'] }, { claim: 'https://x.test/roles' }, 'operator'], ['what every object has', { sub: '1' }, { claim: 'constructor.name', value: 'Object' }, null],
    ['an administrator with a scope', { sub: '1', groups: 'ops', org: 'X' }, { role: 'administrator', organisationClaim: 'org' }, null], ['an administrator of some sources', { sub: '1', groups: 'ops' }, { role: 'administrator', sources: ['a'] }, null],
    ['an organisation that is not said', { sub: '1', groups: 'ops' }, { organisationClaim: 'org' }, null],
  ] as const)('%s', (_name, claims, more, role) => { expect(given(claims, more)).toBe(role); });
});
