import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { startDovecot, whenDovecot, type Dovecot } from './dovecot.ts';

const mailbox = 'bal-app@labo-b.mssante.test';
const mail = 'From: Labo <labo@labo-b.mssante.test>\r\nTo: bal-app@labo-b.mssante.test\r\nSubject: essai\r\nMessage-ID: <1@labo-b.mssante.test>\r\n\r\ncorps\r\n';

whenDovecot('a real mailbox', () => {
  let dovecot: Dovecot;
  beforeAll(async () => { dovecot = await startDovecot([mailbox]); });
  afterAll(async () => { await dovecot.close(); });
  const client = (cert: { cert?: string; key?: string }, secure = true): ImapFlow => new ImapFlow({
    host: dovecot.host, port: secure ? dovecot.imaps : dovecot.imap, secure, doSTARTTLS: !secure, auth: { user: mailbox, pass: dovecot.password },
    tls: { ca: dovecot.pki.ca, servername: 'localhost', ...cert }, logger: false,
  });

  test.each([['implicit TLS', true], ['STARTTLS', false]])('takes a mail by LMTP and gives it by IMAP with a client certificate, %s', async (_, secure) => {
    await dovecot.deliver(Buffer.from(mail), mailbox, 'labo@labo-b.mssante.test');
    const imap = client(dovecot.client, secure);
    await imap.connect();
    await imap.mailboxOpen('INBOX');
    const last = await imap.fetchOne('*', { source: true });
    await imap.logout();
    expect(last === false || last === undefined ? '' : String(last.source)).toContain(mail);
  });

  test('refuses a client without certificate', async () => {
    const imap = client({});
    imap.on('error', () => undefined);
    await expect(imap.connect()).rejects.toThrow();
    imap.close();
  });
});
