import { readFile } from 'node:fs/promises';
import type { FaultCode } from '../../../src/domain/catalogue.ts';
import { mailDomainOf } from '../../../src/domain/mailbox-address.ts';
import type { Secret } from '../../../src/domain/secret.ts';
import type { Resolved, Answers, Work } from '../../../src/deliver/connector.ts';
import { readSecretText } from '../../../src/net/secret.ts';
import { DirectoryUnanswered, FhirDirectory } from './api.ts';
import { choose, type Choice, type ChoiceRules, type TrustSpace } from './choose.ts';
import { FlatFile } from './flat-file.ts';
import { LastGood, type Alarm } from './last-good.ts';
import { plainRpps, plainStructure, type Known, type Wanted } from './mailbox.ts';
import { domainKey, readWhitelist, whitelistRefusal, type Whitelist } from './whitelist.ts';

/** Settings `recipients` of an mssante destination: where mailboxes are found for those a message names without an address. */
export interface RecipientsConfig extends ChoiceRules {
  /** The FHIR API, asked when the file knows nobody; null without. */
  readonly directory: { readonly url: string; readonly apiKey: Secret; readonly perSecond: number } | null;
  /** The flat file, and the trust space's list of domains. */
  readonly file: { readonly file: string } | null;
  readonly whitelist: { readonly file: string } | null;
  /** Where the files are brought from; without, somebody else puts them there. */
  readonly download: { readonly extraction: string | null; readonly whitelist: string | null; readonly ca?: Secret } | null;
  /** How often the files are looked at for a newer one, and brought. */
  readonly refreshMinutes: number;
}

/** What routing says of a recipient without an address (`content.wanted`). */
interface Named { readonly person?: boolean; readonly application?: boolean; readonly rpps: string; readonly structure: string; readonly name: string }
const nobody: Known = { mailboxes: [], gone: false };
/** A directory that names no moment is asked again after this. */
const againMs = 60_000;
/** Published today: 89 MB, 20 of them on the wire, and 5 MB (mss.md §1, §5.2). */
const mostExtraction = 400 << 20, mostWhitelist = 64 << 20;
/** In the trust space by themselves: published copies of the list lack them (mss.md §1). */
const always: ReadonlySet<string> = new Set(['patient.mssante.fr', 'medecin.mssante.fr']);

/** MailboxMssAddress of the ANS (interop-ig openapi-balmss), and the names kept for tests (RFC 6761). */
const named = /(^|\.)mssante\.(fr|test)$|^interop-mssante\.apicrypt\.org$/;

/** Finds the mailbox of a recipient, before its mail is made (mss.md §5.3). What it finds is kept in the journal and holds for every attempt. */
export class Recipients {
  readonly #config: RecipientsConfig;
  readonly #api: FhirDirectory | null;
  readonly #file: LastGood<FlatFile> | null;
  readonly #whitelist: LastGood<Whitelist> | null;
  #timer: NodeJS.Timeout | undefined;

  constructor(config: RecipientsConfig, alarm: Alarm) {
    this.#config = config;
    const { directory, file, whitelist, download, refreshMinutes } = config;
    const from = (url: string | null | undefined, maxBytes: number) => (url === null || url === undefined ? null : { url, maxBytes, ...(download?.ca === undefined ? {} : { ca: download.ca }) });
    const everyMs = refreshMinutes * 60_000;
    this.#api = directory === null ? null : new FhirDirectory({ url: directory.url, perSecond: directory.perSecond, apiKey: () => readSecretText(directory.apiKey) });
    this.#file = file === null ? null : new LastGood<FlatFile>(file.file, {
      read: (path) => FlatFile.open(path), unreadable: 'recipients.file-unusable', close: (list) => list.close(),
      refusal: (found, good) => (good !== null && found.lines < good.lines * 0.8 ? 'recipients.file-shrunk' : null),
    }, everyMs, alarm, from(download?.extraction, mostExtraction));
    this.#whitelist = whitelist === null ? null : new LastGood<Whitelist>(whitelist.file, {
      read: async (path) => { const list = readWhitelist(await readFile(path)); if (list === null) throw new Error('unreadable'); return list; },
      unreadable: 'recipients.whitelist-unreadable', refusal: whitelistRefusal, close: () => Promise.resolve(),
    }, everyMs, alarm, from(download?.whitelist, mostWhitelist));
    if (download === null) return;
    // Brought by the clock too, so that the first mail of the day does not wait for it.
    this.#timer = setInterval(() => { void this.#refresh(); }, everyMs).unref();
    void this.#refresh();
  }

  async #refresh(): Promise<void> { await Promise.all([this.#file?.current(performance.now()), this.#whitelist?.current(performance.now())]); }

  async resolve(work: Pick<Work, 'content'>, signal: AbortSignal, earlier: Answers | null): Promise<Resolved> {
    const { to = null, audience, wanted = null } = work.content as { readonly to?: string | null; readonly audience?: string; readonly wanted?: Named | null };
    if (to !== null) {
      const outside = await this.outside(to);
      return outside === null ? { answers: earlier ?? {} } : { receipt: { kind: 'held', fault: outside } };
    }
    if (typeof earlier?.to === 'string') return { answers: earlier };
    if (audience === 'patient') return { receipt: { kind: 'held', fault: 'recipients.patient-unqualified' } };
    if (this.#api === null && this.#file === null && Object.keys(this.#config.applications).length === 0) return { receipt: { kind: 'held', fault: 'recipients.no-directory' } };
    const asked: Wanted = { rpps: plainRpps(wanted?.rpps ?? ''), structure: plainStructure(wanted?.structure ?? ''), name: wanted?.name ?? '', person: wanted?.person === true, application: wanted?.application === true };
    return this.#found(asked, signal);
  }

  /** Why nothing may leave for an address as the list of domains stands, wherever the address comes from; null when it may. */
  async outside(address: string): Promise<FaultCode | null> {
    const space = await this.#space();
    if (space === 'unknown') return 'recipients.no-trust-list';
    return space === null || space(mailDomainOf(address)) ? null : 'recipients.outside-trust-space';
  }

  /**
   * Why answers may not go to this address; null when they may, or when there is none. A doctor's answer is medical: it goes to
   * an MSSanté mailbox of professionals. Without a list of domains, to a domain of the names that MSSanté has, or to our own.
   */
  async outsideForAnswers(address: string, from: string): Promise<FaultCode | null> {
    if (address === '') return null;
    const domain = mailDomainOf(address);
    if (domain === 'patient.mssante.fr') return 'recipients.reply-to-patient';
    const inside = this.#whitelist === null ? named.test(domain) || domain === mailDomainOf(from) : await this.outside(address) === null;
    return inside ? null : 'recipients.reply-outside';
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#file?.close(), this.#whitelist?.close()]);
  }

  /** Null when no list is configured; `unknown` when the one that is could never be read: then nothing is inside. */
  async #space(): Promise<TrustSpace | 'unknown'> {
    if (this.#whitelist === null) return null;
    const list = await this.#whitelist.current(performance.now());
    return list === null ? 'unknown' : (domain) => always.has(domain) || list.domains.has(domainKey(domain));
  }

  async #found(asked: Wanted, signal: AbortSignal): Promise<Resolved> {
    const now = performance.now();
    const trusted = await this.#space();
    if (trusted === 'unknown') return { receipt: { kind: 'held', fault: 'recipients.no-trust-list' } };
    const choiceOf = (known: Known): Choice => choose(asked, known, this.#config, trusted);
    const file = await this.#file?.current(now) ?? null;
    let choice = choiceOf(file === null ? nobody : await file.known(asked));
    // The file is a day old or more: whom it does not know may be known by now.
    if ('held' in choice && choice.held === 'recipients.not-found' && this.#api !== null) {
      try { choice = choiceOf(await this.#api.known(asked, signal)); } catch (error) {
        if (!(error instanceof DirectoryUnanswered)) throw error;
        const { status, retryAfterMs } = error;
        const wrong = status !== null && status >= 400 && status < 429;
        return { receipt: { kind: 'busy', aside: true, fault: wrong ? 'recipients.directory-refused' : 'recipients.directory-busy', raw: String(status), retryAfterMs: retryAfterMs ?? againMs } };
      }
    }
    if ('held' in choice) return { receipt: { kind: 'held', fault: choice.held } };
    const { to, rule, warning } = choice;
    return { answers: { to, rule, ...(warning === null ? {} : { warning }) } };
  }
}
