import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client, pki, send, sendGood, start } from '../../../test/mssante/client.ts';
import { goodMail, recipient, sender } from '../../../test/mssante/good-mail.ts';
import { testPki } from '../../../src/sandbox/pki.ts';
import type { MssSimulator } from './simulator.ts';

const otherPki = testPki('Autre autorite', Date.now());

let simulator: MssSimulator;
afterEach(async () => { await simulator.close(); });

test.each([['STARTTLS', false], ['implicit TLS', true]])('a good mail is taken and keeps every rule, %s', async (_, implicit) => {
  simulator = await start();
  expect(await send(simulator, await goodMail(), { implicit })).toMatchObject({ ok: true, said: expect.stringMatching(/^250 2\.0\.0 Ok: queued/) as unknown });
  const [mail] = simulator.mailbox(recipient);
  expect(mail?.verdicts.filter(({ state }) => state === 'broken').map(({ rule, places }) => [rule.id, places])).toEqual([]);
  expect(mail).toMatchObject({ from: sender, messageId: '<0190-1@labo-b.mssante.test>', envelope: { envid: 'abc-1', ret: 'HDRS', recipients: [{ address: recipient, notify: ['SUCCESS', 'FAILURE', 'DELAY'] }] } });
});

describe('who may come in', () => {
  const noCertificate = { ok: false, code: 421, said: expect.stringContaining('4.7.1 No client certificate presented') as unknown };
  test('without a certificate: 421 4.7.1, counted', async () => {
    simulator = await start();
    expect(await send(simulator, await goodMail(), { identity: null })).toMatchObject(noCertificate);
    expect(await send(simulator, await goodMail(), { identity: null, implicit: true })).toMatchObject(noCertificate);
    expect(simulator.report()).toMatchObject({ arrivals: 0, connections: 2, turnedAway: { '421 4.7.1 No client certificate presented': 2 } });
  });
  test.each([
    ['untrusted', () => otherPki.issue('client', 'intrus')], ['expired', () => pki.issue('client', 'lis', { validTo: Date.now() - 1000 })], ['purpose', () => pki.issue('server', 'lis')],
  ])('certificate %s: 421 4.7.1', async (reason, identity) => {
    simulator = await start();
    expect(await send(simulator, await goodMail(), { identity: identity() })).toMatchObject({ ok: false, code: 421, said: expect.stringContaining(`(${reason})`) as unknown });
  });
  test('a certificate revoked while running', async () => {
    simulator = await start();
    expect((await sendGood(simulator)).ok).toBe(true);
    simulator.revoke([client.serial]);
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 421 });
  });
  test('the server\'s certificate is changed while running', async () => {
    simulator = await start();
    const other = otherPki.issue('server', 'smtp');
    simulator.useCertificate({ cert: other.cert, key: other.key });
    for (const implicit of [false, true]) expect(await send(simulator, await goodMail(), { implicit })).toMatchObject({ ok: false, code: 0, said: expect.stringMatching(/certificate/) as unknown });
  });
  test('refused in the handshake itself', async () => {
    simulator = await start({ refuseInHandshake: true });
    for (const implicit of [false, true]) {
      expect((await send(simulator, await goodMail(), { identity: null, implicit })).ok).toBe(false);
      expect((await send(simulator, await goodMail(), { implicit })).ok).toBe(true);
    }
  });
  test.each([
    ['PLAIN', { method: 'PLAIN', user: sender, password: 'secret' }, { auth: { user: sender, pass: 'secret' } }, { auth: { user: sender, pass: 'autre' } }],
    ['XOAUTH2', { method: 'XOAUTH2', user: sender, token: 'jeton' }, { auth: { type: 'OAuth2', user: sender, accessToken: 'jeton' } }, { auth: { type: 'OAuth2', user: sender, accessToken: 'perime' } }],
  ] as const)('%s beside the certificate: 535 when wrong, 530 without', async (_, login, good, wrong) => {
    simulator = await start({ login });
    expect(await send(simulator, await goodMail(), { auth: good })).toMatchObject({ ok: true });
    expect(await send(simulator, await goodMail(), { auth: wrong })).toMatchObject({ ok: false, code: 535 });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 530 });
  });
  test('EXTERNAL: the certificate\'s own identity', async () => {
    simulator = await start({ login: { method: 'EXTERNAL' } });
    const external = { auth: { type: 'custom', method: 'EXTERNAL', user: sender }, customAuth: { EXTERNAL: async ({ sendCommand }: { sendCommand: (text: string) => Promise<unknown> }) => { await sendCommand('AUTH EXTERNAL ='); } } };
    expect(await send(simulator, await goodMail(), { auth: external })).toMatchObject({ ok: true });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 530 });
  });
  test('a domain outside the trust space, an unknown mailbox, too many bytes', async () => {
    simulator = await start({ mailboxes: [recipient], sizeBytes: 2000 });
    const to = (address: string) => sendGood(simulator, (draft) => { draft.envelope.to = [address]; });
    expect(await to('quelquun@exemple.test')).toMatchObject({ ok: false, code: 554 });
    expect(await to('inconnue@hopital-a.mssante.test')).toMatchObject({ ok: false, code: 550, said: expect.stringContaining('5.1.1') as unknown });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 552 });
    expect(simulator.received).toHaveLength(0);
  });
  test('strict: a mail that breaks a rule is refused by its name', async () => {
    simulator = await start({ gate: 'strict' });
    expect(await sendGood(simulator, (draft) => { draft.headers = draft.headers.filter(([name]) => name !== 'X-MSS-NIL'); })).toMatchObject({ ok: false, code: 554, said: expect.stringContaining('5.6.0 nil') as unknown });
    expect(await sendGood(simulator)).toMatchObject({ ok: true });
  });
});

describe('what it does with mails', () => {
  test('the same mail twice is one Message-ID in two copies', async () => {
    simulator = await start();
    await sendGood(simulator);
    await sendGood(simulator);
    expect(simulator.report()).toMatchObject({ arrivals: 2, duplicates: ['<0190-1@labo-b.mssante.test>'], mailboxes: { professional: 2, patient: 0 } });
    await sendGood(simulator, (draft) => { draft.headers.push(['X-Sender-Possible-Duplicate', 'true']); });
    expect(simulator.received.map(({ failed, flagged }) => [failed, flagged])).toEqual([[[], false], [[], false], [[], true]]);
  });
  test('written by mailbox in a folder, bytes as they came', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-mails-'));
    simulator = await start({ folder });
    const mail = await goodMail();
    await send(simulator, mail);
    expect(readdirSync(folder)).toEqual([recipient]);
    expect(readFileSync(join(folder, recipient, '1.eml')).equals(mail.raw)).toBe(true);
    rmSync(folder, { recursive: true });
  });
  test('unread for a bench: counted, by Message-ID, its bytes let go', async () => {
    simulator = await start({ judging: false, keepBytes: 0 });
    await sendGood(simulator);
    await sendGood(simulator);
    expect(simulator.report()).toMatchObject({ arrivals: 2, duplicates: ['<0190-1@labo-b.mssante.test>'] });
    expect(simulator.received.map(({ raw, bytes }) => [raw.length, bytes > 1000])).toEqual([[0, true], [0, true]]);
  });
  test('reset forgets mails, counts and script', async () => {
    simulator = await start();
    simulator.fail({ on: 'connect', mode: 'answer', answer: '421 4.3.2 closed', times: 9 });
    await sendGood(simulator);
    simulator.reset();
    expect(await sendGood(simulator)).toMatchObject({ ok: true });
    expect(simulator.report()).toMatchObject({ arrivals: 1, connections: 1 });
  });
});

