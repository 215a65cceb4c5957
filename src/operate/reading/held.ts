import type { Language } from '../../domain/finding.ts';
import { byItself } from '../../deliver/held.ts';
import type { HeldListed } from '../../journal/reader.ts';
import { deliveryAbandon, deliveryRelease, heldList, type DeliveryNow, type HeldRow } from '../api/contract/held.ts';
import type { PendingCorrection } from '../api/contract/story.ts';
import { serve, type Served } from '../api/served.ts';
import type { Seen } from '../../journal/reader.ts';
import type { Acts } from '../control/control.ts';
import { rowOf } from './lists.ts';
import type { Reader } from './reader.ts';
import { causeOf, cursorAt, cursorOf, found } from './words.ts';

const usual = 50;
const mostQuarantined = 200;

const heldRow = (one: HeldListed, language: Language): HeldRow => ({
  id: one.id, seq: one.seq, trace: one.trace, source: one.source, type: one.type, receivedAt: one.receivedAt, destination: one.destination, system: one.system as HeldRow['system'],
  action: one.action as HeldRow['action'], plannedAt: one.plannedAt, deadline: one.deadline, attempts: one.attempts, inDoubt: one.inDoubt, reason: causeOf(one.reason, language),
  byItself: byItself(one.reason), may: ['release', 'abandon'],
});

export interface HeldPorts {
  readonly reader: Pick<Reader, 'held' | 'heldGroups' | 'quarantined' | 'brief'>;
  readonly acts: Pick<Acts, 'release' | 'abandon'>;
  /** Corrections that wait for a second person. */
  readonly pending: (seen: Seen) => readonly PendingCorrection[];
  /** Codes of what keeps a delivery that waits from leaving: its destination's pause, no connector. Null when nothing does. */
  readonly keeps: (destination: string) => string | null;
}

export function heldRoutes({ reader, acts, pending, keeps }: HeldPorts): Served[] {
  const now = async (id: number, seen: Seen, language: Language): Promise<DeliveryNow> => {
    const { trace, destination, state, reason } = found(await reader.brief(id, seen));
    const kept = state === 'waiting' ? keeps(destination) : null;
    return { id, trace, destination, state, reason: causeOf(reason, language), keeps: kept === null ? null : causeOf(kept, language, [destination]) };
  };
  return [
    serve(heldList, async ({ query: { cursor, limit = usual, ...filter }, caller: { scope }, language }) => {
      const after = cursorAt(cursor);
      const { rows, next } = await reader.held(filter, scope, after ?? 0, limit);
      const groups = await reader.heldGroups(scope);
      return {
        deliveries: rows.map((one) => heldRow(one, language)), next: cursorOf(next), total: groups.reduce((sum, { count }) => sum + count, 0),
        groups: groups.map(({ destination, reason, count }) => ({ destination, reason: causeOf(reason, language), count })),
        quarantined: after === null ? (await reader.quarantined(scope, mostQuarantined)).map(rowOf) : [], corrections: after === null ? [...pending(scope)] : [],
      };
    }),
    serve(deliveryRelease, async ({ params: { id }, body: { reason }, caller: { account, scope }, language, concerns }) => {
      const { trace } = found(await reader.brief(id, scope));
      concerns({ objects: { message: trace, delivery: String(id) } });
      await acts.release(id, { by: account, why: reason });
      return now(id, scope, language);
    }),
    serve(deliveryAbandon, async ({ params: { id }, body: { reason }, caller: { account, scope }, language, concerns }) => {
      const { trace } = found(await reader.brief(id, scope));
      concerns({ objects: { message: trace, delivery: String(id) } });
      await acts.abandon(id, { by: account, why: reason });
      return now(id, scope, language);
    }),
  ];
}
