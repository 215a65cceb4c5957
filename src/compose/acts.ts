import { mailboxOf, outcomeTold } from '../acknowledge/deliveries.ts';
import { ActRefused } from '../deliver/acts.ts';
import type { Dispatcher } from '../deliver/dispatcher.ts';
import { givenUp } from '../deliver/initial.ts';
import type { Clock } from '../domain/clock.ts';
import { isAcknowledgement } from '../domain/delivery.ts';
import type { Turns } from '../domain/turns.ts';
import type { DeliveryFull, Journal, MoveReason } from '../journal/journal.ts';
import { detailOf } from '../operate/reading/detail.ts';
import { spentOf } from '../operate/reading/spent.ts';
import { reference, type Acts, type By } from '../operate/control/control.ts';
import { replan, type ReplanPorts } from './replan.ts';

const reasonOf = (code: MoveReason['code'], { by, why }: By, clock: Clock): MoveReason => ({ code, by, text: why, at: clock() });

/**
 * The same delivery once more: what is stored, under the same business identifiers, flagged by its reason; it has as long as
 * the first time. A mailbox that was found for it is its recipient from then on: its notices are about it. The gate looks at it again whatever it saw before (src/deliver/ahead.ts).
 */
function again({ planned, envelope, plannedAt, answers }: DeliveryFull, now: number) {
  const deadline = planned.deadline === null ? null : now + (planned.deadline - plannedAt);
  return { delivery: { ...planned, recipient: envelope === null ? planned.recipient : mailboxOf({ planned, answers }), state: 'planned' as const, reason: { code: 'route.replay' as const }, envelope, deadline } };
}

const refusals = { corrected: 'operate.replay-corrected', again: 'operate.replay-again' } as const;

/** @throws ActRefused also for an acknowledgement, and where the patient's right result has left since: for a message that was corrected, a delivery that was made again */
async function replay(journal: Journal, id: number, by: By, clock: Clock): Promise<number> {
  const delivery = await journal.delivery(id);
  if (delivery === null) throw new ActRefused('deliver.no-such-delivery');
  if (isAcknowledgement(delivery.planned)) throw new ActRefused('operate.replay-acknowledgement');
  const events = await journal.events(delivery.seq);
  const made = await Promise.all(events.flatMap((event) => (event.kind === 'replayed' ? detailOf(event).as ?? [] : [])).filter((as) => as !== id).map((as) => journal.delivery(as)));
  const spent = spentOf([delivery, ...made.filter((one) => one !== null)], events).get(id);
  if (spent !== undefined) throw new ActRefused(refusals[spent]);
  const [copy] = await journal.replay(id, reasonOf('route.replay', by, clock), again(delivery, clock()));
  return copy ?? 0;
}

/** Acts while the gateway runs; `inTurn`: those of a message, by its sequence number. */
export const runningActs = (journal: Journal, dispatcher: Dispatcher, clock: Clock, inTurn: Turns, ports: Pick<ReplanPorts, 'pool' | 'sources' | 'planned'>): Acts => ({
  replan: async (ref, by) => {
    const message = await journal.message(reference(ref));
    return inTurn(message?.seq ?? 0, () => replan({ journal, clock, ...ports }, reference(ref), by));
  },
  release: (id, { by, why }) => dispatcher.release(id, by, why),
  abandon: (id, { by, why }) => dispatcher.abandon(id, by, why),
  replay: async (id, by) => {
    const made = await inTurn((await journal.delivery(id))?.seq ?? 0, () => replay(journal, id, by, clock));
    const head = await journal.delivery(made);
    if (head !== null) dispatcher.offer([head]);
    return made;
  },
});

/** Acts on a journal that no gateway holds: they take effect at the next start. */
export const standingActs = (journal: Journal, clock: Clock): Acts => ({
  release: async (id, by) => {
    await journal.move(id, 'waiting', reasonOf('deliver.released', by, clock), []);
    return { keptBy: { code: 'deliver.kept-gateway' } };
  },
  abandon: async (id, by) => {
    const delivery = await journal.delivery(id);
    const told = delivery === null ? [] : outcomeTold(delivery, givenUp(delivery), clock());
    await journal.move(id, 'abandoned', { ...reasonOf('deliver.abandoned', by, clock), askers: delivery?.askers.length ?? 0 }, told);
  },
  replay: (id, by) => replay(journal, id, by, clock),
  replan: () => Promise.reject(new ActRefused('intake.replan-stopped')),
});
