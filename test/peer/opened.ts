import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import type { Dovecot } from './dovecot.ts';

/** A mail as its reader has it: attachments by name, and the archive's files as another program unpacked them. */
export interface Opened { readonly raw: Buffer; readonly subject: string; readonly attachments: ReadonlyMap<string, Buffer>; readonly archive: ReadonlyMap<string, Buffer> }

/** The last mail of a mailbox, over IMAP with a client certificate; null while there is none. */
export async function lastMail(dovecot: Dovecot, mailbox: string): Promise<Buffer | null> {
  const imap = new ImapFlow({
    host: dovecot.host, port: dovecot.imaps, secure: true, auth: { user: mailbox, pass: dovecot.password }, logger: false,
    tls: { ca: dovecot.pki.ca, servername: 'localhost', cert: dovecot.client.cert, key: dovecot.client.key },
  });
  await imap.connect();
  try {
    const { exists } = await imap.mailboxOpen('INBOX');
    if (exists === 0) return null;
    const mail = await imap.fetchOne('*', { source: true });
    return mail === false || mail?.source === undefined ? null : mail.source;
  } finally { await imap.logout(); }
}

/** Waits for a mail that holds this text, ten seconds at most. */
export async function mailWith(dovecot: Dovecot, mailbox: string, text: string): Promise<Buffer> {
  for (let tries = 0; tries < 100; tries++) {
    const mail = await lastMail(dovecot, mailbox);
    if (mail?.includes(text) === true) return mail;
    await new Promise((wake) => { setTimeout(wake, 100); });
  }
  throw new Error(`no such mail came to ${mailbox}:\n${dovecot.log()}`);
}

/** Unpacks with python3's zipfile, which checks every CRC; it is no code of ours. */
function unpacked(zip: Buffer): Map<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-xdm-'));
  try {
    writeFileSync(join(folder, 'IHE_XDM.zip'), zip);
    execFileSync('python3', ['-c', 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])', join(folder, 'IHE_XDM.zip'), join(folder, 'out')]);
    const names = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, 'out', name)).isFile());
    return new Map(names.map((name) => [name, readFileSync(join(folder, 'out', name))]));
  } finally { rmSync(folder, { recursive: true }); }
}

export async function open(raw: Buffer): Promise<Opened> {
  const { subject = '', attachments } = await simpleParser(raw);
  const named = new Map(attachments.map((one) => [one.filename ?? '', one.content]));
  return { raw, subject, attachments: named, archive: unpacked([...named].find(([name]) => /^IHE_XDM\.zip$/i.test(name))?.[1] ?? Buffer.alloc(0)) };
}
