import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import * as accounts from '../../src/commands/accounts.ts';
import * as audit from '../../src/commands/audit.ts';
import * as destinations from '../../src/commands/destinations.ts';
import * as messages from '../../src/commands/messages.ts';
import type { Output } from '../../src/commands/output.ts';
import { toRegion } from '../e2e/gateway.ts';
import { apiGateway, type ApiGateway } from './gateway.ts';

let api: ApiGateway;
beforeAll(async () => { api = await apiGateway(toRegion('http://127.0.0.1:1/fhir')); }, 60_000);
afterAll(() => api.close());

/** What a command printed as JSON. */
function printed(): Output & { readonly rows: Record<string, never>[]; readonly lines: string[] } {
  const rows: Record<string, never>[] = [], lines: string[] = [];
  return { json: true, language: 'fr', rows, lines, record: (value) => { rows.push(value as Record<string, never>); }, line: (text) => { lines.push(text); }, words: (fr) => fr };
}
const rowsOf = (options: audit.AuditOptions = {}, limit = 100) => { const output = printed(); audit.list(api.config, options, limit, output); return output.rows; };

test('accounts, while the gateway runs: made, seen, given a new password, removed; each is told', async () => {
  const output = printed();
  await accounts.add(api.config, 'lea', { role: 'operator', source: ['lab'], destination: [] }, 'root', output);
  const oneTimePassword = String(output.rows[0]?.oneTimePassword);
  const me = api.client();
  expect((await me.login('lea', oneTimePassword)).body).toMatchObject({ role: 'operator', sources: ['lab'], passwordMustChange: true });
  await accounts.password(api.config, 'lea', 'root', printed());
  expect((await me.ask('GET', '/api/openapi.json')).body).toMatchObject({ code: 'api.signed-out' });
  const shown = printed();
  accounts.list(api.config, shown);
  expect(shown.rows.map(({ name }) => name)).toEqual(['admin', 'lea']);
  await accounts.remove(api.config, 'lea', 'root', printed());
  await expect(accounts.remove(api.config, 'admin', 'root', printed())).rejects.toMatchObject({ code: 'api.last-administrator' });
  await expect(accounts.add(api.config, 'bob', { role: 'viewer', source: ['elsewhere'], destination: [] }, 'root', printed())).rejects.toMatchObject({ code: 'api.unknown-scope' });
  expect(rowsOf({ who: 'root' }).map(({ act, objects, outcome, fault, role }) => [act, objects, outcome, fault, role])).toEqual([
    ['account-add', { account: 'bob' }, 'refused', 'api.unknown-scope', 'command-line'], ['account-remove', { account: 'admin' }, 'refused', 'api.last-administrator', 'command-line'],
    ['account-remove', { account: 'lea' }, 'done', null, 'command-line'], ['account-change', { account: 'lea' }, 'done', null, 'command-line'], ['account-add', { account: 'lea' }, 'done', null, 'command-line'],
  ]);
  expect(JSON.stringify(rowsOf()) + api.log()).not.toContain(oneTimePassword);
}, 60_000);

test('sessions by command: seen, then closed by their account’s name or their own id', async () => {
  const [me, other] = [await api.as('operator'), await api.as('viewer')];
  const listed = () => { const output = printed(); accounts.sessions(api.config, output); return output.rows as unknown as { id: string; account: string }[]; };
  const id = listed().find(({ account }) => account === other.account)?.id ?? '';
  await accounts.revoke(api.config, me.account, 'root', printed());
  await accounts.revoke(api.config, id, 'root', printed());
  for (const one of [me, other]) expect((await one.ask('GET', '/api/openapi.json')).body).toMatchObject({ code: 'api.signed-out' });
  expect(listed().some(({ account }) => account === me.account || account === other.account)).toBe(false);
  await expect(accounts.revoke(api.config, 'nobody', 'root', printed())).rejects.toMatchObject({ code: 'api.not-found' });
  expect(rowsOf({ act: 'session-revoke' }).map(({ objects, outcome }) => [objects, outcome])).toEqual([[{ account: 'nobody' }, 'refused'], [{ session: id }, 'done'], [{ account: me.account }, 'done']]);
}, 60_000);

test('acts by commands are in the log: who, what, why, and what became of them', async () => {
  const by = { by: 'root', why: 'maintenance du soir' };
  await destinations.switchTo(api.config, 'pause', 'region', by, printed());
  await destinations.switchTo(api.config, 'resume', 'region', by, printed());
  await expect(messages.act(api.config, 'release', '42', by, printed())).rejects.toMatchObject({ code: 'deliver.no-such-delivery' });
  await expect(messages.act(api.config, 'abandon', '42', by, printed())).rejects.toThrow();
  await expect(messages.act(api.config, 'replay', '42', by, printed())).rejects.toThrow();
  await expect(messages.replan(api.config, '42', by, printed())).rejects.toThrow();
  await expect(messages.exportMessage(api.config, '42', join(api.place, 'out'), by, printed())).rejects.toThrow();
  expect(rowsOf({ who: 'root' }, 7).map(({ act, objects, outcome, fault, reason }) => [act, objects, outcome, fault, reason])).toEqual([
    ['reveal', { message: '42' }, 'refused', 'api.not-found', by.why], ['replan', { message: '42' }, 'refused', expect.any(String), by.why], ['replay', { delivery: '42' }, 'refused', 'deliver.no-such-delivery', by.why],
    ['abandon', { delivery: '42' }, 'refused', 'deliver.no-such-delivery', by.why], ['release', { delivery: '42' }, 'refused', 'deliver.no-such-delivery', by.why],
    ['resume', { destination: 'region' }, 'done', null, by.why], ['pause', { destination: 'region' }, 'done', null, by.why],
  ]);
});

test('verify: sound, then a row is edited, then the tail is cut off below the head the journal keeps', async () => {
  const verified = async () => { const output = printed(); const code = await audit.verify(api.config, output); return [code, output.rows[0]?.problems, output.lines.length]; };
  expect(await verified()).toEqual([0, [], 1]);
  await api.gateway.operators.audit.anchor();
  const db = new DatabaseSync(join(api.place, 'data', 'audit.sqlite'));
  db.exec("DROP TRIGGER entry_stays; DROP TRIGGER entry_remains; UPDATE entry SET who = 'someone else' WHERE seq = 2");
  expect(await verified()).toEqual([1, [{ seq: 2, problem: 'row-changed' }], 2]);
  db.exec("UPDATE entry SET who = 'root' WHERE seq = 2");
  const { last } = db.prepare('SELECT max(seq) AS last FROM entry').get() as { last: number };
  db.exec(`DELETE FROM entry WHERE seq >= ${last}`);
  db.close();
  const [code, problems] = await verified();
  expect([code, problems]).toEqual([1, expect.arrayContaining([{ seq: last, problem: 'truncated' }])]);
});
