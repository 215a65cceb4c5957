import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Presented } from './certificate.ts';
import { refused, Script, type SmtpFailure } from './failures.ts';
import { failed, judge, rules } from './judge.ts';
import { domainOf, isPatient, type SmtpEnvelope } from './mail.ts';
import { writeNotice, type Notice, type NoticeKind, type NoticeOptions } from './notice.ts';
import { readMail } from './read-mail.ts';
import { listenSmtp, type Login, type Smtp } from './smtp.ts';
import { Mailboxes, type Received } from './store.ts';

export interface MssSimulatorSettings {
  /** The server's certificate, and the authority of the clients' (PEM). */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string; readonly revoked?: readonly string[] };
  /** STARTTLS and implicit TLS; 0 or absent: any free port. */
  readonly ports?: { readonly starttls?: number; readonly implicit?: number };
  readonly refuseInHandshake?: boolean;
  /** `operator` (default) refuses as an operator does; `open` lets everything in and judges; `strict` says 554 to a mail that breaks a rule. */
  readonly gate?: 'operator' | 'open' | 'strict';
  readonly login?: Login;
  readonly sizeBytes?: number;
  /** Domains of the trust space; else those of MSSanté by their form, and of tests. */
  readonly trusted?: readonly string[];
  /** Mailboxes that exist; all when absent. */
  readonly mailboxes?: readonly string[];
  readonly nil?: string;
  /** False: mails are counted, not read (benches). */
  readonly judging?: boolean;
  /** Bytes of mails kept in memory. */
  readonly keepBytes?: number;
  /** Where mails are also written, by mailbox, as `.eml`. */
  readonly folder?: string;
  /** Where notices go: a folder of `.eml` and a function. `automatic`: those that are asked for (NOTIFY=SUCCESS, Disposition-Notification-To) come by themselves, `afterMs` (20) after the mail. */
  readonly notices?: { readonly folder?: string; readonly sink?: (notice: Notice) => void; readonly automatic?: boolean; readonly afterMs?: number };
  readonly now?: () => number;
}

export interface MssSimulatorReport {
  readonly arrivals: number;
  readonly connections: number;
  /** Reasons for which connections were turned away, with their count. */
  readonly turnedAway: Readonly<Record<string, number>>;
  readonly mailboxes: { readonly professional: number; readonly patient: number };
  readonly duplicates: readonly string[];
  readonly rules: readonly { readonly id: string; readonly source: string; readonly severity: 'error' | 'warning'; readonly checked: number; readonly broken: number }[];
}

/** A simulated MSSanté operator and its receivers: takes mails, judges them, fails when asked, sends notices back. It shares no code with the connector. */
export interface MssSimulator {
  readonly host: '127.0.0.1';
  readonly ports: { readonly starttls: number; readonly implicit: number };
  /** Every mail taken, resends included, in order. */
  readonly received: readonly Received[];
  readonly connections: number;
  mailbox(address: string): readonly Received[];
  report(): MssSimulatorReport;
  fail(failure: SmtpFailure): void;
  /** Sends a notice of a mail to its sender's side. `twice`: the very same one again. */
  notify(kind: NoticeKind, mail: Received, options?: NoticeOptions & { readonly twice?: boolean }): Notice;
  /** Serial numbers of client certificates revoked from now on. */
  revoke(serials: readonly string[]): void;
  useCertificate(tls: { readonly cert: string; readonly key: string }): void;
  reset(): void;
  close(): Promise<void>;
}

const mebibyte = 2 ** 20;
/** MailboxMssAddress of the ANS (interop-ig openapi-balmss), and the names of tests (RFC 6761). */
const ofMssante = (domain: string): boolean => /(^|\.)mssante\.(fr|test)$/.test(domain) || domain === 'interop-mssante.apicrypt.org';

export async function startMssSimulator(settings: MssSimulatorSettings): Promise<MssSimulator> {
  const { gate = 'operator', sizeBytes = 25 * mebibyte, now = Date.now, judging = true, nil = null, notices = {} } = settings;
  const script = new Script();
  const boxes = new Mailboxes(settings.keepBytes ?? 256 * mebibyte);
  const turnedAway = new Map<string, number>();
  const domains = settings.trusted === undefined ? null : new Set([...settings.trusted.map((one) => one.toLowerCase()), 'patient.mssante.fr', 'patient.mssante.test']);
  const trusted = (domain: string): boolean => (domains === null ? ofMssante(domain) : domains.has(domain));
  const known = settings.mailboxes === undefined ? null : new Set(settings.mailboxes.map((one) => one.toLowerCase()));
  const late = new Set<NodeJS.Timeout>();
  let connections = 0, taken = 0, sent = 0;

  /** Whole from the moment it has its name: a gateway may be looking. */
  const keep = (folder: string, name: string, raw: Buffer): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.part`), raw);
    renameSync(join(folder, `${name}.part`), join(folder, name));
  };
  const send = (notice: Notice): void => {
    if (notices.folder !== undefined) keep(notices.folder, `${String(now())}-${String(++sent)}-${notice.messageId.replace(/[<>]/g, '').replace(/[^A-Za-z0-9.-]/g, '_')}.eml`, notice.raw);
    notices.sink?.(notice);
  };
  const notify: MssSimulator['notify'] = (kind, mail, { twice = false, ...options } = {}) => {
    const notice = writeNotice(kind, mail, now(), options);
    mail.notices.push(notice);
    send(notice);
    if (twice) send(notice);
    return notice;
  };
  const answerAsked = (mail: Received): void => {
    for (const { address, notify: asked } of mail.envelope.recipients) if (asked.includes('SUCCESS')) notify('dsn-relayed', mail, { recipient: address });
    if (mail.readingAskedBy !== '') notify('mdn-processed', mail);
  };

  const arrived = async (raw: Buffer, envelope: SmtpEnvelope, connection: Presented): Promise<string> => {
    const mail = judging ? await readMail(raw, { connection, envelope, earlier: boxes.earlier, trusted, limitBytes: sizeBytes, nil }) : null;
    const verdicts = mail === null ? [] : judge(mail);
    const broken = failed(verdicts);
    if (gate === 'strict' && broken.length > 0) throw refused(`554 5.6.0 ${broken.join(', ')}`);
    const head = raw.toString('latin1', 0, Math.max(0, Math.min(raw.indexOf('\r\n\r\n'), 1 << 16)));
    const one: Received = {
      number: ++taken, at: now(), envelope, connection, raw, bytes: raw.length, verdicts, failed: broken, notices: [],
      messageId: mail?.messageId ?? /^message-id:\s*(<[^>]*>)/im.exec(head)?.[1] ?? '', subject: mail?.subject ?? '', from: mail?.from[0]?.address ?? '',
      documents: mail?.xdm?.cdas.map(({ id }) => id) ?? [], digest: mail?.digest ?? '', readingAskedBy: mail?.readingAskedBy[0]?.address ?? '', flagged: /^x-[a-z-]*possible-duplicate:/im.test(head),
    };
    boxes.add(one);
    if (settings.folder !== undefined) for (const { address } of envelope.recipients) keep(join(settings.folder, address.toLowerCase().replace(/[^a-z0-9@._-]/g, '_')), `${String(one.number)}.eml`, raw);
    if (notices.automatic === true) {
      const timer = setTimeout(() => { late.delete(timer); answerAsked(one); }, notices.afterMs ?? 20);
      late.add(timer);
    }
    return `SIM${String(one.number)}`;
  };

  const common = {
    tls: settings.tls, authority: { ca: settings.tls.ca, revoked: settings.tls.revoked ?? [] }, refuseInHandshake: settings.refuseInHandshake ?? false, open: gate === 'open', login: settings.login ?? null,
    sizeBytes, trusted: (domain: string) => trusted(domain), known: (address: string) => known === null || isPatient(address) || known.has(address.toLowerCase()) || !trusted(domainOf(address)), now,
  };
  const events = { connected: () => { connections++; }, turnedAway: (reason: string) => { turnedAway.set(reason, (turnedAway.get(reason) ?? 0) + 1); }, arrived };
  const servers: readonly Smtp[] = await Promise.all([
    listenSmtp({ ...common, implicit: false, port: settings.ports?.starttls ?? 0 }, script, events), listenSmtp({ ...common, implicit: true, port: settings.ports?.implicit ?? 0 }, script, events),
  ]);

  return {
    host: '127.0.0.1', ports: { starttls: servers[0]?.port ?? 0, implicit: servers[1]?.port ?? 0 }, received: boxes.received, notify,
    get connections() { return connections; },
    mailbox: (address) => boxes.of(address),
    report: () => ({
      arrivals: boxes.received.length, connections, turnedAway: Object.fromEntries(turnedAway), duplicates: boxes.duplicates(),
      mailboxes: {
        professional: boxes.received.filter(({ envelope }) => !envelope.recipients.some(({ address }) => isPatient(address))).length, patient: boxes.received.filter(({ envelope }) => envelope.recipients.some(({ address }) => isPatient(address))).length,
      },
      rules: rules.map(({ id, source, severity }) => {
        const said = boxes.received.flatMap(({ verdicts }) => verdicts.filter(({ rule }) => rule.id === id));
        return { id, source, severity, checked: said.filter(({ state }) => state !== 'aside').length, broken: said.filter(({ state }) => state === 'broken').length };
      }),
    }),
    fail: (failure) => { script.add(failure); },
    revoke: (serials) => { for (const one of servers) one.reject(serials); },
    useCertificate: (tls) => { for (const one of servers) one.certificate(tls); },
    reset: () => { boxes.clear(); script.clear(); turnedAway.clear(); connections = 0; },
    close: async () => { for (const one of late) clearTimeout(one); await Promise.all(servers.map((one) => one.close())); },
  };
}
