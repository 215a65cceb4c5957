import type { BodyPart, Envelope, Step } from '../domain/delivery.ts';

/**
 * Bytes of an envelope, or of any list of body parts, as the journal keeps them: the length of a JSON outline (4 bytes, big
 * endian), the outline, then the inline bytes in order. In the outline a part is a number (that many inline bytes), a
 * document reference, or `{kept}`, the name under which large bytes are stored apart.
 */
type Outlined = number | { readonly document: string; readonly encoding: 'raw' | 'base64' } | { readonly kept: string };
interface OutlinedStep { readonly name: string; readonly meta: Readonly<Record<string, string>>; readonly body: readonly Outlined[] }

/** `keep` stores large bytes apart and gives their name; null keeps them inline. */
export function encodeEnvelope(envelope: Envelope, keep: (bytes: Uint8Array) => string | null = () => null): Uint8Array<ArrayBuffer> {
  const inline: Uint8Array[] = [];
  const outlined = (part: BodyPart): Outlined => {
    if (!(part instanceof Uint8Array)) return { document: part.document, encoding: part.encoding };
    const kept = keep(part);
    if (kept !== null) return { kept };
    inline.push(part);
    return part.length;
  };
  const steps = envelope.steps.map((step): OutlinedStep => ({ name: step.name, meta: step.meta, body: step.body.map(outlined) }));
  const outline = Buffer.from(JSON.stringify(steps));
  // A buffer of its own, not a slice of Node's pool: it may be transferred to another thread.
  const out = new Uint8Array(inline.reduce((sum, bytes) => sum + bytes.length, 4 + outline.length));
  new DataView(out.buffer).setUint32(0, outline.length);
  out.set(outline, 4);
  let at = 4 + outline.length;
  for (const bytes of inline) { out.set(bytes, at); at += bytes.length; }
  return out;
}

const nothingKept = (name: string): never => { throw new Error(`nothing was kept as ${name}`); };

/** The envelope again; its inline bytes are views of `bytes`. `kept` gives back what `keep` stored. */
export function decodeEnvelope(bytes: Uint8Array, kept: (name: string) => Uint8Array = nothingKept): Envelope {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4 + all.readUInt32BE(0);
  const part = (outlined: Outlined): BodyPart => {
    if (typeof outlined !== 'number') return 'kept' in outlined ? kept(outlined.kept) : outlined;
    at += outlined;
    return all.subarray(at - outlined, at);
  };
  const steps = JSON.parse(all.toString('utf8', 4, at)) as readonly OutlinedStep[];
  return { steps: steps.map((step): Step => ({ name: step.name, meta: step.meta, body: step.body.map(part) })) };
}
