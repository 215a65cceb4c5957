import { isFinal, type DeliveryState } from '../../domain/delivery.ts';
import type { JournalEvent } from '../../journal/journal.ts';
import { detailOf } from './detail.ts';

/** Why a delivery is not made again: a corrected copy took its message's place, or one made again of it stands or is on its way. */
export type Spent = 'corrected' | 'again';
/** Why a plan passes a delivery over. */
export type PassedOver = Spent | 'acknowledgement';
interface Made { readonly id: number; readonly state: DeliveryState; readonly reason: string }

export const isCorrected = (events: readonly Pick<JournalEvent, 'kind'>[]): boolean => events.some(({ kind }) => kind === 'corrected');

/**
 * Which deliveries of a message must not be made again. What was made again of one counts for all that come of the same
 * first one, except for those it was itself made of; what ended refused or abandoned hinders nobody.
 */
export function spentOf(deliveries: readonly Made[], events: readonly JournalEvent[]): ReadonlyMap<number, Spent> {
  const parents = new Map(events.flatMap((event): [number, number][] => {
    const { as } = detailOf(event);
    return event.kind === 'replayed' && event.delivery !== null && as !== undefined ? [[as, event.delivery]] : [];
  }));
  /** Itself first, the first one last. */
  const line = (id: number): number[] => { const up = parents.get(id); return up === undefined ? [id] : [id, ...line(up)]; };
  const standing = deliveries.filter(({ id, state }) => parents.has(id) && state !== 'refused' && state !== 'abandoned').map(({ id }) => ({ id, first: line(id).at(-1) }));
  const whole = isCorrected(events);
  return new Map(deliveries.flatMap(({ id, state, reason }): [number, Spent][] => {
    if (!isFinal(state)) return [];
    if (whole || reason === 'operate.corrected') return [[id, 'corrected']];
    const mine = line(id);
    return standing.some((one) => one.first === mine.at(-1) && !mine.includes(one.id)) ? [[id, 'again']] : [];
  }));
}
