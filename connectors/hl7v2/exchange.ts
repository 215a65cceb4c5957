import type { Receipt } from '../../src/domain/delivery.ts';
import type { Connector, Sending } from '../../src/deliver/connector.ts';
import { readAck } from '../../src/formats/hl7v2/answers.ts';
import { readHl7 } from '../../src/formats/hl7v2/read.ts';
import { unanswered } from '../../src/net/connection-error.ts';
import { receiptOf, unreachable } from './answers.ts';
import type { Hl7v2Config } from './config.ts';
import { flagged } from './flag.ts';
import { LateAnswers } from './late.ts';
import { openLink, type Link } from './link.ts';
import { Turns } from './turns.ts';

/** Connections kept only to hear a late answer. */
const mostListening = 4;

/** MLLP to one system: one connection kept open, one message in flight, answers matched by MSA-2 (HL7 v2.5 2.9.2). */
export class Hl7v2Exchange implements Connector {
  readonly #config: Hl7v2Config;
  readonly #turns = new Turns();
  readonly #late = new LateAnswers();
  readonly #listening = new Map<Link, NodeJS.Timeout>();
  #link: Link | null = null;
  constructor(config: Hl7v2Config) { this.#config = config; }

  async check(): Promise<{ ok: boolean; text: string; english?: string }> {
    const { host, port, connectMs } = this.#config;
    try {
      (await openLink(this.#config, AbortSignal.timeout(connectMs))).close();
      return { ok: true, text: `${host}:${port} accepte la connexion`, english: `${host}:${port} accepts connections` };
    } catch (error) {
      const { text, english } = unanswered(error);
      return { ok: false, text: `${host}:${port} ${text}`, english: `${host}:${port} ${english}` };
    }
  }

  async send(sending: Sending, signal: AbortSignal): Promise<Receipt> {
    const [step] = sending.envelope.steps;
    const controlId = step?.meta.controlId ?? '';
    const bytes = await sending.body(0);
    const came = sending.possibleDuplicate ? this.#late.take(controlId) : null;
    if (came !== null) return came.kind === 'delivered' ? { ...came, duplicate: true } : came;
    if (!await this.#turns.take(signal)) return { kind: 'busy', fault: 'hl7v2out.unreachable', raw: 'turn' };
    try {
      const link = await this.#connected(signal);
      return 'kind' in link ? link : await this.#ask(link, sending.possibleDuplicate && this.#config.flagDuplicates ? flagged(bytes) : bytes, controlId, signal);
    } finally {
      this.#turns.done();
    }
  }

  /** No question can be asked over MLLP: the evidence is a late answer, or none. */
  async lookup(): Promise<'unknown'> { return Promise.resolve('unknown'); }

  async close(): Promise<void> {
    this.#link?.close();
    for (const [link, timer] of this.#listening) { clearTimeout(timer); link.close(); }
    return Promise.resolve();
  }

  /** Answers that fitted nothing: duplicates, or a system that mistakes its messages. */
  get unexpected(): number { return this.#late.unexpected; }

  async #connected(signal: AbortSignal): Promise<Link | Receipt> {
    if (this.#link?.open === true) return this.#link;
    try {
      this.#link = await openLink(this.#config, signal);
      return this.#link;
    } catch (error) {
      return unreachable(error);
    }
  }

  #ask(link: Link, bytes: Uint8Array, controlId: string, signal: AbortSignal): Promise<Receipt> {
    return new Promise((answer) => {
      const end = (receipt: Receipt): void => {
        signal.removeEventListener('abort', givenUp);
        link.onFrame = (frame) => { this.#heard(frame); };
        link.onClosed = () => undefined;
        answer(receipt);
      };
      const givenUp = (): void => {
        this.#late.await(controlId);
        end({ kind: 'unknown', fault: 'hl7v2out.no-answer' });
        this.#listen(link);
      };
      link.onFrame = (frame) => {
        const message = readHl7(frame);
        const ack = readAck(message);
        if (ack?.controlId === controlId) end(receiptOf(ack, message.first('MSH').text(10)));
        else this.#heard(frame);
      };
      link.onClosed = () => {
        const broken = link.error === null ? null : unreachable(link.error);
        end(broken?.kind === 'refused' ? broken : { kind: 'unknown', fault: 'hl7v2out.connection-lost' });
      };
      signal.addEventListener('abort', givenUp, { once: true });
      link.write(bytes);
      if (signal.aborted) givenUp();
    });
  }

  /** A frame that answers nothing in flight. */
  #heard(frame: Uint8Array): void {
    const message = readHl7(frame);
    const ack = readAck(message);
    if (ack === null) this.#late.unexpected += 1;
    else this.#late.came(ack.controlId, receiptOf(ack, message.first('MSH').text(10)));
  }

  /** The next message goes over another connection, so that this one's late answer cannot be taken for its own. */
  #listen(link: Link): void {
    this.#link = null;
    const stop = (): void => { clearTimeout(this.#listening.get(link)); this.#listening.delete(link); link.close(); };
    this.#listening.set(link, setTimeout(stop, this.#config.lateMs).unref());
    link.onClosed = stop;
    const [oldest] = this.#listening.keys();
    if (this.#listening.size > mostListening && oldest !== undefined) { clearTimeout(this.#listening.get(oldest)); this.#listening.delete(oldest); oldest.close(); }
  }
}
