import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { Identified } from '../../domain/message.ts';
import { asBuffer, linesOf } from './lines.ts';
import { SegmentView } from './segment.ts';
import { readSeparators, startsMsh } from './separators.ts';

/** The MSH line of the bytes as a segment of its own; null when the first line that is not blank is no MSH. */
function mshOf(bytes: Uint8Array): SegmentView | null {
  const buffer = asBuffer(bytes);
  const line = linesOf(buffer).next().value;
  if (line === undefined || !startsMsh(buffer, line.start)) return null;
  const { marks, separators } = readSeparators(buffer, line.start, line.end);
  const used = isUtf8(buffer.subarray(line.start, line.end)) ? 'utf-8' as const : 'iso-8859-15' as const;
  const context = { buffer, marks, separators, used, counts: new Map<string, number>() };
  return new SegmentView(context, 'MSH', 1, 0, line.start, line.end);
}

const nobody: Identified = { format: 'unknown', type: '', sender: '', controlId: '', charset: '', processing: '', enhanced: false };

/** A type and its event as HL7 forms them. Anything else is no type: it may be a field gone astray, and types are told in logs and counters. */
const wellFormed = /^[A-Z0-9]{3}(?:\^[A-Z0-9]{3})?$/;

function typeOf(code: string, event: string): string {
  // An acknowledgement answers an event but is none itself: `ACK^R01^ACK` is of type ACK.
  const type = code === 'ACK' || event === '' ? code : `${code}^${event}`;
  return type === '' || wellFormed.test(type) ? type : 'other';
}

/** MSH-15, when it asks for a commit acknowledgement (table 0155); NE and an empty field ask for none. */
const commit: ReadonlySet<string> = new Set(['AL', 'ER', 'SU']);

/** What the MSH line says, without reading the rest. `format` is `unknown` when there is no MSH. Never throws. */
export function identifyHl7(bytes: Uint8Array): Identified {
  const msh = mshOf(bytes);
  if (msh === null) return nobody;
  return {
    format: 'hl7v2',
    type: typeOf(msh.text(9), msh.text(9, 2)),
    sender: `${msh.text(3)}|${msh.text(4)}`,
    controlId: msh.text(10),
    charset: msh.text(18),
    processing: msh.text(11),
    enhanced: commit.has(msh.text(15)),
  };
}

/**
 * SHA-256 of everything but MSH-7: two sendings of one message differ by their time only (design.md §2, exactly-once intake).
 * Bytes without MSH are hashed whole.
 */
export function contentDigest(bytes: Uint8Array): Uint8Array {
  const hash = createHash('sha256');
  const time = mshOf(bytes)?.field(7).slice;
  if (time === undefined) return hash.update(bytes).digest();
  const from = time.byteOffset - bytes.byteOffset;
  return hash.update(bytes.subarray(0, from)).update(bytes.subarray(from + time.length)).digest();
}
