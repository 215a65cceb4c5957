import { instant } from '../grammar.ts';
import { signatures, type RegistryObject } from '../lot.ts';
import type { Received } from '../received.ts';
import type { Broken, Rule } from '../rule.ts';

/** One entry of a lot, as the metadata rules take them: documents first, then the signature. */
export interface Placed { readonly entry: RegistryObject; readonly at: string; readonly bytes: Buffer | null }

export function entries(received: Received): Placed[] {
  if (received.lot === null) return [];
  return [...received.submitted, ...signatures(received.lot).map((entry) => ({ entry, at: 'Signature', bytes: received.documents.get(entry.id) ?? null }))];
}
/** A check of every entry of a lot. */
export const each = (check: (placed: Placed, received: Received) => readonly Broken[]): Rule['check'] =>
  (received) => (received.lot === null ? null : entries(received).flatMap((placed) => [...check(placed, received)]));
/** A check of every document of a lot, its signature left out. */
export const eachDocument = (check: (placed: Received['submitted'][number], received: Received) => readonly Broken[]): Rule['check'] =>
  (received) => (received.lot === null ? null : received.submitted.flatMap((placed) => [...check(placed, received)]));
/** Not later than the simulator's clock, within its window; a text that is no time holds (another rule tells it). */
export const past = (text: string, { at, settings }: Received): boolean => (instant(text) ?? 0) <= at + settings.windowSeconds * 1000;
