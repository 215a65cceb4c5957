import type { Source } from '../domain/message.ts';

/** One message off a wire, from an authenticated source. */
export interface Received {
  readonly bytes: Uint8Array;
  readonly source: Source;
  readonly receivedAt: number;
  readonly via: 'mllp' | 'http' | 'folder' | 'mailbox' | 'console';
  /** Messages of one ordered stream (a connection, a folder) are planned in the order given. */
  readonly stream: string;
}

/** What to write back. `bytes` null: nothing is due (an acknowledgement is never acknowledged). */
export interface Answer {
  readonly code: 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR' | null;
  readonly bytes: Uint8Array | null;
  readonly trace: string;
}

/**
 * The way into the gateway, given to every listener by compose. It resolves only when the bytes and what is answered are
 * durable (invariants 1, 2); it never rejects: what cannot be taken is answered AR (HTTP 503) and may be sent again.
 */
export type Accept = (received: Received) => Promise<Answer>;
