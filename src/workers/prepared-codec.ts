import type { Prepared } from '../deliver/ports.ts';
import type { Envelope, Reason } from '../domain/delivery.ts';
import type { Finding } from '../domain/finding.ts';
import { decodeEnvelope, encodeEnvelope } from '../journal/envelope-codec.ts';

interface Head { readonly withheld: Reason | null; readonly findings: readonly Finding[] }

/** As one buffer: the length of a JSON head (4 bytes, big endian), the head, then the envelope, of which nothing crosses when it is withheld. */
export function encodePrepared(envelope: Envelope, withheld: Reason | null, findings: readonly Finding[]): Uint8Array<ArrayBuffer> {
  const head = Buffer.from(JSON.stringify({ withheld, findings } satisfies Head));
  const body = withheld === null ? encodeEnvelope(envelope) : new Uint8Array(0);
  const out = new Uint8Array(4 + head.length + body.length);
  new DataView(out.buffer).setUint32(0, head.length);
  out.set(head, 4);
  out.set(body, 4 + head.length);
  return out;
}

export function decodePrepared(bytes: Uint8Array): Prepared {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 4 + all.readUInt32BE(0);
  const { withheld, findings } = JSON.parse(all.toString('utf8', 4, end)) as Head;
  return withheld === null ? { ...decodeEnvelope(bytes.subarray(end)), findings } : { withheld, findings };
}
