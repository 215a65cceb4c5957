import type { Envelope, Reason } from '../domain/delivery.ts';
import { decodeEnvelope, encodeEnvelope } from '../journal/envelope-codec.ts';

/** An envelope, or why what was prepared may not leave. */
export type Prepared = Envelope | { readonly withheld: Reason };

/** As one buffer. A reason is JSON: it begins with `{`, which as the first byte of an envelope would announce two gigabytes. */
export const encodePrepared = (envelope: Envelope, withheld: Reason | null): Uint8Array<ArrayBuffer> =>
  (withheld === null ? encodeEnvelope(envelope) : new Uint8Array(Buffer.from(JSON.stringify(withheld))));

export const decodePrepared = (bytes: Uint8Array): Prepared =>
  (bytes[0] === 0x7b ? { withheld: JSON.parse(Buffer.from(bytes).toString('utf8')) as Reason } : decodeEnvelope(bytes));
