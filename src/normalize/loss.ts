import type { Loss } from '../domain/loss.ts';
import type { Repetition, Segment, Separators } from '../formats/hl7v2/model.ts';
import { structural } from './tables/structural.ts';
import type { Ledger, Tracked } from './tracked.ts';

const notMapped = 'no mapping to FHIR for this field';
const unknownSegment = 'no mapping to FHIR for this segment';
const notCarried = 'value not carried into the Bundle';
const notDeleted = 'deletion of this value cannot be expressed';

/** Does the field hold nothing but one leaf? Only when its bytes show none of the (one-byte) separators. */
function isOneLeaf(slice: Uint8Array, marks: readonly number[]): boolean {
  for (const byte of slice) if (byte === marks[0] || byte === marks[1] || byte === marks[2]) return false;
  return true;
}

function* repetitionLosses(repetition: Repetition, rank: number, n: number, tracked: Tracked | undefined, reason: string): Generator<Loss> {
  for (const [i, component] of repetition.components.entries()) {
    if (component.isEmpty) continue;
    const { subs, slice } = component;
    if (slice.length === 2 && slice[0] === 0x22 && slice[1] === 0x22) { yield { location: component.place, reason: notDeleted }; continue; }
    for (const [j, sub] of subs.entries()) {
      if (sub === '' || tracked?.isRead(n, rank, i + 1, j + 1)) continue;
      const place = repetition.components.length > 1 ? component.place : repetition.place;
      yield { location: subs.length > 1 ? `${component.place}-${j + 1}` : place, reason };
    }
  }
}

function* segmentLosses(segment: Segment, tracked: Tracked | undefined, marks: readonly number[]): Generator<Loss> {
  const kept = structural[segment.name];
  for (let n = 1; n <= segment.size; n++) {
    if (kept?.has(n) || tracked?.isWhole(n)) continue;
    const field = segment.field(n);
    if (field.isEmpty) continue;
    if (field.isNull) { yield { location: field.place, reason: notDeleted }; continue; }
    if (tracked?.isRead(n, 1, 1, 1) && isOneLeaf(field.slice, marks)) continue;
    const reason = tracked ? (tracked.isRead(n, 1, 1, 1) ? notCarried : notMapped) : unknownSegment;
    for (const [i, repetition] of field.repetitions.entries()) yield* repetitionLosses(repetition, i + 1, n, tracked, reason);
  }
}

const oneByte = ({ component, repetition, subcomponent }: Separators): number[] =>
  [component, repetition, subcomponent].map(mark => mark.charCodeAt(0));

/**
 * Every valued leaf of the message that no mapper carried into the Bundle, at its exact place. Carrying the raw message does
 * not count as carried. Fields that say how the message is built rather than what it says are declared in tables/structural.ts.
 */
export function losses(ledger: Ledger): Loss[] {
  const marks = oneByte(ledger.message.separators);
  return ledger.message.segments.flatMap(segment => [...segmentLosses(segment, ledger.opened(segment), marks)]);
}
