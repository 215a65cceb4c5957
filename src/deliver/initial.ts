import type { FaultCode } from '../domain/catalogue.ts';
import type { Receipt } from '../domain/delivery.ts';
import { documentKey } from '../facts/series.ts';
import type { DeliveryFull, DeliveryHead } from '../journal/journal.ts';
import type { Partner } from './destination.ts';
import { Due } from './due.ts';
import type { DeliveryJournal } from './ports.ts';

// A replacement or a deletion that comes before what it replaces or deletes: docs/decisions/0006.

/** Held for it, until it comes. */
export const waitsForInitial = 'deliver.waits-for-initial' satisfies FaultCode;
/** It did not come in time: a person decides. */
export const initialMissing = 'deliver.initial-missing' satisfies FaultCode;

/** What a partner says of a version to replace or delete that it does not have. */
const absentThere: ReadonlySet<string> = new Set<FaultCode>(['dmp.target-absent']);
export const isAbsentThere = (receipt: { readonly kind: string; readonly fault?: string }): boolean => receipt.kind === 'refused' && absentThere.has(receipt.fault ?? '');

/** `missing`: the gateway was never brought one of the versions. `late`: deliveries of those that came after, which go first. */
export interface Earlier { readonly missing: boolean; readonly late: readonly number[] }

/** The open deliveries about this document to the same place, of the message that brought this version of it. */
export async function openOf(journal: Pick<DeliveryJournal, 'unfinished' | 'delivery'>, { destination, recipient }: DeliveryHead, key: string, seq: number): Promise<readonly DeliveryFull[]> {
  const ids = await journal.unfinished(destination, recipient, [key], Number.MAX_SAFE_INTEGER);
  return (await Promise.all(ids.map((id) => journal.delivery(id)))).filter((one) => one?.seq === seq).filter((one) => one !== null);
}

/** What the gateway was brought of the versions that this delivery replaces or deletes. */
export async function earlierOf(journal: Pick<DeliveryJournal, 'facts' | 'unfinished' | 'delivery'>, delivery: DeliveryFull): Promise<Earlier> {
  const { after } = delivery.planned.gate;
  const { known } = await journal.facts(after);
  const brought = known.flatMap(({ seq, fact }) => (fact.kind === 'document' && fact.action !== 'delete' && after.includes(documentKey(fact.uniqueId)) ? [{ seq, key: documentKey(fact.uniqueId) }] : []));
  const missing = after.some((key) => !brought.some((one) => one.key === key));
  // In doubt, it may have arrived already: what comes then comes after it, whatever we would like.
  const doubt = delivery.inDoubt && delivery.envelope !== null;
  const late = doubt ? [] : await Promise.all(brought.filter(({ seq }) => seq > delivery.seq).map(({ seq, key }) => openOf(journal, delivery, key, seq)));
  return { missing, late: [...new Set(late.flat().map(({ id }) => id))] };
}

/**
 * Until when it waits for a version that the gateway was never brought; null when it does not. A partner that can be asked is
 * asked first, and only what it does not have is waited for, as long as the delivery is worth trying; one that cannot takes it
 * on its own in the end: it may have the earlier version from elsewhere, and a correction must not stay behind.
 */
export function waitsUntil({ reason, plannedAt, deadline }: DeliveryFull, { capabilities, rules }: Pick<Partner, 'capabilities' | 'rules'>): number | null {
  if (capabilities.resolve === true) return reason === waitsForInitial ? deadline ?? Infinity : null;
  return plannedAt + (rules.initialWaitMs ?? 0);
}

/** What a delivery that a person gives up is told as: what its sender can do something about. */
export const givenUp = ({ reason }: DeliveryHead): Extract<Receipt, { kind: 'refused' }> =>
  ({ kind: 'refused', fault: reason === waitsForInitial || reason === initialMissing ? initialMissing : 'deliver.abandoned' });

/** Deliveries that wait until a moment, each once. */
export class Awaited {
  readonly #due = new Due<number>();
  readonly #until = new Map<number, number>();

  add(id: number, until: number): void {
    if (until === Infinity || this.#until.get(id) === until) return;
    this.#until.set(id, until);
    this.#due.add(until, id);
  }
  get earliest(): number | null { return this.#due.earliest; }
  /** Those whose moment has come. */
  take(now: number): number[] {
    const taken: number[] = [];
    for (let due = this.#due.take(now); due !== null; due = this.#due.take(now)) {
      if (this.#until.get(due.item) !== due.at) continue;
      this.#until.delete(due.item);
      taken.push(due.item);
    }
    return taken;
  }
}
