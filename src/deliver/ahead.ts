import type { Reason } from '../domain/delivery.ts';
import { documentKey, doneAwayWith } from '../facts/series.ts';
import type { DeliveryFull } from '../journal/journal.ts';
import type { DestinationRules, Partner } from './destination.ts';
import { earlierOf, initialMissing, openOf, waitsForInitial, waitsUntil } from './initial.ts';
import type { DeliverPorts } from './ports.ts';

/** Why a delivery does not go now, for good or until something changes. `earlier`: the deliveries it waits for; `until`: how long at most. */
export interface Stop { readonly to: 'held' | 'refused'; readonly reason: Reason; readonly earlier: readonly number[]; readonly until?: number }

/** Made to leave by a person: nothing its plan once saw counts for it. */
export const byAPerson: ReadonlySet<string> = new Set(['route.replay', 'deliver.released']);
/** What no person's release passes (invariant 9): the DMP and a patient's mailbox take qualified identities only, and no INS leaves with another. */
const neverReleased: ReadonlySet<string> = new Set(['route.identity-not-qualified', 'facts.ins-doubted-since', 'route.production-not-enabled']);

/** A deletion shows nothing to anyone: a person may answer for whose it is (docs/decisions/0004). */
const releasedByAPerson = (reason: Reason, action: string): boolean => !neverReleased.has(reason.code) || (reason.code === 'route.identity-not-qualified' && action === 'delete');

const stop = (to: Stop['to'], reason: Reason, earlier: readonly number[] = []): Stop => ({ to, reason, earlier });

/**
 * The message that withdrew or replaced the document meanwhile, or before it came, where its own delivery does not come after
 * this one: what must no longer be seen would be brought back. What was never made again leaves before its replacement by itself.
 */
async function withdrawnBy({ journal }: DeliverPorts, delivery: DeliveryFull): Promise<number | null> {
  const { planned: { action, series, gate: { overtaken } } } = delivery;
  const seq = overtaken === true ? 0 : delivery.seq;
  if (series.length === 0 || action === 'delete') return null;
  // A version's own versions tell whether it still stands.
  const versions = doneAwayWith(await journal.facts(series), series, seq).map(({ fact }) => documentKey(fact.uniqueId));
  if (versions.length === 0) return null;
  for (const one of doneAwayWith(await journal.facts([...series, ...versions]), series, seq)) {
    const its = await openOf(journal, delivery, documentKey(one.fact.uniqueId), one.seq);
    if (!its.some(({ inDoubt, envelope }) => !inDoubt || envelope === null)) return one.seq;
  }
  return null;
}

/**
 * What must hold just before each attempt: the deadline, the earlier deliveries of the same document (invariant 6), and the
 * gate against today's facts (invariant 9).
 * @param partner null where the connector does not exist
 * @param factSeq the last fact of the delivery's lane
 * @param startedAt when this process started: what was planned before may have been planned under another configuration
 * @returns null when it may go
 */
export async function ahead(ports: DeliverPorts, { production, enabled }: Pick<DestinationRules, 'production' | 'enabled'>, partner: Partner | null, delivery: DeliveryFull, factSeq: number, startedAt: number): Promise<Stop | null> {
  const asked = byAPerson.has(delivery.reason);
  // Who releases it after its deadline wants it sent all the same, once.
  if (delivery.deadline !== null && ports.clock() >= delivery.deadline && delivery.reason !== 'deliver.released' && delivery.reason !== waitsForInitial) {
    const doubt = delivery.inDoubt && delivery.envelope !== null;
    return stop('refused', { code: doubt ? 'deliver.deadline-in-doubt' : 'deliver.deadline' });
  }
  const { gate: needs } = delivery.planned;
  if (needs.after.length > 0) {
    const earlier = await ports.journal.unfinished(delivery.destination, delivery.recipient, needs.after, delivery.id);
    if (earlier.length > 0) return stop('held', { code: 'deliver.waits-for', args: [earlier.join(', ')] }, earlier);
    const { missing, late } = await earlierOf(ports.journal, delivery);
    if (late.length > 0) return stop('held', { code: 'deliver.waits-for', args: [late.join(', ')] }, late);
    const until = missing && !asked && partner !== null ? waitsUntil(delivery, partner) : null;
    if (until !== null && ports.clock() < until) return { ...stop('held', { code: waitsForInitial }), until };
    if (until !== null && delivery.deadline !== null && ports.clock() >= delivery.deadline) return stop('held', { code: initialMissing });
  }
  const withdrawn = asked || needs.overtaken === true ? await withdrawnBy(ports, delivery) : null;
  if (withdrawn !== null) return stop('held', { code: needs.overtaken === true ? 'deliver.overtaken' : 'deliver.withdrawn-since', args: [String(withdrawn)] });
  const newFacts = factSeq > delivery.factsUpTo;
  if (!newFacts && !asked && delivery.plannedAt >= startedAt) return null;
  const facts = await ports.journal.facts(needs.identities);
  const verdict = ports.gate(needs, facts, { production, enabled, unknownConsent: ports.unknownConsent(delivery.source) }, delivery.seq);
  if (verdict.go) return null;
  // A person released it knowing these facts: only a refusal, or a fact that came since, stops it again.
  if (verdict.to === 'held' && !newFacts && delivery.reason === 'deliver.released' && releasedByAPerson(verdict.reason, delivery.action)) return null;
  return stop(verdict.to, verdict.reason);
}
