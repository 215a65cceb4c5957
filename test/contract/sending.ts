import type { Sending } from '../../src/deliver/connector.ts';
import type { Envelope } from '../../src/domain/delivery.ts';

/** A first attempt of an envelope. `documents` are those its bodies name. */
export function sendingOf(envelope: Envelope, key: string, documents: ReadonlyMap<string, Uint8Array> = new Map()): Sending {
  const bytesOf = (name: string, encoding: 'raw' | 'base64'): Uint8Array => {
    const bytes = documents.get(name);
    if (bytes === undefined) throw new Error(`no document ${name} in this test`);
    return encoding === 'raw' ? bytes : Buffer.from(Buffer.from(bytes).toString('base64'));
  };
  const parts = (step: number): Uint8Array[] => (envelope.steps[step]?.body ?? []).map((part) => (part instanceof Uint8Array ? part : bytesOf(part.document, part.encoding)));
  return { key, attempt: 1, possibleDuplicate: false, envelope, body: (step) => Promise.resolve(Buffer.concat(parts(step))) };
}
