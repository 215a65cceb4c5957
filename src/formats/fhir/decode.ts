import { TextDecoder } from 'node:util';

/** Bytes → text, by the encoding they declare. */
export interface Decoded {
  readonly text: string;
  /** The text starts with a byte order mark (kept in `text`, so that offsets stay true). */
  readonly bom: boolean;
  /** `invalid`: not UTF-8 (the text has U+FFFD where it breaks); `declared`: XML in another encoding, read by it. */
  readonly encoding: 'utf-8' | 'declared' | 'invalid';
}

/**
 * UTF-8 as FHIR demands (R4 json.html, xml.html); for XML, also the encoding its declaration names. A text that is
 * already a string is taken as it is.
 */
export function decode(input: string | Uint8Array, syntax: 'json' | 'xml'): Decoded {
  if (typeof input === 'string') return { text: input, bom: input.startsWith('\uFEFF'), encoding: 'utf-8' };
  const declared = syntax === 'xml' ? declaredEncoding(input) : undefined;
  if (declared !== undefined) {
    const text = declared.decode(input);
    return { text, bom: text.startsWith('\uFEFF'), encoding: 'declared' };
  }
  const decoder = (fatal: boolean): TextDecoder => new TextDecoder('utf-8', { fatal, ignoreBOM: true });
  try {
    const text = decoder(true).decode(input);
    return { text, bom: text.startsWith('\uFEFF'), encoding: 'utf-8' };
  } catch {
    const text = decoder(false).decode(input);
    return { text, bom: text.startsWith('\uFEFF'), encoding: 'invalid' };
  }
}

/** A decoder for what an XML declaration names, when it is one of the encodings French systems still write. */
function declaredEncoding(bytes: Uint8Array): TextDecoder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le', { ignoreBOM: true });
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be', { ignoreBOM: true });
  const head = String.fromCharCode(...bytes.subarray(0, 120));
  const name = /^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase();
  if (name === 'iso-8859-1' || name === 'iso-8859-15' || name === 'windows-1252') {
    // The Encoding standard reads ISO-8859-1 as windows-1252, which differs in C1 control characters only.
    return new TextDecoder(name);
  }
  return undefined;
}
