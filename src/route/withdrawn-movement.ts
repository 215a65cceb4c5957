import { finding, type Finding } from '../domain/finding.ts';
import type { Reading } from '../formats/reading.ts';

/** Events announced to the region's timeline (ASS_A13), by the event that cancels them. */
const cancels: Readonly<Record<string, string>> = { A11: 'A01', A13: 'A03' };

/**
 * A message that cancels a movement which the timeline may have been told of: the volet NdE has no event that takes one back,
 * so the operator is told, rather than nobody.
 */
export function withdrawnMovement(reading: Reading): Finding[] {
  if (reading.format !== 'hl7v2' || !reading.identified.type.startsWith('ADT^')) return [];
  const zbe = reading.message.first('ZBE'), event = reading.message.first('MSH').text(9, 2);
  const cancelled = cancels[event] ?? (event === 'Z99' && zbe.text(4) === 'CANCEL' ? zbe.text(6) : '');
  return Object.values(cancels).includes(cancelled) ? [finding('route.event-not-withdrawn', 'MSH-9-2', cancelled)] : [];
}
