import { ImapFlow } from 'imapflow';
import type { ConnectionOptions } from 'node:tls';
import { MailboxFault, type MailboxDriver, type Settled, type WaitingMail } from './driver.ts';

export interface ImapSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, else STARTTLS before anything else is said; never in clear. */
  readonly implicitTls: boolean;
  readonly user: string;
  /** Asked at each connection: a token or password may have been renewed. */
  readonly credential: () => { readonly pass: string } | { readonly accessToken: string };
  /** Asked at each connection: a certificate may have been renewed. */
  readonly tls: () => ConnectionOptions;
  readonly box: string;
  /** Where notices go once they are in the journal; null leaves them, marked. */
  readonly doneBox: string | null;
  readonly timeoutMs: number;
}

/** Marks of ours on a mail: it is in the journal; it is too large to be taken. */
const ingested = '$GwIngested', tooLarge = '$GwTooLarge';

const code = (error: unknown): string => {
  const { code: system, responseText } = error as { code?: unknown; responseText?: unknown };
  return typeof system === 'string' ? system : typeof responseText === 'string' ? 'NO' : error instanceof Error ? error.name : 'unknown';
};
const faultOf = (error: unknown): MailboxFault => (error instanceof MailboxFault ? error
  : (error as { authenticationFailed?: boolean }).authenticationFailed === true ? new MailboxFault('mailbox.login-refused', code(error), { cause: error })
    : new MailboxFault('mailbox.unreachable', code(error), { cause: error }));

/**
 * A mailbox over IMAP with mutual TLS. A mail is named by UIDVALIDITY and UID; when UIDVALIDITY changes every mail is looked at
 * again, and the journal knows those it has by their content. What was settled and left in place is also remembered for as long
 * as the process lives: some servers keep no keywords.
 */
export class ImapMailbox implements MailboxDriver {
  readonly #settings: ImapSettings;
  readonly #settled = new Set<string>();
  #client: ImapFlow | null = null;
  #validity = '';
  #keywords = false;

  constructor(settings: ImapSettings) { this.#settings = settings; }

  async waiting(most: number): Promise<readonly WaitingMail[]> {
    return this.#with(async (client) => {
      const query = this.#keywords ? { deleted: false, unKeyword: ingested, not: { keyword: tooLarge } } : { deleted: false };
      const found = await client.search(query, { uid: true });
      const uids = (found === false || found === undefined ? [] : found).toSorted((a, b) => a - b).filter((uid) => !this.#settled.has(this.#id(uid))).slice(0, most);
      if (uids.length === 0) return [];
      const mails = await client.fetchAll(uids.join(','), { uid: true, size: true }, { uid: true });
      return mails.map(({ uid, size = 0 }) => ({ id: this.#id(uid), size })).toSorted((a, b) => this.#uid(a) - this.#uid(b));
    });
  }

  async read(mail: WaitingMail): Promise<Uint8Array | null> {
    return this.#with(async (client) => {
      if (!this.#current(mail)) return null;
      const found = await client.fetchOne(String(this.#uid(mail)), { source: true }, { uid: true });
      return found === false || found?.source === undefined ? null : Uint8Array.from(found.source);
    });
  }

  async settle(mail: WaitingMail, as: Settled): Promise<void> {
    await this.#with(async (client) => {
      if (!this.#current(mail)) return;
      const uid = String(this.#uid(mail));
      if (this.#keywords) await client.messageFlagsAdd(uid, [as === 'too-large' ? tooLarge : ingested], { uid: true });
      const moved = as === 'done' && this.#settings.doneBox !== null && await client.messageMove(uid, this.#settings.doneBox, { uid: true }) !== false;
      // Even where marks are kept: one that the server did not take must not make the same mail come again and again.
      if (!moved) this.#settled.add(mail.id);
    });
  }

  async changed(ms: number, signal: AbortSignal): Promise<void> {
    const client = this.#client;
    await new Promise<void>((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', over);
        client?.off('exists', over);
        client?.off('close', over);
        resolve();
      };
      const timer = setTimeout(over, ms);
      signal.addEventListener('abort', over, { once: true });
      if (signal.aborted) { over(); return; }
      if (client?.usable !== true) return;
      client.on('exists', over);
      client.on('close', over);
      // The next command ends it; what breaks it shows there too.
      client.idle().catch(() => undefined);
    });
  }

  reset(): void {
    this.#client?.close();
    this.#client = null;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client?.usable === true) await client.logout().catch(() => undefined);
    client?.close();
  }

  #id(uid: number): string { return `${this.#validity}/${String(uid)}`; }
  #uid({ id }: WaitingMail): number { return Number(id.slice(id.indexOf('/') + 1)); }
  /** UIDs say nothing any more once UIDVALIDITY has changed. */
  #current({ id }: WaitingMail): boolean { return id.startsWith(`${this.#validity}/`); }

  async #with<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    try { return await work(await this.#connected()); } catch (error) { throw faultOf(error); }
  }

  async #connected(): Promise<ImapFlow> {
    if (this.#client?.usable === true) return this.#client;
    this.reset();
    const { host, port, implicitTls, user, credential, tls, box, doneBox, timeoutMs } = this.#settings;
    const client = new ImapFlow({
      host, port, secure: implicitTls, ...(implicitTls ? {} : { doSTARTTLS: true }), auth: { user, ...credential() }, tls: tls(), logger: false, disableAutoIdle: true,
      connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: 10 * 60_000, maxIdleTime: 5 * 60_000,
    });
    // A lost connection shows at the next command; without a listener it would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const opened = await client.mailboxOpen(box);
      const { permanentFlags } = opened;
      this.#keywords = permanentFlags === undefined || permanentFlags.has('\\*') || permanentFlags.has(ingested);
      if (opened.uidValidity.toString() !== this.#validity) { this.#settled.clear(); this.#validity = opened.uidValidity.toString(); }
      if (doneBox !== null && !(await client.list()).some(({ path }) => path === doneBox)) await client.mailboxCreate(doneBox);
    } catch (error) {
      // Some servers leave the socket open after they refused a certificate.
      client.close();
      throw error;
    }
    this.#client = client;
    return client;
  }
}
