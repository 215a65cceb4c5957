import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock } from '../domain/clock.ts';
import type { Identified } from '../domain/message.ts';
import type { Accept, Answer, Received } from './accept.ts';
import type { Admission } from './admission.ts';
import type { Rates } from './rates.ts';
import type { Refuse, Report } from './report.ts';
import type { Peer, Sources } from './sources.ts';

/** What every listener is given by compose. */
export interface IntakePorts {
  readonly accept: Accept;
  readonly sources: Sources;
  /** Who the message says sent it (`MSH-3|MSH-4`), cheaply; never throws. */
  readonly identify: (bytes: Uint8Array) => Pick<Identified, 'sender' | 'controlId'>;
  readonly refuse: Refuse;
  readonly report: Report;
  readonly admission: Admission;
  readonly rates: Rates;
  /** The longest a message waits for its source's pace, ms. */
  readonly paceMs: number;
  readonly clock: Clock;
  /** Why nothing is taken just now (a full disk), or null. Asked for each message: it must be cheap. */
  readonly closed: () => FaultCode | null;
}

export type Taken = { readonly answer: Answer; readonly refused?: never; readonly retryAfterMs?: never } | { readonly refused: FaultCode; readonly answer?: never; /** When it may be tried again; absent when nothing says. */ readonly retryAfterMs?: number };

/** One whole message off a wire: its source found, then handed in. Never rejects. `sender` is the connection. */
export function take(ports: IntakePorts, sender: object, peer: Peer, bytes: Uint8Array, via: Received['via'], stream: string): Promise<Taken> {
  const source = ports.sources.match(peer, ports.identify(bytes).sender);
  if (source !== null) return hand(ports, sender, peer, { bytes, source, via, stream });
  ports.report({ fault: 'intake.unknown-source', listener: peer.listener, peer: peer.address, size: bytes.length });
  return Promise.resolve({ refused: 'intake.unknown-source' });
}

/** One whole message of a known source: its turn waited for, handed in. Never rejects. */
export async function hand(ports: IntakePorts, sender: object, from: Pick<Peer, 'listener' | 'address'>, message: Omit<Received, 'receivedAt'>): Promise<Taken> {
  const refused = (fault: FaultCode, retryAfterMs?: number): Taken => {
    ports.report({ fault, listener: from.listener, peer: from.address, size: message.bytes.length });
    return { refused: fault, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  };
  const closed = ports.closed();
  if (closed !== null) return refused(closed);
  const receivedAt = ports.clock();
  // An HTTP client is told when to come back; the others are read no more while they wait.
  const wait = ports.rates.has(message.source.id) ? await ports.rates.enter(message.source.id, message.via === 'http' ? 0 : ports.paceMs) : null;
  if (wait !== null) return refused('intake.rate-limited', wait);
  if (!await ports.admission.enter(sender)) return refused('intake.overloaded');
  try {
    return { answer: await ports.accept({ ...message, receivedAt }) };
  } catch {
    // `accept` never rejects; if it does, this message is refused and the next ones go on (invariant 7).
    return refused('intake.failed');
  } finally {
    ports.admission.leave();
  }
}
