import type { FaultCode } from '../domain/catalogue.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import type { NoticeAction } from '../formats/notice/notice.ts';

export type YesNo = 'Y' | 'N';
/** Which reason a delivery gets of a notice. */
export const reasonOf: Readonly<Record<NoticeAction, FaultCode>> = {
  failed: 'notice.failed', delayed: 'notice.delayed', delivered: 'notice.delivered', relayed: 'notice.relayed', expanded: 'notice.relayed',
  received: 'notice.received', read: 'notice.read', processed: 'notice.processed', deleted: 'notice.deleted', 'not-integrated': 'notice.not-integrated',
};

/**
 * How much each notice proves. Notices come in any order: the one that proves most stands, so that the end is the same. A
 * failure after a relay is told by who relayed it; what a mailbox or a reader says cannot be undone by a bounce (mss.md §9.1). A document
 * displayed to somebody may still fail to enter the record; one that the software has processed is there.
 */
const weights: Partial<Record<string, number>> = {
  'notice.relayed': 1, 'notice.failed': 2, 'notice.delivered': 3, 'notice.received': 3, 'notice.deleted': 4, 'notice.read': 5, 'notice.not-integrated': 6, 'notice.processed': 7,
};
export const weightOf = (reason: string): number => weights[reason] ?? 0;

/** What the sender was told of reception, by the state a delivery is in: nothing while it is under way, nor when no notice came. */
function receptionSaid(state: DeliveryState, reason: string): YesNo | null {
  if (state === 'refused' || state === 'abandoned') return 'N';
  return state === 'delivered' && reason !== 'deliver.no-notice' ? 'Y' : null;
}
const readings: Partial<Record<string, YesNo>> = { 'notice.read': 'Y', 'notice.processed': 'Y', 'notice.deleted': 'N', 'notice.not-integrated': 'N' };

/** What a delivery's reason says of its reading; null when nothing. */
export function readingOf(reason: string): { readonly reason: FaultCode; readonly said: YesNo } | null {
  const known = Object.values(reasonOf).find((one) => one === reason);
  const said = readings[reason];
  return known === undefined || said === undefined ? null : { reason: known, said };
}

/** What a notice changes. `reception` and `reading`: what the sender is to be told now, null when nothing or told before. */
export interface Evidence {
  readonly becomes: { readonly state: 'delivered' | 'refused'; readonly reason: FaultCode } | null;
  readonly reception: YesNo | null;
  readonly reading: YesNo | null;
}
const nothing: Evidence = { becomes: null, reception: null, reading: null };

/** What a notice means for a delivery found in this state. A delay changes nothing; what a person gave up stays so. */
export function evidence(action: NoticeAction, found: { readonly state: DeliveryState; readonly reason: string }): Evidence {
  const reason = reasonOf[action];
  if (found.state === 'abandoned' || weightOf(reason) <= weightOf(found.reason)) return nothing;
  const reception: YesNo = action === 'failed' ? 'N' : 'Y';
  const reading = readings[reason] ?? null;
  return {
    becomes: { state: action === 'failed' ? 'refused' : 'delivered', reason },
    reception: reception === receptionSaid(found.state, found.reason) ? null : reception,
    reading: reading === readings[found.reason] ? null : reading,
  };
}
