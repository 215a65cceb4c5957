import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDovecot, whenDovecot, type Dovecot } from '../../test/peer/dovecot.ts';
import { dsn } from '../../test/samples/notices.ts';
import { mailboxDriver } from './mailbox.ts';

const box = 'bal-app@labo-b.mssante.test';

whenDovecot('a mailbox by its settings', () => {
  let dovecot: Dovecot;
  let folder: string;
  beforeAll(async () => { dovecot = await startDovecot([box]); folder = mkdtempSync(join(tmpdir(), 'passerelle-bal-')); });
  afterAll(async () => { await dovecot.close(); rmSync(folder, { recursive: true, force: true }); });
  const file = (name: string, content: string | Buffer): { file: string } => { const path = join(folder, name); writeFileSync(path, content); return { file: path }; };

  test.each(['tls', 'starttls'] as const)('is opened with the client’s PKCS#12 and a password from a file (%s), both read again at each connection', async (security) => {
    await dovecot.deliver(dsn({ action: 'failed' }), box);
    const imap = { host: 'localhost', port: security === 'tls' ? dovecot.imaps : dovecot.imap, security, user: box, password: file('password', 'old\n'), token: null, box: 'INBOX', doneBox: 'Traites' };
    const tls = { pfx: file('client.p12', dovecot.pki.pkcs12(dovecot.client, 'word')), passphrase: file('passphrase', 'word'), ca: file('ca.pem', dovecot.pki.ca), mutual: true };
    const driver = await mailboxDriver({ name: 'bal', tls }, { source: 'bal', folder: null, imap, pollMs: 1000 });
    await expect(driver.waiting(1)).rejects.toMatchObject({ code: 'mailbox.login-refused' });
    file('password', `${dovecot.password}\n`);
    const [mail] = await driver.waiting(1);
    expect(mail?.size).toBeGreaterThan(500);
    await driver.settle(mail!, 'done');
    await driver.close();
  });

  test('that lacks its certificate is refused at the start, not at the first connection', async () => {
    await expect(mailboxDriver({ name: 'bal', tls: { pfx: { file: join(folder, 'none.p12') }, mutual: true } }, { source: 'bal', folder: null, pollMs: 1000, imap: { host: 'localhost', port: 1, security: 'tls', user: box, password: null, token: { env: 'PATH' }, box: 'INBOX', doneBox: 'Traites' } }))
      .rejects.toMatchObject({ code: 'config.file-unreadable' });
  });
});
