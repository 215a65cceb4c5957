import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { mailboxContract, until } from '../../../test/contract/mailbox.ts';
import { fakeIntake, fakeSource } from '../../../test/fake-intake.ts';
import { startDovecot, whenDovecot, type Dovecot } from '../../../test/peer/dovecot.ts';
import { dsn, recipient } from '../../../test/samples/notices.ts';
import { ImapMailbox, type ImapSettings } from './imap.ts';
import { mailboxListener } from './listener.ts';

const box = (n: number): string => `bal-${String(n)}@labo-b.mssante.test`;
const boxes = Array.from({ length: 12 }, (_, n) => box(n));

whenDovecot('mailbox contract: IMAP with mutual TLS, on a real Dovecot', () => {
  let dovecot: Dovecot;
  let used = 0;
  beforeAll(async () => { dovecot = await startDovecot(boxes); });
  afterAll(async () => { await dovecot.close(); });

  const settings = (user: string, over: Partial<ImapSettings> = {}): ImapSettings => ({
    host: dovecot.host, port: dovecot.imaps, implicitTls: true, user, credential: () => ({ pass: dovecot.password }), box: 'INBOX', doneBox: 'Traites', timeoutMs: 5000,
    tls: () => ({ ca: dovecot.pki.ca, cert: dovecot.client.cert, key: dovecot.client.key, servername: 'localhost' }), ...over,
  });
  /** A look at the mailbox beside the driver. */
  async function beside<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ host: dovecot.host, port: dovecot.imaps, secure: true, auth: { user, pass: dovecot.password }, tls: settings(user).tls(), logger: false });
    await client.connect();
    try { return await work(client); } finally { await client.logout(); }
  }
  const messages = async (user: string, path: string): Promise<number> => beside(user, async (client) => {
    const status = (await client.list()).some((one) => one.path === path) && await client.status(path, { messages: true });
    return status === false ? 0 : status.messages ?? 0;
  });
  const nextBox = (): string => { used += 1; return box(used - 1); };

  mailboxContract(async () => {
    const user = nextBox();
    return Promise.resolve({
      driver: () => new ImapMailbox(settings(user)),
      // A notice has no return path, anything else has.
      put: (raw) => dovecot.deliver(raw, user, Buffer.from(raw).includes('multipart/report') ? '' : recipient),
      count: (where) => messages(user, where === 'done' ? 'Traites' : 'INBOX'),
      close: () => Promise.resolve(),
    });
  });

  test('a new mail is told by IDLE, long before the next look', async () => {
    const user = nextBox();
    const fake = fakeIntake({ accept: () => Promise.resolve({ code: null, bytes: null, trace: '' }) });
    const listener = mailboxListener({ name: 'bal', source: fakeSource({ notices: ['mss'] }), maxBytes: 1 << 20, pollMs: 3_600_000, backoff: { firstMs: 20, maxMs: 100 } }, new ImapMailbox(settings(user, { implicitTls: false, port: dovecot.imap })), fake.ports);
    await wait(500);
    await dovecot.deliver(dsn({ action: 'delivered' }), user);
    await until(() => fake.received.length > 0);
    await listener.close();
    expect(fake.events).toEqual([]);
  });

  test('after UIDVALIDITY changed, every mail is looked at again under its new number', async () => {
    const user = nextBox();
    await dovecot.deliver(dsn({ action: 'delivered' }), user);
    const driver = new ImapMailbox(settings(user, { box: 'Avis', doneBox: null }));
    const fill = () => beside(user, async (client) => {
      if ((await client.list()).some(({ path }) => path === 'Avis')) await client.mailboxDelete('Avis');
      await wait(1100); // UIDVALIDITY is the second of its making
      await client.mailboxCreate('Avis');
      await client.append('Avis', dsn({ action: 'delivered' }));
    });
    await fill();
    const [old] = await driver.waiting(10);
    driver.reset();
    await fill();
    const [renewed] = await driver.waiting(10);
    expect(renewed?.id).not.toBe(old?.id);
    expect(await driver.read(old!)).toBeNull();
    await driver.settle(old!, 'done');
    expect(await driver.waiting(10)).toHaveLength(1);
    await driver.settle(renewed!, 'done');
    expect(await driver.waiting(10)).toEqual([]);
    await driver.close();
  });

  test('a wrong password or no certificate is the operator’s to mend; nothing is lost, and it is tried again', async () => {
    const user = nextBox();
    await dovecot.deliver(dsn({ action: 'delivered' }), user);
    await expect(new ImapMailbox(settings(user, { credential: () => ({ pass: 'wrong' }) })).waiting(1)).rejects.toMatchObject({ code: 'mailbox.login-refused' });
    await expect(new ImapMailbox(settings(user, { tls: () => ({ ca: dovecot.pki.ca, servername: 'localhost' }) })).waiting(1)).rejects.toMatchObject({ name: 'MailboxFault' });
    await expect(new ImapMailbox(settings(user, { tls: () => ({ servername: 'localhost' }) })).waiting(1)).rejects.toMatchObject({ code: 'mailbox.unreachable' });
    let password = 'wrong';
    const fake = fakeIntake({ accept: () => Promise.resolve({ code: null, bytes: null, trace: '' }) });
    const listener = mailboxListener({ name: 'bal', source: fakeSource({ notices: ['mss'] }), maxBytes: 1 << 20, pollMs: 50, backoff: { firstMs: 20, maxMs: 100 } }, new ImapMailbox(settings(user, { credential: () => ({ pass: password }) })), fake.ports);
    await until(() => fake.events.length > 0);
    password = dovecot.password;
    await until(() => fake.received.length > 0);
    await listener.close();
    expect(fake.events.map(({ fault }) => fault)).toEqual(['mailbox.login-refused']);
  }, 60_000);
});

describe('an IMAP server that is not there, or says nothing', () => {
  const settings = (port: number): ImapSettings => ({ host: '127.0.0.1', port, implicitTls: true, user: randomUUID(), credential: () => ({ pass: 'x' }), box: 'INBOX', doneBox: null, timeoutMs: 150, tls: () => ({}) });

  test('is unreachable, and the mailbox can be closed', async () => {
    const server = createServer((socket) => { socket.on('error', () => undefined).resume(); });
    const port = await new Promise<number>((listening) => { server.listen(0, '127.0.0.1', () => { listening((server.address() as { port: number }).port); }); });
    const silent = new ImapMailbox(settings(port));
    await expect(silent.waiting(1)).rejects.toMatchObject({ code: 'mailbox.unreachable' });
    await silent.close();
    await new Promise((closed) => { server.close(closed); });
    await expect(new ImapMailbox(settings(port)).waiting(1)).rejects.toMatchObject({ code: 'mailbox.unreachable', detail: 'ECONNREFUSED' });
  });
});
