import type { DeliveryFull } from '../journal/journal.ts';
import { ahead, byAPerson } from './ahead.ts';
import { attempt, type End } from './attempt.ts';
import { gateway, move } from './close.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';

/**
 * When the evidence window of an attempt that a crash cut ends; 0 when none is awaited. After an attempt that ended, the
 * window is in the delivery's own `notBefore`.
 */
function evidenceDue(partner: Partner, delivery: DeliveryFull): number {
  if (!delivery.inDoubt || partner.capabilities.lookup || delivery.envelope === null) return 0;
  const last = delivery.attemptsMade.at(-1);
  return last?.outcome === null ? last.startedAt + partner.rules.evidenceMs : 0;
}

/** What its queue lends a delivery in hand. */
export interface Hands { readonly stopped: () => boolean; readonly settled: () => Promise<unknown>; readonly answered: (end: End) => void }

/**
 * Carries one claimed delivery as far as it goes now: held, refused, or attempted.
 * @param passedAt as `attempt` takes it
 * @param hands `stopped`: the kill switch of its destination, asked last, what is not under way yet does not leave; `settled`: what its
 * destination answered for is written; `answered` as `attempt` takes it
 * @throws Stopping, JournalFault
 */
export async function carry(engine: Engine, partner: Partner, delivery: DeliveryFull, factSeq: number, passedAt: number, { stopped, settled, answered }: Hands): Promise<End> {
  const free: End = { kind: 'free', health: 'untouched', fault: null };
  if (delivery.state !== 'waiting') return free;
  const due = evidenceDue(partner, delivery);
  if (due > engine.ports.clock()) return { kind: 'wait', until: due, health: 'untouched', fault: null };
  // These look at other deliveries: one that was just answered for must not be found still under way.
  const { gate } = delivery.planned;
  if (gate.after.length > 0 || gate.overtaken === true || byAPerson.has(delivery.reason)) await settled();
  const stop = await ahead(engine.ports, partner.rules, partner, delivery, factSeq, engine.startedAt);
  const asks = stop !== null && stop.earlier.length === 0 && delivery.inDoubt && delivery.envelope !== null && partner.capabilities.lookup;
  if ((stop === null || asks) && stopped()) return { kind: 'wait', until: engine.ports.clock(), health: 'untouched', fault: null };
  if (stop === null || asks) return attempt(engine, partner, delivery, stop, passedAt, answered);
  if (stop.earlier.length > 0) {
    engine.waitsFor(delivery.id, stop.earlier);
    await move(engine, delivery, stop.to, stop.reason, gateway);
    engine.heldBehind(delivery.id);
    return free;
  }
  await move(engine, delivery, stop.to, stop.reason, gateway);
  if (stop.until !== undefined) engine.heldBehind(delivery.id);
  return free;
}
