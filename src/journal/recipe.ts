import type { BodyPart } from '../domain/delivery.ts';

/** Below this a document inside a message is not worth a reference. */
const worthwhile = 1024;

/**
 * A received message as [bytes, base64 of a document, bytes…], so that a document carried in it is stored once. Only an
 * exact, byte for byte occurrence of the canonical base64 counts, so the message always comes back as received (invariant 3).
 * Null when no document is found in it.
 */
export function recipeOf(received: Uint8Array, documents: ReadonlyMap<string, Uint8Array>): readonly BodyPart[] | null {
  const all = Buffer.from(received.buffer, received.byteOffset, received.byteLength);
  const found: { start: number; end: number; document: string }[] = [];
  for (const [document, bytes] of documents) {
    if (bytes.length < worthwhile) continue;
    const text = base64(bytes);
    const start = all.indexOf(text);
    const end = start + text.length;
    if (start >= 0 && found.every((other) => end <= other.start || start >= other.end)) found.push({ start, end, document });
  }
  if (found.length === 0) return null;
  found.sort((a, b) => a.start - b.start);
  const parts: BodyPart[] = [];
  let at = 0;
  for (const { start, end, document } of found) {
    parts.push(all.subarray(at, start), { document, encoding: 'base64' });
    at = end;
  }
  return [...parts, all.subarray(at)];
}

/** The bytes of parts, documents included. */
export function assemble(parts: readonly BodyPart[], document: (name: string) => Uint8Array): Buffer {
  return Buffer.concat(parts.map((part) => {
    if (part instanceof Uint8Array) return part;
    return part.encoding === 'base64' ? base64(document(part.document)) : document(part.document);
  }));
}

const base64 = (bytes: Uint8Array): Buffer =>
  Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), 'latin1');
