import { isFinal } from '../domain/delivery.ts';
import { JournalFault, type DeliveryFull, type DeliveryHead } from '../journal/journal.ts';
import { ahead } from './ahead.ts';
import { gateway, move } from './close.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';
import { initialMissing, waitsForInitial } from './initial.ts';
import { isTrouble } from './pause.ts';

const pageSize = 100;

/** What the gate or the engine held, and may release. What a rule or a person held waits for a person. */
const releasable: ReadonlySet<string> = new Set([
  'deliver.waits-for', waitsForInitial, 'facts.contradicts-known-identity', 'facts.ins-doubted-since', 'route.identity-not-qualified', 'route.dmp-consent-unknown', 'route.dmp-opposition',
  'route.production-not-enabled', 'route.connector-absent',
]);

/** Held for a fact that would let it go; anything else waits for a person. */
export const byItself = (reason: string): boolean => releasable.has(reason);

export interface Releasing {
  readonly engine: Engine;
  readonly partnerOf: (destination: string) => Partner | undefined;
  /** A delivery is waiting again. */
  readonly released: (delivery: DeliveryFull) => void;
}

/** Looks at one held delivery again: released, refused, or still held. */
export async function lookAgainAt({ engine, partnerOf, released }: Releasing, id: number): Promise<void> {
  const { journal } = engine.ports;
  const delivery = await journal.delivery(id);
  if (delivery?.state !== 'held' || !releasable.has(delivery.reason)) return;
  const partner = partnerOf(delivery.destination);
  const rules = partner?.rules ?? engine.ports.unconnected(delivery.destination);
  if (rules === undefined) return;
  const { factSeq } = await journal.lane(delivery.lane);
  // Held under what was known then: today's facts are read whatever the plan had seen.
  const stop = await ahead(engine.ports, rules, partner ?? null, delivery, factSeq, Infinity);
  // Nothing can leave for a destination without connector: only its sender may have to be told of a refusal, now and not then.
  if (partner === undefined && (stop?.to !== 'refused' || stop.reason.code === 'deliver.deadline')) return;
  if (stop === null) {
    await move(engine, delivery, 'waiting', { code: 'deliver.released-by-facts' }, { ...gateway, factsUpTo: factSeq });
    const now = await journal.delivery(id);
    if (now !== null) released(now);
  } else if (stop.to === 'refused') {
    await move(engine, delivery, 'refused', stop.reason, gateway);
  } else if (stop.earlier.length > 0) {
    engine.waitsFor(id, stop.earlier);
  } else if (stop.until !== undefined) {
    engine.waitsUntil(id, stop.until);
  } else if (stop.reason.code === initialMissing) {
    await move(engine, delivery, 'held', stop.reason, gateway);
  }
}

/** Someone else moved it meanwhile: the others are still looked at. */
async function unlessMoved(look: () => Promise<void>): Promise<void> {
  try { await look(); } catch (error) { if (!(error instanceof JournalFault) || isTrouble(error)) throw error; }
}

/** Looks again at every held delivery of these lanes, or of a destination: facts changed, or the engine starts. */
export async function lookAgain(releasing: Releasing, filter: { lanes: readonly number[] } | { destination: string }): Promise<void> {
  const { journal } = releasing.engine.ports;
  for (let after = 0; ;) {
    const page: readonly DeliveryHead[] = await journal.held({ ...filter, after }, pageSize);
    for (const head of page) if (releasable.has(head.reason)) await unlessMoved(() => lookAgainAt(releasing, head.id));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
  }
}

/** The deliveries that are held behind others, by the one they wait for. Rebuilt at start by looking at what is held. */
export class Behind {
  readonly #waiting = new Map<number, Set<number>>();

  add(id: number, earlier: readonly number[]): void {
    for (const one of earlier) {
      const behind = this.#waiting.get(one);
      if (behind === undefined) this.#waiting.set(one, new Set([id])); else behind.add(id);
    }
  }

  /** @returns those that waited for this one, now that it is final, or that the partner has taken it and only its notice is awaited */
  became(id: number, state: DeliveryHead['state']): readonly number[] {
    if (!isFinal(state) && state !== 'submitted') return [];
    const behind = this.#waiting.get(id);
    if (behind === undefined) return [];
    this.#waiting.delete(id);
    return [...behind];
  }
}
