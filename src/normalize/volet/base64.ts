const values = new Int8Array(256).fill(-1);
for (const [value, digit] of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').entries()) values[digit] = value;
const pad = 0x3d;

/** Decoded bytes, and in what the text departed from RFC 4648 §4. */
export interface Decoded { readonly bytes: Uint8Array; readonly defects: readonly ('padding' | 'white space' | 'data URI')[] }

/**
 * Digits only, no padding: straight from the bytes, without a string of it. Null at the first byte that is no digit, or
 * when the last group is a lone digit (something was lost).
 */
function digits(text: Uint8Array): Uint8Array | null {
  const rest = text.length % 4;
  if (rest === 1) return null;
  const bytes = new Uint8Array((text.length - rest) / 4 * 3 + (rest === 0 ? 0 : rest - 1));
  const whole = text.length - rest;
  const digit = (at: number): number => values[text[at] ?? 0] ?? -1;
  let to = 0;
  for (let at = 0; at < whole; at += 4) {
    const a = digit(at), b = digit(at + 1), c = digit(at + 2), d = digit(at + 3);
    if ((a | b | c | d) < 0) return null;
    bytes[to++] = a << 2 | b >> 4;
    bytes[to++] = b << 4 | c >> 2;
    bytes[to++] = c << 6 | d;
  }
  if (rest === 0) return bytes;
  const a = digit(whole), b = digit(whole + 1), c = rest === 3 ? digit(whole + 2) : 0;
  if ((a | b | c) < 0) return null;
  bytes[to++] = a << 2 | b >> 4;
  if (rest === 3) bytes[to] = b << 4 | c >> 2;
  return bytes;
}

function padding(text: Uint8Array): number {
  if (text.at(-1) !== pad) return 0;
  return text.at(-2) === pad ? 2 : 1;
}

function strict(text: Uint8Array): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  return digits(text.subarray(0, text.length - padding(text)));
}

/** `data:…;base64,` before the digits: its length, 0 when there is none. */
function dataUri(text: Uint8Array): number {
  const head = String.fromCharCode(...text.subarray(0, 128));
  return /^\s*data:[^,]*;base64,/iu.exec(head)?.[0].length ?? 0;
}

const backslash = 0x5c;
/** Line ends written as HL7 escapes (`\.br\`, `\X0D0A\`): length of the one at `at`, 0 when there is none. */
function escapedLineEnd(text: Uint8Array, at: number): number {
  const end = text.indexOf(backslash, at + 1);
  if (end < 0 || end - at > 6) return 0;
  return /^\\(?:\.br|X(?:0[AD])+)\\$/iu.test(String.fromCharCode(...text.subarray(at, end + 1))) ? end + 1 - at : 0;
}

function withoutSpace(text: Uint8Array): Uint8Array {
  const kept = new Uint8Array(text.length);
  let to = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue;
    const skip = byte === backslash ? escapedLineEnd(text, at) : 0;
    if (skip > 0) at += skip - 1; else kept[to++] = byte;
  }
  return kept.subarray(0, to);
}

/**
 * Base64 as it comes in OBX-5.5: strict first; then without a data URI's head, white space and missing padding, each told
 * as a defect. Null when digits are lost or foreign: nothing is guessed (the caller decides what a defect means).
 */
export function decodeBase64(text: Uint8Array): Decoded | null {
  const exact = strict(text);
  if (exact !== null) return { bytes: exact, defects: [] };
  const head = dataUri(text);
  const packed = withoutSpace(text.subarray(head));
  const given = padding(packed);
  const bytes = digits(packed.subarray(0, packed.length - given));
  if (bytes === null) return null;
  const defects: Decoded['defects'][number][] = [];
  if (head > 0) defects.push('data URI');
  if (packed.length < text.length - head) defects.push('white space');
  if (packed.length % 4 !== 0) defects.push('padding');
  return { bytes, defects };
}
