import { describe, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { testPki, type TestIdentity, type TestPki } from '../../src/sandbox/pki.ts';
import { freePorts, listening } from './free-port.ts';

const program = '/usr/sbin/dovecot';

/** `describe` where Dovecot is installed (.ci/setup installs it); elsewhere a visibly skipped test in its place. */
export const whenDovecot = (name: string, tests: () => void): void => {
  describe(name, existsSync(program) ? tests : () => { test.skip('needs dovecot (.ci/setup), which is not installed here', () => undefined); });
};

/** A real IMAP server with mutual TLS, fed by LMTP; unprivileged, in a folder of its own, gone at `close`. */
export interface Dovecot {
  readonly host: '127.0.0.1';
  /** STARTTLS, implicit TLS, and the delivery port (LMTP, clear). */
  readonly imap: number;
  readonly imaps: number;
  readonly lmtp: number;
  readonly pki: TestPki;
  /** A client certificate that the server accepts. */
  readonly client: TestIdentity;
  /** Of every mailbox. */
  readonly password: string;
  /** Puts a mail, bytes as they are, into one mailbox. */
  deliver(raw: Uint8Array, to: string, from?: string): Promise<void>;
  log(): string;
  close(): Promise<void>;
}

const settings = (folder: string, user: string, group: string, ports: { imap: number; imaps: number; lmtp: number }): string => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
ssl = required
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
ssl_ca = <${folder}/ca.pem
ssl_verify_client_cert = yes
ssl_require_crl = no
ssl_min_protocol = TLSv1.2
auth_ssl_require_client_cert = yes
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%u
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
}
`;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((exit) => { child.once('exit', exit); });
  child.kill('SIGTERM');
  const late = setTimeout(() => { child.kill('SIGKILL'); }, 5000);
  await gone;
  clearTimeout(late);
}

/** Started as root it works as `nobody`, else as who runs the tests. `mailboxes` are full addresses. */
export async function startDovecot(mailboxes: readonly string[]): Promise<Dovecot> {
  const root = process.getuid?.() === 0;
  const user = root ? 'nobody' : userInfo().username;
  const group = root ? 'nogroup' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-dovecot-'));
  chmodSync(folder, 0o755);
  for (const name of ['run', 'state', 'mail']) {
    mkdirSync(join(folder, name));
    if (root) chownSync(join(folder, name), 65_534, 65_534);
  }
  const pki = testPki('Passerelle test operator', Date.now());
  const server = pki.issue('server', 'imap.hopital-a.test');
  const password = 'secret';
  writeFileSync(join(folder, 'server.pem'), server.cert);
  writeFileSync(join(folder, 'server.key'), server.key);
  writeFileSync(join(folder, 'ca.pem'), pki.ca);
  writeFileSync(join(folder, 'users'), mailboxes.map((one) => `${one}:{PLAIN}${password}::::::\n`).join(''));

  const [imap = 0, imaps = 0, lmtp = 0] = await freePorts(3);
  writeFileSync(join(folder, 'conf'), settings(folder, user, group, { imap, imaps, lmtp }));
  const child = spawn(program, ['-F', '-c', join(folder, 'conf')], { stdio: 'ignore' });
  const log = (): string => existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '';
  const close = async (): Promise<void> => { await ended(child); rmSync(folder, { recursive: true, force: true }); };
  if (!await listening([imap, imaps, lmtp], () => child.exitCode === null)) {
    const said = log();
    await close();
    throw new Error(`dovecot does not listen:\n${said}`);
  }
  return {
    host: '127.0.0.1', imap, imaps, lmtp, pki, client: pki.issue('client', 'lis.labo-b.test'), password, log, close,
    deliver: async (raw, to, from = '') => {
      const transport = nodemailer.createTransport({ host: '127.0.0.1', port: lmtp, lmtp: true, ignoreTLS: true });
      try { await transport.sendMail({ envelope: { from, to }, raw: Buffer.from(raw) }); } finally { transport.close(); }
    },
  };
}
