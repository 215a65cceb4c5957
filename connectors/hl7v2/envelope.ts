import { createHash } from 'node:crypto';
import type { Envelope } from '../../src/domain/delivery.ts';
import type { Work } from '../../src/deliver/connector.ts';
import { readHl7 } from '../../src/formats/hl7v2/read.ts';
import type { Addressing, Hl7v2Config } from './config.ts';

/** `acknowledgement`: a ZAM written ready to send, in base64. `relay`: the message as received, re-addressed. */
type Content = { readonly kind: 'acknowledgement'; readonly message: string } | { readonly kind: 'relay' };

const contentOf = (work: Work): Content => {
  const { kind, message } = work.content as { readonly kind?: unknown; readonly message?: unknown };
  if (kind === 'acknowledgement' && typeof message === 'string') return { kind, message };
  if (kind === 'relay') return { kind };
  throw new TypeError('content.kind is neither acknowledgement nor relay');
};

/** The bytes with some MSH fields in place of theirs; everything else as received, byte for byte. `fields` is by field number. */
export function withMsh(bytes: Uint8Array, fields: Readonly<Record<number, string>>): Uint8Array {
  const msh = readHl7(bytes).first('MSH');
  if (msh.index !== 0) throw new TypeError('no MSH to re-address');
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const [n, text] of Object.entries(fields).sort(([a], [b]) => Number(a) - Number(b))) {
    if (Number(n) > msh.size) throw new TypeError(`MSH-${n} is beyond the end of MSH`);
    const { slice } = msh.field(Number(n));
    const from = slice.byteOffset - bytes.byteOffset;
    pieces.push(bytes.subarray(at, from), Buffer.from(text, 'latin1'));
    at = from + slice.length;
  }
  pieces.push(bytes.subarray(at));
  return Buffer.concat(pieces);
}

const addresses = ({ sendingApplication, sendingFacility, receivingApplication, receivingFacility }: Addressing): Record<number, string> =>
  Object.fromEntries([[3, sendingApplication], [4, sendingFacility], [5, receivingApplication], [6, receivingFacility]].filter(([, text]) => text !== undefined) as [number, string][]);

/**
 * MSH-10 of our own, at most 20 characters (HL7 v2.5), the same whenever it is made again. Needed when we speak in our own
 * name: two senders may have used one control id, and the receiver would take the second message for a repeat of the first.
 */
const ownControlId = (work: Work): string => createHash('sha256').update(`${work.trace}|${work.destination}`).digest('hex').slice(0, 20);

function relayed(work: Work, { addressing }: Hl7v2Config): Uint8Array {
  if (work.message === undefined) throw new TypeError('the message to relay is no longer kept');
  const fields = addresses(addressing);
  if (3 in fields || 4 in fields) fields[10] = ownControlId(work);
  return Object.keys(fields).length === 0 ? work.message : withMsh(work.message, fields);
}

/** One step: the message's bytes, to be framed as they are. `headers` shows MSH without what it carries. */
export function prepareHl7v2(work: Work, config: Hl7v2Config): { envelope: Envelope; headers: Record<string, unknown> } {
  const content = contentOf(work);
  const bytes = content.kind === 'relay' ? relayed(work, config) : Buffer.from(content.message, 'base64');
  const msh = readHl7(bytes).first('MSH');
  const controlId = msh.text(10);
  if (controlId === '') throw new TypeError('MSH-10 is empty: an answer could not be told apart');
  const type = [1, 2, 3].map((c) => msh.text(9, c)).filter((part) => part !== '').join('^');
  const headers = { 'MSH-3': msh.text(3), 'MSH-4': msh.text(4), 'MSH-5': msh.text(5), 'MSH-6': msh.text(6), 'MSH-9': type, 'MSH-10': controlId };
  return { envelope: { steps: [{ name: content.kind, meta: { controlId, type }, body: [bytes] }] }, headers };
}
