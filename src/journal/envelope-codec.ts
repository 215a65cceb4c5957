import type { BodyPart, Envelope, Step } from '../domain/delivery.ts';

/**
 * Bytes of an envelope, or of any list of body parts, as the journal keeps them: the length of a JSON outline (4 bytes, big
 * endian), the outline, then the inline bytes in order. In the outline a part is a number (that many inline bytes), a
 * document reference, or `{kept}`, the name under which large bytes are stored apart.
 */
type Outlined = number | { readonly document: string; readonly encoding: 'raw' | 'base64' } | { readonly kept: string };
interface OutlinedStep { readonly name: string; readonly meta: Readonly<Record<string, string>>; readonly body: readonly Outlined[] }

const nothingApart = (): null => null;

/** The bytes in pieces; `keep` stores large bytes apart and gives their name; null keeps them inline. */
export function envelopePieces(envelope: Envelope, keep: (bytes: Uint8Array) => string | null = nothingApart): readonly Uint8Array[] {
  const inline: Uint8Array[] = [];
  const outlined = (part: BodyPart): Outlined => {
    if (!(part instanceof Uint8Array)) return { document: part.document, encoding: part.encoding };
    const kept = keep(part);
    if (kept !== null) return { kept };
    inline.push(part);
    return part.length;
  };
  const steps = envelope.steps.map((step): OutlinedStep => ({ name: step.name, meta: step.meta, body: step.body.map(outlined) }));
  const text = JSON.stringify(steps);
  const outline = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
  outline.writeUInt32BE(outline.length - 4, 0);
  outline.write(text, 4);
  return [outline, ...inline];
}

/** The bytes in a buffer of their own, not a slice of Node's pool: it may be transferred to another thread. */
export function encodeEnvelope(envelope: Envelope, keep?: (bytes: Uint8Array) => string | null): Uint8Array<ArrayBuffer> {
  const pieces = envelopePieces(envelope, keep);
  const out = new Uint8Array(pieces.reduce((sum, bytes) => sum + bytes.length, 0));
  let at = 0;
  for (const bytes of pieces) { out.set(bytes, at); at += bytes.length; }
  return out;
}

/** What whole envelopes were decoded from: handed from thread to thread and on to the journal, one is not written a second time. */
const encoded = new WeakMap<Envelope, Uint8Array>();
/**
 * The bytes an envelope came in, when nothing of it was stored apart; null when they must be made.
 * @throws Error when they were transferred to another thread since: its parts are views of them, and there is nothing left to keep
 */
export function encodingOf(envelope: Envelope): Uint8Array | null {
  const bytes = encoded.get(envelope) ?? null;
  if (bytes?.byteLength === 0) throw new Error('the bytes of an envelope were given to another thread before they were kept');
  return bytes;
}

/** The envelope again; its inline bytes are views of `bytes`. `kept` gives back what `keep` stored; without it nothing was. */
export function decodeEnvelope(bytes: Uint8Array, kept?: (name: string) => Uint8Array): Envelope {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4 + all.readUInt32BE(0);
  const part = (outlined: Outlined): BodyPart => {
    if (typeof outlined !== 'number') {
      if (!('kept' in outlined)) return outlined;
      if (kept === undefined) throw new Error(`nothing was kept as ${outlined.kept}`);
      return kept(outlined.kept);
    }
    at += outlined;
    return all.subarray(at - outlined, at);
  };
  const steps = JSON.parse(all.toString('utf8', 4, at)) as readonly OutlinedStep[];
  const envelope: Envelope = { steps: steps.map((step): Step => ({ name: step.name, meta: step.meta, body: step.body.map(part) })) };
  if (kept === undefined) encoded.set(envelope, bytes);
  return envelope;
}
