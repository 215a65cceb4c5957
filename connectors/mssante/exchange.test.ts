import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Connector, Sending } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { pdfOfCda } from '../../src/formats/cda/pdf.ts';
import { readXdm } from '../../src/formats/xdm/read.ts';
import { testPki } from '../../src/sandbox/pki.ts';
import { cdaOf, certificates, contentOf, sendingTo, settings } from '../../test/samples/mss.ts';
import type { MssanteConfig } from './config.ts';
import { open as openMssante } from './connector.ts';
import type { FrozenMail } from './mail.ts';
import { mimeOf } from './mime.ts';
import { whitelistXml } from './simulator/directory-files.ts';
import { startMssSimulator, type MssSimulator, type MssSimulatorSettings } from './simulator/simulator.ts';

const shown = certificates();
const secret = (name: string, text: string): { file: string } => { writeFileSync(join(shown.folder, name), text); return { file: join(shown.folder, name) }; };
const now = 1_800_000_000_000;

let simulator: MssSimulator;
let connector: Connector;
let config: MssanteConfig;
const open = async (asked: Partial<MssSimulatorSettings> = {}, more: Record<string, unknown> = {}): Promise<void> => {
  simulator = await startMssSimulator({ tls: shown.server, ...asked });
  config = settings({ port: simulator.ports.starttls, tls: shown.tls, ...more });
  connector = openMssante(config, { clock: () => now, ids: () => '', destination: 'mssante' });
};
const send = (sending: Sending = sendingTo(config, [cdaOf(1)], 1), ms = 5000): Promise<Receipt> => connector.send(sending, AbortSignal.timeout(ms));
const broken = (): string[] => simulator.received.flatMap(({ verdicts }) => verdicts.filter(({ state, rule }) => state === 'broken' && rule.severity === 'error').map(({ rule }) => rule.id));
afterEach(async () => { await connector.close(); await simulator.close(); });
afterAll(() => { shown.remove(); });

const frozen = (sending: Sending): FrozenMail => JSON.parse(Buffer.from(sending.envelope.steps[0]?.body[0] as Uint8Array).toString()) as FrozenMail;

describe('what leaves', () => {
  test('is taken by the operator, who is asked for notices, and is awaited for as long as settings say', async () => {
    await open();
    const sending = sendingTo(config, [cdaOf(1)], 1, { reading: true });
    const { token } = frozen(sending);
    expect(await send(sending)).toEqual({ kind: 'submitted', correlation: token, deadline: now + 48 * 3_600_000 });
    const [mail] = simulator.received;
    expect(mail?.envelope).toMatchObject({ from: 'imagerie@saint-aubin.mssante.test', envid: token, ret: 'HDRS', recipients: [{ address: 'helene.rousseau@medecins.mssante.test', notify: ['SUCCESS', 'FAILURE', 'DELAY'] }] });
    expect(mail?.readingAskedBy).toBe('imagerie@saint-aubin.mssante.test');
    expect(broken()).toEqual([]);
  });

  test('is the same bytes every time; one that may be a second one says so, and nothing else differs', async () => {
    await open();
    const sending = sendingTo(config, [cdaOf(1)], 1);
    const bodies = [await sending.body(1)];
    const [first, second, flagged] = [await mimeOf(frozen(sending), bodies, false), await mimeOf(frozen(sending), bodies, false), await mimeOf(frozen(sending), bodies, true)];
    expect(second.equals(first)).toBe(true);
    expect(flagged.toString('latin1').replace('X-Passerelle-Possible-Duplicate: true\r\n', '')).toBe(first.toString('latin1'));
  });

  test('is opened by others: PDF and CDA byte for byte, names with accents', async () => {
    await open();
    const cda = cdaOf(1, (xml) => xml.replace('<family qualifier="BR">MARTIN', '<family qualifier="BR">D’Hérouville-Œuvrard').replace('<given qualifier="BR">Dominique', '<given qualifier="BR">Zoë-Éloïse'));
    await send(sendingTo(config, [cda], 1));
    const parsed = await simpleParser(simulator.received[0]!.raw);
    expect(parsed.subject).toBe('XDM/1.0/DDM+CR d\'imagerie médicale D\'HEROUVILLE-OEUVRARD Zoe-Eloise 28/03/1979');
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['IHE_XDM.zip', '20261120_CR d\'imagerie médicale_D\'HEROUVILLE-OEUVRARD_Zoe-Eloise.pdf']);
    const [zip, pdf] = parsed.attachments;
    expect(pdf?.content.equals(Buffer.from(pdfOfCda(cda) ?? []))).toBe(true);
    const xdm = await readXdm(zip!.content);
    expect(xdm.findings).toEqual([]);
    expect(xdm.subsets.flatMap(({ documents }) => documents).map(({ bytes }) => Buffer.from(bytes ?? []).equals(Buffer.from(cda)))).toEqual([true]);
  });

  test('two documents of one patient go together; replacement and deletion name the mail they are about', async () => {
    await open();
    const first = sendingTo(config, [cdaOf(1), cdaOf(2)], 1);
    await send(first);
    const rplc = (n: number) => (xml: string) => xml.replace('</inFulfillmentOf>', `</inFulfillmentOf><relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.1.1.7.31.1.${String(n)}"/></parentDocument></relatedDocument>`);
    const parents = ['1.2.250.1.999.1.1.7.31.1.1', '1.2.250.1.999.1.1.7.31.1.2'];
    await send(sendingTo(config, [cdaOf(3, rplc(1)), cdaOf(4, rplc(2))], 2, { action: 'replace', earlier: parents }));
    await send(sendingTo(config, [cdaOf(1), cdaOf(2)], 3, { action: 'delete', earlier: parents }));
    expect(simulator.received.map(({ subject }) => subject)).toEqual(['XDM/1.0/DDM+2 documents MARTIN Dominique 28/03/1979', '[Annule et remplace] XDM/1.0/DDM+2 documents MARTIN Dominique 28/03/1979', 'XDM/1.0/DDM+2 documents MARTIN Dominique 28/03/1979']);
    const { messageId } = frozen(first);
    for (const { raw } of simulator.received.slice(1)) expect(await simpleParser(raw)).toMatchObject({ inReplyTo: messageId });
    expect(broken()).toEqual([]);
  });

  test('a patient may not be answered by who says so', async () => {
    await open();
    await send(sendingTo(config, [cdaOf(1)], 1, { audience: 'patient', to: '279035121518989@patient.mssante.fr', patientCannotReply: true }));
    expect(simulator.received[0]?.raw.toString('latin1')).toContain('\r\nX-MSS-MES: FIN\r\n');
    expect(broken()).toEqual([]);
  });

  test('too large once encoded: refused here, or by the operator before anything is uploaded', async () => {
    await open({ sizeBytes: 4096 });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.refused', args: ['552', '5.3.4'] });
    await connector.close();
    connector = openMssante({ ...config, limits: { ...config.limits, mailBytes: 4000 } }, { clock: () => now, ids: () => '', destination: 'mssante' });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.too-large', args: [expect.any(String), '4000'] });
    expect(simulator.received).toEqual([]);
  });

  /** The same envelope with another mail in its first step. */
  const changed = (sending: Sending, change: (mail: FrozenMail) => FrozenMail): Sending => ({ ...sending, body: (step) => (step === 0 ? Promise.resolve(Buffer.from(JSON.stringify(change(frozen(sending))))) : sending.body(step)) });

  test('never to two, whatever was frozen', async () => {
    await open();
    expect(await send(changed(sendingTo(config, [cdaOf(1)], 1), (mail) => ({ ...mail, to: 'a@x.mssante.test, b@y.mssante.test' })))).toEqual({ kind: 'held', fault: 'mss.not-one-recipient' });
    expect(simulator.received).toEqual([]);
  });

  test('nothing leaves for a domain outside the trust space, whoever gave the address', async () => {
    const list = secret('blanche.xml', whitelistXml({ domains: ['other.mssante.test'], date: '2026-11-20T04:00:00Z' }));
    await open({}, { recipients: { whitelist: list } });
    expect(await send()).toEqual({ kind: 'held', fault: 'recipients.outside-trust-space' });
    expect(simulator.received).toEqual([]);
  });

  test('answers go to an MSSanté mailbox of professionals: a patient’s, or one elsewhere, holds the mail', async () => {
    await open();
    const answeredAt = (replyTo: string): Promise<Receipt> => send(sendingTo(config, [cdaOf(1)], 1, { replyTo }));
    expect(await answeredAt('279035121518989@Patient.mssante.fr')).toEqual({ kind: 'held', fault: 'recipients.reply-to-patient' });
    expect(await answeredAt('secretariat@exemple.test')).toEqual({ kind: 'held', fault: 'recipients.reply-outside' });
    expect(simulator.received).toEqual([]);
    expect(await answeredAt('secretariat@labo.mssante.test')).toMatchObject({ kind: 'submitted' });
  });

  test('with a list of domains, answers go within it', async () => {
    const list = secret('blanche-reponses.xml', whitelistXml({ domains: ['medecins.mssante.test'], date: '2026-11-20T04:00:00Z' }));
    await open({}, { recipients: { whitelist: list } });
    expect(await send(sendingTo(config, [cdaOf(1)], 1, { replyTo: 'a@labo.mssante.test' }))).toEqual({ kind: 'held', fault: 'recipients.reply-outside' });
    expect(await send(sendingTo(config, [cdaOf(1)], 1, { replyTo: 'a@medecins.mssante.test' }))).toMatchObject({ kind: 'submitted' });
  });

  test('documents that are not those of the plan are our mistake: held, nothing leaves, the sender is not blamed', async () => {
    await open();
    const sending = sendingTo(config, [cdaOf(1)], 1);
    expect(await send({ ...sending, body: async (step) => (step === 0 ? sending.body(0) : Promise.resolve(cdaOf(2))) })).toEqual({ kind: 'held', fault: 'mss.documents-differ' });
    expect(simulator.received).toEqual([]);
  });

  test('a mail that cannot be made is refused once, and not tried for ever', async () => {
    await open();
    expect(await send(changed(sendingTo(config, [cdaOf(1)], 1), (mail) => ({ ...mail, submission: { ...mail.submission, documents: mail.submission.documents.map((one) => ({ ...one, entry: { ...one.entry, title: 'a\u0001b' } })) } })))).toMatchObject({ kind: 'refused', fault: 'mss.not-made' });
    expect(simulator.received).toEqual([]);
  });

  test('documents without a type make no mail, which would lack X-MSS-CODECDA', async () => {
    await open();
    const [one] = contentOf([cdaOf(1)]).documents;
    expect(await send(sendingTo(config, [cdaOf(1)], 1, { documents: [{ ...one!, entry: { ...one!.entry, typeCode: null } }] }))).toMatchObject({ kind: 'refused', fault: 'mss.code-missing' });
    expect(simulator.received).toEqual([]);
  });

  test('to a patient never more than 25 MB, whatever the operator takes', async () => {
    await open({}, { limits: { mailBytes: 60 << 20 } });
    const sending = sendingTo(config, [cdaOf(1)], 1, { audience: 'patient', to: '279035121518989@patient.mssante.fr' });
    const noise = randomBytes(20 << 20);
    const hash = createHash('sha1').update(noise).digest('hex');
    const large = changed(sending, (mail) => ({ ...mail, submission: { ...mail.submission, documents: mail.submission.documents.map((one) => ({ ...one, entry: { ...one.entry, hash, size: noise.length } })) }, documents: mail.documents.map((one) => ({ ...one, pdf: null })) }));
    expect(await send({ ...large, body: (step) => (step === 0 ? large.body(0) : Promise.resolve(noise)) }, 20_000)).toMatchObject({ kind: 'refused', fault: 'mss.too-large', args: [expect.any(String), String(25 << 20)] });
    expect(simulator.received).toEqual([]);
  });

  test('a message without document makes no mail', async () => {
    await open();
    expect(await send(sendingTo(config, [], 1))).toMatchObject({ kind: 'refused', fault: 'mss.nothing-to-send' });
  });
});

describe('who we are (mss.md §2.2)', () => {
  const user = 'imagerie@saint-aubin.mssante.test';
  test.each([
    ['PLAIN', { method: 'PLAIN', user, password: 'motdepasse' }, () => ({ type: 'plain', user, password: secret('password', 'motdepasse\n') })],
    ['EXTERNAL', { method: 'EXTERNAL' }, () => ({ type: 'external' })],
    ['XOAUTH2', { method: 'XOAUTH2', user, token: 'jeton' }, () => ({ type: 'xoauth2', user, token: { secret: secret('token', 'jeton\n') } })],
  ] as const)('%s', async (_name, login, auth) => {
    await open({ login }, { auth: auth() });
    expect(await connector.check()).toMatchObject({ ok: true });
    expect(await send()).toMatchObject({ kind: 'submitted' });
  });

  test('a wrong password, then token, is a setting: nothing fails; a fresh token is read at the next connection', async () => {
    await open({ login: { method: 'PLAIN', user, password: 'x' } }, { auth: { type: 'plain', user, password: secret('password', 'faux') } });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.not-recognised' });
    await connector.close(); await simulator.close();
    await open({ login: { method: 'XOAUTH2', user, token: 'jeton' } }, { auth: { type: 'xoauth2', user, token: { secret: secret('token', 'périmé') } } });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.not-recognised' });
    secret('token', 'jeton');
    expect(await send()).toMatchObject({ kind: 'submitted' });
  });

  test('a token server that is down is waited for; one that does not know us is a setting', async () => {
    let answer: readonly [number, string] = [503, '<html>'];
    const server = createServer((_, response) => { response.writeHead(answer[0]).end(answer[1]); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`;
    await open({ login: { method: 'XOAUTH2', user, token: 'jeton' } });
    await connector.close();
    connector = openMssante({ ...config, auth: { type: 'xoauth2', user, token: { url, clientId: 'pfi', clientSecret: secret('client', 'x') } } }, { clock: () => now, ids: () => '', destination: 'mssante' });
    expect(await send()).toEqual({ kind: 'busy', fault: 'mss.token-unavailable', raw: 'HTTP 503' });
    answer = [401, '{"error":"invalid_client"}'];
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.not-recognised' });
    answer = [200, '{"access_token":"jeton"}'];
    expect(await send()).toMatchObject({ kind: 'submitted' });
    // The connection was kept: a new one asks for a token again.
    await connector.close();
    connector = openMssante({ ...config, auth: { type: 'xoauth2', user, token: { url, clientId: 'pfi', clientSecret: secret('client', 'x') } } }, { clock: () => now, ids: () => '', destination: 'mssante' });
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
    expect(await send()).toEqual({ kind: 'busy', fault: 'mss.token-unavailable', raw: 'ECONNREFUSED' });
  });

  test('another authority, an unreadable certificate, a certificate the operator does not know', async () => {
    const other = testPki('Autre', Date.now());
    await open({}, { tls: { ca: secret('other.pem', other.ca) } });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.tls' });
    await connector.close();
    connector = openMssante(settings({ port: simulator.ports.starttls, tls: { ...shown.tls, pfx: { file: join(shown.folder, 'absent.p12') } } }), { clock: () => now, ids: () => '', destination: 'mssante' });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.credentials' });
    await connector.close();
    connector = openMssante(settings({ port: simulator.ports.implicit, security: 'implicit', tls: { ca: shown.tls.ca } }), { clock: () => now, ids: () => '', destination: 'mssante' });
    expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.not-recognised' });
    expect(simulator.received).toEqual([]);
  });

  test('a certificate refused in the handshake itself', async () => {
    await open({ refuseInHandshake: true }, { tls: { ca: shown.tls.ca } });
    expect((await send()).kind).toBe('refused');
    expect(simulator.received).toEqual([]);
  });
});

describe('connections', () => {
  test('no more than settings say, kept for the next mails', async () => {
    await open();
    const receipts = await Promise.all(Array.from({ length: 10 }, (_, n) => send(sendingTo(config, [cdaOf(n + 1)], n + 1))));
    expect(receipts.every(({ kind }) => kind === 'submitted')).toBe(true);
    expect(simulator.connections).toBeLessThanOrEqual(2);
  });
  test('who waits for a turn when its time is up has sent nothing', async () => {
    await open({}, { limits: { connections: 1 } });
    simulator.fail({ on: 'data', mode: 'slow', delayMs: 400, times: 1 });
    const first = send();
    expect(await send(sendingTo(config, [cdaOf(2)], 2), 100)).toMatchObject({ kind: 'busy', fault: 'mss.waiting-turn' });
    expect(await first).toMatchObject({ kind: 'submitted' });
  });
  test('lost before the final dot: not taken, and not in doubt', async () => {
    await open();
    simulator.fail({ on: 'recipient', mode: 'drop', times: 1 });
    expect(await send()).toMatchObject({ kind: 'busy' });
    expect(await send()).toMatchObject({ kind: 'submitted' });
    expect(simulator.received).toHaveLength(1);
  });
});
