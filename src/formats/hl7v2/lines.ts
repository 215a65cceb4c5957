/** A line of a message: its content lies in [start, end), line end and surrounding blanks left out. `number` is 1-based. */
export interface Line { readonly start: number; readonly end: number; readonly number: number }

/** Space, tab, and the MLLP marks that a stored frame may still wear. */
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0b || byte === 0x1c || byte === 0x00;

/** Offset of the first byte after a UTF-8 byte order mark. */
export const afterBom = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const orEnd = (at: number, end: number): number => (at < 0 ? end : at);

/**
 * The non-blank lines, whatever ends them: CR (HL7), LF, CRLF, mixed, or nothing for the last. The next CR and the next LF
 * are each searched once, so a file without one of them is still read in one pass.
 */
export function* linesOf(buffer: Buffer, from = afterBom(buffer)): Generator<Line, void> {
  const size = buffer.length;
  let nextCr = -1;
  let nextLf = -1;
  let at = from;
  let number = 0;
  while (at < size) {
    if (nextCr < at) nextCr = orEnd(buffer.indexOf(0x0d, at), size);
    if (nextLf < at) nextLf = orEnd(buffer.indexOf(0x0a, at), size);
    const stop = Math.min(nextCr, nextLf);
    const next = stop === nextCr && nextLf === nextCr + 1 ? stop + 2 : stop + 1;
    number++;
    let start = at;
    let end = stop;
    while (start < end && isBlank(buffer[start])) start++;
    while (end > start && isBlank(buffer[end - 1])) end--;
    if (end > start) yield { start, end, number };
    at = next;
  }
}

const isUpper = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x41 && byte <= 0x5a;
const isUpperOrDigit = (byte: number | undefined): boolean => isUpper(byte) || (byte !== undefined && byte >= 0x30 && byte <= 0x39);

/** Does the line start with a segment name: a capital, then two capitals or digits? What follows is checked by the caller. */
export const hasSegmentName = (buffer: Buffer, { start, end }: Line): boolean =>
  end - start >= 3 && isUpper(buffer[start]) && isUpperOrDigit(buffer[start + 1]) && isUpperOrDigit(buffer[start + 2]);
