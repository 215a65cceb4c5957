import type { Finding } from '../domain/finding.ts';
import type { JournalEvent } from '../journal/journal.ts';

/**
 * What the destinations' profiles say of envelopes that were made after their plan (src/deliver/envelope.ts): a delivery that was
 * held and released is made again, and the last time counts.
 */
export function lateFindings(events: readonly Pick<JournalEvent, 'delivery' | 'stage' | 'kind' | 'detail'>[]): Finding[] {
  const last = new Map<number | null, string>();
  for (const { delivery, stage, kind, detail } of events) if (stage === 'emit' && kind === 'checked') last.set(delivery, detail);
  return [...last.values()].flatMap((detail) => (JSON.parse(detail) as { readonly findings: readonly Finding[] }).findings);
}
