import type { DeliveryState } from '../../domain/delivery.ts';
import type { Batch } from './batch.ts';
import { dispositionNumbers, stateNumbers } from './schema.ts';

export type Disposed = keyof typeof dispositionNumbers;
const dispositions = Object.keys(dispositionNumbers) as Disposed[];
const states = Object.keys(stateNumbers) as DeliveryState[];
export const dispositionOf = (stored: number): Disposed => dispositions[stored] ?? 'pipeline';
export const stateOf = (stored: number): DeliveryState => states[stored] ?? 'waiting';

/**
 * Names of the conservation counters (invariant 4), kept in the transaction that changes what they count. `forgotten`: rows
 * that retention removed, still counted, so that the figures are those of the journal's whole life.
 */
export const counterNames = {
  received: 'message.received',
  repeated: 'message.repeated',
  message: (disposition: Disposed): string => `message.${disposition}`,
  delivery: (state: DeliveryState, destination: string): string => `delivery.${state}.${destination}`,
  forgottenRepeats: 'forgotten.repeated',
  forgottenMessage: (disposition: Disposed): string => `forgotten.${disposition}`,
  forgottenDelivery: (state: DeliveryState, destination: string): string => `forgotten.${state}.${destination}`,
};

/** Every `delivery.` counter as [state, destination, count]. */
export function* deliveryCounters(counters: ReadonlyMap<string, number>): Generator<{ state: DeliveryState; destination: string; count: number }> {
  for (const [name, count] of counters) {
    const [kind, state, ...destination] = name.split('.');
    if (kind === 'delivery' && destination.length > 0) yield { state: state as DeliveryState, destination: destination.join('.'), count };
  }
}

/** One delivery goes from a state to another at its destination. */
export function countMove(batch: Batch, destination: string, from: DeliveryState, to: DeliveryState): void {
  if (from === to) return;
  batch.add(counterNames.delivery(from, destination), -1);
  batch.add(counterNames.delivery(to, destination), 1);
}
