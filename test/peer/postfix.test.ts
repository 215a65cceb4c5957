import { afterAll, beforeAll, expect, test } from '@jest/globals';
import nodemailer from 'nodemailer';
import { testPki, type TestIdentity } from '../../src/sandbox/pki.ts';
import { goodMail, recipient, sender } from '../mssante/good-mail.ts';
import { startDovecot, type Dovecot } from './dovecot.ts';
import { lastMail, mailWith, open } from './opened.ts';
import { startPostfix, whenPostfix, type Postfix } from './postfix.ts';

const down = 'down.mssante.test';

whenPostfix('a real operator, Postfix before Dovecot', () => {
  let dovecot: Dovecot, postfix: Postfix | undefined;
  beforeAll(async () => {
    dovecot = await startDovecot([recipient, sender]);
    postfix = await startPostfix({ pki: dovecot.pki, server: dovecot.pki.issue('server', 'smtp.hopital-a.test'), lmtp: dovecot.lmtp, mailboxes: [recipient, sender], down });
  });
  afterAll(async () => { await postfix?.close(); await dovecot.close(); });

  const send = async (to: string, { identity = dovecot.client, implicit = false, envid = 'essai-1' }: { identity?: TestIdentity | null; implicit?: boolean; envid?: string } = {}): Promise<{ code: number; said: string }> => {
    const transport = nodemailer.createTransport({
      host: '127.0.0.1', port: implicit ? postfix?.implicit : postfix?.starttls, secure: implicit, requireTLS: !implicit,
      tls: { ca: dovecot.pki.ca, servername: 'localhost', ...(identity === null ? {} : { cert: identity.cert, key: identity.key }) },
    });
    try {
      const { response } = await transport.sendMail({ envelope: { from: sender, to }, raw: (await goodMail((draft) => { draft.to = [to]; })).raw, dsn: { id: envid, return: 'headers', notify: ['success', 'failure', 'delay'], recipient: sender } });
      return { code: 250, said: response };
    } catch (error) {
      const { responseCode = 0, message } = error as Error & { responseCode?: number };
      return { code: responseCode, said: message };
    } finally { transport.close(); }
  };

  test.each([['STARTTLS', false], ['implicit TLS', true]])('takes a mail from a certificate, %s; the mailbox has it whole; a delivery notice comes back', async (_, implicit) => {
    const envid = implicit ? 'tout-tls' : 'starttls';
    expect(await send(recipient, { implicit, envid })).toMatchObject({ code: 250, said: expect.stringMatching(/^250 2\.0\.0 Ok: queued as/) as unknown });
    const { archive, attachments } = await open(await mailWith(dovecot, recipient, '0190-1@labo-b'));
    expect([...archive.keys()].sort()).toEqual(['IHE_XDM/SUBSET01/DOC00001.XML', 'IHE_XDM/SUBSET01/METADATA.XML', 'INDEX.HTM', 'README.TXT']);
    expect(attachments.size).toBe(2);
    expect((await mailWith(dovecot, sender, `Original-Envelope-Id: ${envid}`)).toString()).toMatch(/Action: relayed/);
  });
  test('says what the simulator says, in the same codes', async () => {
    expect(await send(recipient, { identity: null })).toMatchObject({ code: 421, said: expect.stringContaining('4.7.1') as unknown });
    expect(await send(recipient, { identity: testPki('Autre', Date.now()).issue('client', 'intrus') })).toMatchObject({ code: 421, said: expect.stringContaining('4.7.1') as unknown });
    expect(await send('inconnue@hopital-a.mssante.test')).toMatchObject({ code: 550, said: expect.stringContaining('5.1.1') as unknown });
    expect(await send('quelquun@exemple.test')).toMatchObject({ code: 554, said: expect.stringContaining('5.7.1') as unknown });
  });
  test('what cannot be handed over is delayed, then fails with 4.4.1', async () => {
    expect((await send(`quelquun@${down}`, { envid: 'expire' })).code).toBe(250);
    for (let tries = 0, text = ''; tries < 100 && !text.includes('Action: failed'); tries++) {
      text = String(await lastMail(dovecot, sender));
      await new Promise((wake) => { setTimeout(wake, 200); });
    }
    const notice = String(await lastMail(dovecot, sender));
    expect(notice).toContain('Original-Envelope-Id: expire');
    expect(notice).toMatch(/Action: failed\r?\nStatus: 4\.4\.1/);
  }, 60_000);
});

