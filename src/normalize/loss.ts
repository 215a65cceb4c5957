import type { Loss } from '../domain/loss.ts';
import { structural } from './tables/structural.ts';
import type { Ledger, Tracked } from './tracked.ts';

const notMapped = 'no mapping to FHIR for this field';
const unknownSegment = 'no mapping to FHIR for this segment';
const notCarried = 'value not carried into the Bundle';
const notDeleted = 'deletion of this value cannot be expressed';

function fieldLosses(tracked: Tracked, n: number, reason: string, losses: Loss[]): void {
  const repetitions = tracked.cut.repetitions(n);
  for (let r = 0; r < repetitions.length; r++) for (let c = 0, components = repetitions[r] ?? []; c < components.length; c++) {
    const component = components[c] ?? '';
    if (component === '' || (tracked.cut.isOneSub(component) && tracked.isRead(n, r + 1, c + 1, 1))) continue;
    const subs = tracked.cut.subs(component);
    for (let s = 0; s < subs.length; s++) {
      if (subs[s] === '' || tracked.isRead(n, r + 1, c + 1, s + 1)) continue;
      const place = `${tracked.at(n)}${repetitions.length > 1 ? `(${r + 1})` : ''}${components.length > 1 ? `-${c + 1}` : ''}${subs.length > 1 ? `-${s + 1}` : ''}`;
      losses.push({ location: place, reason: subs[s] === '""' ? notDeleted : reason });
    }
  }
}

function segmentLosses(tracked: Tracked, opened: boolean, losses: Loss[]): void {
  const kept = structural[tracked.name], { cut } = tracked, { size } = cut;
  for (let n = 1; n <= size; n++) {
    if (tracked.isWhole(n) || kept?.has(n)) continue;
    const raw = cut.raw(n);
    if (raw === '') continue;
    const begun = tracked.isRead(n, 1, 1, 1);
    // Most fields are one value, which was read.
    if (begun && cut.isOneValue(raw)) continue;
    fieldLosses(tracked, n, opened ? begun ? notCarried : notMapped : unknownSegment, losses);
  }
}

/**
 * Every valued leaf of the message that no mapper carried into the Bundle, at its exact place. Carrying the raw message does
 * not count as carried. Fields that say how the message is built rather than what it says are declared in tables/structural.ts.
 */
export function losses(ledger: Ledger): Loss[] {
  const found: Loss[] = [];
  for (const segment of ledger.message.segments) {
    const opened = ledger.isOpened(segment);
    segmentLosses(ledger.of(segment), opened, found);
  }
  return found;
}
