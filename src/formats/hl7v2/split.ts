import { asBuffer, hasSegmentName, linesOf, type Line } from './lines.ts';
import { startsMsh } from './separators.ts';

const envelopes = new Set(['FHS', 'BHS', 'BTS', 'FTS']);
const isEnvelope = (buffer: Buffer, line: Line): boolean =>
  hasSegmentName(buffer, line) && envelopes.has(buffer.toString('latin1', line.start, line.start + 3))
  && (line.end === line.start + 3 || !/[A-Za-z0-9]/.test(String.fromCharCode(buffer[line.start + 3] ?? 0)));

/**
 * The messages of one body, as views: each from its MSH to the line before the next MSH or batch segment (HL7 v2.5 §2.10.3).
 * Lines before the first MSH stay with it, so that they are seen and reported; a body without MSH is one piece.
 */
export function splitMessages(bytes: Uint8Array): readonly Uint8Array[] {
  const buffer = asBuffer(bytes);
  const pieces: Uint8Array[] = [];
  let start = -1;
  let end = -1;
  let inMessage = false;
  const close = (): void => {
    if (start >= 0) pieces.push(bytes.subarray(start, end));
    start = -1;
    inMessage = false;
  };
  for (const line of linesOf(buffer)) {
    if (isEnvelope(buffer, line)) {
      close();
      continue;
    }
    const msh = startsMsh(buffer, line.start);
    if (msh && inMessage) close();
    if (start < 0) start = line.start;
    if (msh) inMessage = true;
    end = line.end;
  }
  close();
  return pieces.length === 0 ? [bytes] : pieces;
}
