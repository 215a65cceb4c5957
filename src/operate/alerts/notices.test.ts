import { afterEach, describe, expect, test } from '@jest/globals';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { simpleParser, type ParsedMail } from 'mailparser';
import { finding, say } from '../../domain/finding.ts';
import { down, minute, start, Watched } from './alerts.fixture.ts';
import { mailChannel, type MailChannelSettings } from './mail.ts';
import { webhookChannel } from './webhook.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });

/** A real SMTP server; `refuses` so many mails with 451 first. */
async function smtp(options: { refuses?: number; login?: boolean } = {}): Promise<{ port: number; mails: ParsedMail[]; recipients: string[][]; logins: string[] }> {
  const mails: ParsedMail[] = [], recipients: string[][] = [], logins: string[] = [];
  let left = options.refuses ?? 0;
  const server = new SMTPServer({
    disabledCommands: options.login === true ? ['STARTTLS'] : ['STARTTLS', 'AUTH'], authOptional: options.login !== true, allowInsecureAuth: true,
    onAuth: ({ username = '', password = '' }, _session, done) => { logins.push(`${username}:${password}`); done(null, { user: username }); },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (left > 0) { left--; done(Object.assign(new Error('later'), { responseCode: 451 })); return; }
        recipients.push(session.envelope.rcptTo.map(({ address }) => address));
        void simpleParser(Buffer.concat(chunks)).then((mail) => { mails.push(mail); done(); });
      });
    },
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  ends.push(() => new Promise((done) => { server.close(() => { done(null); }); }));
  return { port: (server.server.address() as AddressInfo).port, mails, recipients, logins };
}

interface Called { readonly headers: IncomingHttpHeaders; readonly text: string }
/** A real HTTP server; answers these statuses in turn, then 204. */
async function hook(statuses: number[] = []): Promise<{ url: string; calls: Called[] }> {
  const calls: Called[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({ headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(statuses.shift() ?? 204, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  ends.push(() => new Promise((done) => { server.closeAllConnections(); server.close(done); }));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/incidents`, calls };
}

const mailTo = (port: number, more: Partial<MailChannelSettings> = {}): MailChannelSettings => ({
  name: 'mail', host: '127.0.0.1', port, security: 'none', user: null, password: () => null, ca: () => null, from: 'passerelle@chu.test', to: ['astreinte@chu.test', 'dsi@chu.test'],
  gateway: 'PFI d’essai', language: 'fr', console: 'https://passerelle.chu.test/', ...more,
});
function watched(...given: ConstructorParameters<typeof Watched>): Watched {
  const made = new Watched(...given);
  ends.push(() => made.end());
  return made;
}
const hooked = (url: string, clock = () => start) => webhookChannel({ name: 'webhook-astreinte', url, secret: () => 'a secret', ca: null, gateway: 'PFI d’essai', clock });

describe('notices', () => {
  test('a storm of 100 failures is told once when it begins and once when it is over, by mail and by webhook', async () => {
    const mail = await smtp(), web = await hook();
    const play = watched(() => [mailChannel(mailTo(mail.port)), hooked(web.url)]);
    // 100 times down and up again, then well.
    await play.pass(210, (i) => { play.breakers = i < 200 && i % 2 === 0 ? [down()] : []; });
    expect(mail.mails).toHaveLength(0); // each lasted less than two minutes
    await play.pass(400, (i) => { play.breakers = i < 300 && i % 3 !== 2 ? [down(), down('dmp')] : []; });
    await play.pass(310, (i) => { play.breakers = i < 300 && i % 5 !== 4 ? [down()] : []; });
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['[PFI d’essai] OUVERT : region ne répond plus', '[PFI d’essai] TERMINÉ : region ne répond plus']);
    expect(mail.recipients).toEqual([['astreinte@chu.test', 'dsi@chu.test'], ['astreinte@chu.test', 'dsi@chu.test']]);
    expect(web.calls.map(({ text }) => (JSON.parse(text) as { what: string }).what)).toEqual(['opened', 'closed']);
  });

  test('the mail says what, since when and what to do, in French; the last one sums up; both are one thread that no robot answers', async () => {
    const mail = await smtp();
    const play = watched(() => [mailChannel(mailTo(mail.port))]);
    await play.pass(90, (i) => { play.breakers = i < 80 ? [down()] : []; });
    const [opened, closed] = mail.mails;
const { text, advice } = say(finding('deliver.cut-off', ''), 'fr');
    expect(opened?.text).toBe(`region ne répond plus\n\nLes envois sont suspendus, une sonde part régulièrement. Dernière anomalie : ${text}\n\n${advice}\n\nhttps://passerelle.chu.test/\n`);
    expect(closed?.text).toContain('Terminé le 05/01/2026 09:21 (Europe/Paris), après 1 h 20 min.');
    expect([opened?.headers.get('auto-submitted'), opened?.headers.get('references'), closed?.headers.get('references')]).toEqual(['auto-generated', closed?.headers.get('references'), opened?.headers.get('references')]);
    expect(opened?.messageId).not.toBe(closed?.messageId);
  });

  test('a webhook is signed, and what was not received is sent again, the same, until it is; what follows waits behind it', async () => {
    const web = await hook([500, 302, 429]);
    const play = watched(() => [hooked(web.url)]);
    await play.pass(20, (i) => { play.breakers = i < 5 ? [down()] : []; });
    expect(web.calls.map(({ text }) => (JSON.parse(text) as { what: string }).what)).toEqual(['opened', 'opened', 'opened', 'opened', 'closed']);
    expect(new Set(web.calls.slice(0, 4).map(({ headers }) => headers['x-passerelle-notice'])).size).toBe(1);
    for (const { headers, text } of web.calls) {
      const [, at = '', sent = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-passerelle-signature'])) ?? [];
      const right = createHmac('sha256', 'a secret').update(`${at}.${text}`).digest();
      expect(timingSafeEqual(right, Buffer.from(sent, 'hex'))).toBe(true);
    }
    expect(JSON.parse(web.calls[0]?.text ?? '')).toMatchObject({ gateway: 'PFI d’essai', incident: { kind: 'breaker', object: { kind: 'destination', name: 'region' }, severity: 'critical', closedAt: null, summary: null } });
  });

  test('one way that fails does not hold the other, and says so in the log without its address', async () => {
    const mail = await smtp({ refuses: 1 });
    const play = watched(() => [mailChannel(mailTo(mail.port)), hooked('http://127.0.0.1:1/token-in-path')]);
    await play.pass(6, () => { play.breakers = [down()]; });
    expect(mail.mails).toHaveLength(1);
    const told = play.logged.filter(({ kind }) => kind === 'notice').map(({ fields }) => fields);
    expect(told).toContainEqual(expect.objectContaining({ channel: 'mail', outcome: 'failed', code: 'SMTP 451' }));
    expect(told).toContainEqual(expect.objectContaining({ channel: 'webhook-astreinte', outcome: 'failed', code: 'ECONNREFUSED' }));
    expect(JSON.stringify(play.logged)).not.toContain('token-in-path');
  });

  test('a secret is read for each mail', async () => {
    const mail = await smtp({ login: true });
    let secret = 'first';
    const play = watched(() => [mailChannel(mailTo(mail.port, { user: 'passerelle', password: () => secret }))]);
    await play.pass(20, (i) => { play.breakers = i < 10 ? [down()] : []; if (i === 8) secret = 'second'; });
    expect(mail.logins).toEqual(['passerelle:first', 'passerelle:second']);
    expect(JSON.stringify(play.logged)).not.toMatch(/first|second/);
  });

  test('a rise of severity is told once more, whatever happens after', async () => {
    const web = await hook();
    const play = watched(() => [hooked(web.url)]);
    const validTo = start + 40 * 86_400_000;
    play.looks = { certificates: () => [{ subject: { kind: 'listener', name: 'mllps' }, validTo }] };
    for (let day = 0; day < 42; day++) { play.now = start + day * 86_400_000; await play.pass(4); }
    expect(web.calls.map(({ text }) => { const { what, incident } = JSON.parse(text) as { what: string; incident: { severity: string } }; return `${what} ${incident.severity}`; })).toEqual(['opened information', 'worsened warning', 'worsened critical']);
  });

  test('a maintenance window keeps it quiet, not unrecorded; what is not over when it ends is told then', async () => {
    const web = await hook();
    const play = watched(() => [hooked(web.url)]);
    const window = { id: '00000000-0000-4000-8000-00000000000a', from: start, until: start + 60 * minute, kinds: ['breaker' as const], subjects: [{ kind: 'destination' as const, name: 'region' }], reason: 'mise à jour', by: 'lea' };
    play.alerts.addWindow(window);
    await play.pass(40, (i) => { play.breakers = i < 20 ? [down()] : []; });
    expect([web.calls.length, play.alerts.incidents({}, 10).map(({ closedAt }) => closedAt !== null)]).toEqual([0, [true]]);
    await play.pass(15, () => { play.breakers = [down()]; });
    expect([web.calls.length, play.alerts.open().length]).toEqual([0, 1]);
    await play.pass(15, () => { play.breakers = [down(), down('dmp')]; });
    expect(web.calls.map(({ text }) => { const { what, incident } = JSON.parse(text) as { what: string; incident: { object: { name: string } } }; return `${what} ${incident.object.name}`; }).sort()).toEqual(['opened dmp', 'opened region']);
  });

  test('a restart in the middle: nothing is told twice, and what waited is sent', async () => {
    const web = await hook([500]);
    const play = watched(() => [hooked(web.url)]);
    play.breakers = [down()];
    await play.pass(3);
    expect(web.calls).toHaveLength(1);
    await play.restart();
    await play.pass(5);
    await play.restart();
    await play.pass(20, (i) => { play.breakers = i < 10 ? [down()] : []; });
    expect(web.calls.map(({ text }) => (JSON.parse(text) as { what: string }).what)).toEqual(['opened', 'opened', 'closed']);
    expect(play.alerts.incidents({}, 10)).toHaveLength(1);
  });
});
