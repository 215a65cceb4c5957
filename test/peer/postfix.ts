import { describe, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestIdentity, TestPki } from '../../src/sandbox/pki.ts';
import { freePorts, listening } from './free-port.ts';

const program = '/usr/sbin/postfix';

/** `describe` where Postfix is installed and the tests run as root, which it needs; elsewhere a visibly skipped test in its place. */
export const whenPostfix = (name: string, tests: () => void): void => {
  const reason = existsSync(program) ? 'needs root, which Postfix cannot do without' : 'needs postfix (.ci/setup), which is not installed here';
  describe(name, existsSync(program) && process.getuid?.() === 0 ? tests : () => { test.skip(reason, () => undefined); });
};

/** A real operator's submission: STARTTLS and implicit TLS, client certificates asked for, mail handed over by LMTP. */
export interface Postfix {
  readonly host: '127.0.0.1';
  readonly starttls: number;
  readonly implicit: number;
  log(): string;
  close(): Promise<void>;
}
export interface PostfixSettings {
  readonly pki: TestPki;
  readonly server: TestIdentity;
  /** Port where mail is handed over (LMTP, clear), and the mailboxes that exist. */
  readonly lmtp: number;
  readonly mailboxes: readonly string[];
  /** A domain of the trust space where nobody answers: mail to it expires. */
  readonly down?: string;
}

const services = (starttls: number, implicit: number): string => `127.0.0.1:${starttls} inet n - n - - smtpd
  -o syslog_name=postfix/submission
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_ask_ccert=yes
  -o smtpd_tls_req_ccert=yes
  -o smtpd_client_restrictions=permit_tls_all_clientcerts,reject
127.0.0.1:${implicit} inet n - n - - smtpd
  -o syslog_name=postfix/smtps
  -o smtpd_tls_wrappermode=yes
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_req_ccert=yes
  -o smtpd_client_restrictions=permit_tls_all_clientcerts,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

const main = (folder: string, domains: readonly string[], lmtp: number): string => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
myhostname = smtp.hopital-a.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
maillog_file = ${folder}/maillog
maillog_file_prefixes = ${folder}, /var
message_size_limit = 26214400
mailbox_size_limit = 0
virtual_mailbox_domains = ${domains.join(', ')}
virtual_mailbox_maps = texthash:${folder}/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:${lmtp}
transport_maps = texthash:${folder}/etc/transport
relay_domains =
smtpd_relay_restrictions = permit_tls_all_clientcerts, reject
smtpd_recipient_restrictions = reject_non_fqdn_recipient, check_recipient_access texthash:${folder}/etc/trusted, reject
smtpd_reject_unlisted_recipient = yes
access_map_reject_code = 554
notify_classes =
alias_maps =
alias_database =
smtpd_tls_cert_file = ${folder}/server.pem
smtpd_tls_key_file = ${folder}/server.key
smtpd_tls_CAfile = ${folder}/ca.pem
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_received_header = yes
smtpd_tls_loglevel = 1
minimal_backoff_time = 2s
maximal_backoff_time = 2s
queue_run_delay = 1s
maximal_queue_lifetime = 4s
bounce_queue_lifetime = 4s
delay_warning_time = 1s
`;

async function ended(child: ChildProcess, folder: string): Promise<void> {
  const pidFile = join(folder, 'queue', 'pid', 'master.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').trim()) : 0;
  const gone = child.exitCode !== null ? Promise.resolve() : new Promise((exit) => { child.once('exit', exit); });
  if (pid > 0) try { process.kill(pid, 'SIGTERM'); } catch { /* it ended by itself */ }
  if (child.exitCode === null) child.kill('SIGTERM');
  const late = setTimeout(() => { child.kill('SIGKILL'); }, 5000);
  await gone;
  clearTimeout(late);
}

/** An instance with its own queue, gone at `close`. Times are those of a test: what cannot be handed over expires after 4 s. */
export async function startPostfix({ pki, server, lmtp, mailboxes, down }: PostfixSettings): Promise<Postfix> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-postfix-'));
  chmodSync(folder, 0o755);
  for (const name of ['etc', 'queue', 'data']) mkdirSync(join(folder, name));
  const owner = Number(execFileSync('id', ['-u', 'postfix'], { encoding: 'utf8' }));
  chownSync(join(folder, 'data'), owner, -1);
  const domains = [...new Set(mailboxes.map((one) => one.split('@')[1] ?? '')), ...(down === undefined ? [] : [down])];
  const [starttls = 0, implicit = 0, nobody = 0] = await freePorts(3);
  const files = {
    'server.pem': server.cert, 'server.key': server.key, 'ca.pem': pki.ca, 'etc/main.cf': main(folder, domains, lmtp), 'etc/master.cf': services(starttls, implicit),
    'etc/mailboxes': [...mailboxes, ...(down === undefined ? [] : [`quelquun@${down}`])].map((one) => `${one} x\n`).join(''), 'etc/trusted': domains.map((one) => `${one} OK\n`).join(''), 'etc/transport': down === undefined ? '' : `${down} lmtp:inet:127.0.0.1:${nobody}\n`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: name.endsWith('.key') ? 0o600 : 0o644 });
  const child = spawn(program, ['-c', join(folder, 'etc'), 'start-fg'], { stdio: 'ignore' });
  const log = (): string => existsSync(join(folder, 'maillog')) ? readFileSync(join(folder, 'maillog'), 'utf8') : '';
  const close = async (): Promise<void> => { await ended(child, folder); rmSync(folder, { recursive: true, force: true, maxRetries: 5 }); };
  if (!await listening([starttls, implicit], () => child.exitCode === null)) {
    const said = log();
    await close();
    throw new Error(`postfix does not listen:\n${said}`);
  }
  return { host: '127.0.0.1', starttls, implicit, log, close };
}
