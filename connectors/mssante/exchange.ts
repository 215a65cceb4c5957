import type { Clock } from '../../src/domain/clock.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { catalogue } from '../../src/domain/catalogue.ts';
import { finding, say } from '../../src/domain/finding.ts';
import { isMailboxAddress } from '../../src/domain/mailbox-address.ts';
import type { Answers, Connector, Resolved, Sending, Work } from '../../src/deliver/connector.ts';
import { XdmMismatch } from '../../src/formats/xdm/write.ts';
import { receiptOfFailure } from './answers.ts';
import type { MssanteConfig } from './config.ts';
import { isPatient, type FrozenMail } from './mail.ts';
import { mimeOf } from './mime.ts';
import type { Recipients } from './recipients/recipients.ts';
import { poolFor, type Pool } from './transport.ts';
import { Upload } from './upload.ts';
import { Turns } from './turns.ts';

const hour = 3600_000;
/** Mon espace santé's, base64 counted, whatever the operator's own (messagerie v1.3 §6). */
const patientMailBytes = 25 << 20;

const misconfigured = (receipt: Receipt): boolean => 'fault' in receipt && catalogue[receipt.fault].class === 'configuration';

/** What a check says of an operator that would take nothing now. */
function refusalSaid(where: string, receipt: Receipt): { readonly text: string; readonly english: string } {
  if (!('fault' in receipt)) return { text: where, english: where };
  const found = finding(receipt.fault, '', ...('args' in receipt ? receipt.args ?? [] : []));
  const code = 'raw' in receipt && typeof receipt.raw === 'string' ? ` (${receipt.raw})` : '';
  return { text: `${where} : ${say(found, 'fr').text}${code}`, english: `${where}: ${say(found, 'en').text}${code}` };
}

/** One operator: a pool of a few connections, and never more mails in hand than there are. */
export class MssanteExchange implements Connector {
  readonly #config: MssanteConfig;
  readonly #clock: Clock;
  readonly #recipients: Recipients;
  readonly #turns: Turns;
  #pool: Pool | null = null;
  /** The last thing the operator would not know us by, and how often that was. */
  #wrong: { readonly times: number; readonly receipt: Receipt | null } = { times: 0, receipt: null };

  constructor(config: MssanteConfig, clock: Clock, recipients: Recipients) {
    this.#config = config;
    this.#recipients = recipients;
    this.#clock = clock;
    this.#turns = new Turns(config.limits.connections);
  }

  async check(): Promise<{ ok: boolean; text: string; english?: string }> {
    const { host, port } = this.#config;
    let pool: Pool | null = null;
    try {
      pool = poolFor(this.#config);
      await pool.verify();
      return { ok: true, text: `${host}:${String(port)} nous accepte`, english: `${host}:${String(port)} accepts us` };
    } catch (error) {
      const receipt = receiptOfFailure(error, { ended: false });
      return { ok: false, ...refusalSaid(`${host}:${String(port)}`, receipt) };
    } finally { pool?.close(); }
  }

  /** A recipient without an address is looked for in the directory. */
  resolve(work: Work, signal: AbortSignal, earlier: Answers | null): Promise<Resolved> { return this.#recipients.resolve(work, signal, earlier); }

  async send(sending: Sending, signal: AbortSignal): Promise<Receipt> {
    const { times } = this.#wrong;
    if (!await this.#turns.take(signal)) return { kind: 'busy', fault: 'mss.waiting-turn' };
    try {
      // Who waited while another was not recognised would not be either: one connection is enough to know it.
      if (this.#wrong.times !== times && this.#wrong.receipt !== null) return this.#wrong.receipt;
      const receipt = await this.#post(sending, signal);
      if (misconfigured(receipt)) this.#dropped(receipt);
      return receipt;
    } finally { this.#turns.done(); }
  }

  /** No question can be asked over SMTP: the evidence is a notice, or none. */
  async lookup(): Promise<'unknown'> { return Promise.resolve('unknown'); }

  async close(): Promise<void> {
    this.#pool?.close({ force: true });
    this.#pool = null;
    await this.#recipients.close();
  }

  async #post(sending: Sending, signal: AbortSignal): Promise<Receipt> {
    const mail = JSON.parse(Buffer.from(await sending.body(0)).toString('utf8')) as FrozenMail;
    if (mail.documents.length === 0) return { kind: 'refused', fault: 'mss.nothing-to-send', args: [] };
    if (!isMailboxAddress(mail.to)) return { kind: 'held', fault: 'mss.not-one-recipient' };
    const outside = await this.#recipients.outside(mail.to) ?? await this.#recipients.outsideForAnswers(mail.replyTo, mail.from.address);
    if (outside !== null) return { kind: 'held', fault: outside };
    if (mail.headers.some(({ key, value }) => key === 'X-MSS-CODECDA' && value === '')) return { kind: 'refused', fault: 'mss.code-missing', args: [] };
    const bodies: Uint8Array[] = [];
    for (const i of mail.documents.keys()) bodies.push(await sending.body(i + 1));
    let bytes: Buffer;
    // What cannot be made now cannot be made later.
    try { bytes = await mimeOf(mail, bodies, sending.possibleDuplicate); } catch (error) {
      // Documents that are not those of the plan are our mistake: nobody is told that the sender's is wrong.
      if (error instanceof XdmMismatch) return { kind: 'held', fault: 'mss.documents-differ' };
      return { kind: 'refused', fault: 'mss.not-made', args: [], raw: error instanceof Error ? error.name : '' };
    }
    const { limits, dsn, noticeHours } = this.#config;
    const most = isPatient(mail.to) ? Math.min(limits.mailBytes, patientMailBytes) : limits.mailBytes;
    if (bytes.length > most) return { kind: 'refused', fault: 'mss.too-large', args: [String(bytes.length), String(most)] };
    const upload = new Upload(bytes);
    const options = {
      // `raw` keeps nodemailer from composing; what is read is the upload (transport.ts).
      upload, raw: ' ', signal,
      // Its size is told before the upload, so that an operator that cannot take it says so first (RFC 1870).
      envelope: { from: mail.from.address, to: [mail.to], size: bytes.length },
      ...(dsn ? { dsn: { id: mail.token, return: 'headers' as const, notify: ['success', 'failure', 'delay'] as ('success' | 'failure' | 'delay')[], recipient: `rfc822;${mail.to}` } } : {}),
    };
    try {
      this.#pool ??= poolFor(this.#config);
      const { accepted, rejected } = await this.#pool.sendMail(options) as { readonly accepted: readonly unknown[]; readonly rejected: readonly unknown[] };
      if (accepted.length !== 1 || rejected.length !== 0) return { kind: 'held', fault: 'mss.not-one-recipient' };
      return { kind: 'submitted', correlation: mail.token, deadline: this.#clock() + noticeHours * hour };
    } catch (error) {
      return receiptOfFailure(error, upload);
    }
  }

  /** The next connection reads certificate and secrets again: they may have been mended. */
  #dropped(receipt: Receipt): void {
    this.#wrong = { times: this.#wrong.times + 1, receipt };
    this.#pool?.close();
    this.#pool = null;
  }
}
