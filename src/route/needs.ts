import type { GateNeeds, Reason } from '../domain/delivery.ts';
import { isTestInsOid } from '../domain/identity.ts';
import { documentKey, doneAwayWith } from '../facts/series.ts';
import { gate, type GateVerdict } from '../facts/gate.ts';
import { establishmentsOf, identityKeys } from '../facts/learn.ts';
import { carriedCda, replacedBy, uniqueIdOf } from './documents.ts';
import type { RouteDestination, RouteInput, Row } from './route.ts';

const senderFacility = (input: RouteInput): string => (input.reading.format === 'hl7v2' ? input.reading.message.first('MSH').text(4) : '');

/**
 * Held for a while a document is still the same, and what replaces it waits for it. A result would come over its own correction,
 * an admission over the identity event that follows it in its lane.
 */
const onlyDocuments = ({ normalized }: RouteInput, documents: number): boolean => documents > 0 && normalized.bundle.entry?.some(({ resource }) => resource?.resourceType === 'Observation') !== true;

/** What must be true of the patient and the message for one kind of destination (invariant 9). */
export function needs(input: RouteInput, kind: { qualified: boolean; dmp: boolean }): GateNeeds {
  const { identity } = input.normalized;
  const ins = identity?.ins ?? null;
  const action = input.order?.action ?? 'submit';
  const documents = carriedCda(input.reading.documents);
  const own = documents.map(({ header }) => documentKey(uniqueIdOf(header)));
  const after = action === 'submit' ? [] : documents.map(({ header }) => documentKey(action === 'delete' ? uniqueIdOf(header) : replacedBy(header))).filter((key) => key !== 'DOC|');
  return {
    identities: identityKeys(identity, input.source.id), birthDate: identity?.birthDate ?? null, sex: identity?.sex ?? null,
    qualified: kind.qualified, messageQualified: identity?.qualified ?? false, ...(identity === null || identity.statuses.length === 0 ? {} : { messageStatuses: identity.statuses }),
    ...(!kind.qualified && action !== 'delete' && identity?.qualified === true && onlyDocuments(input, documents.length) ? { carriesIns: true } : {}),
    // Withdrawing is not feeding: an opposition does not keep in the record what its author takes out (docs/decisions/0004).
    dmpConsentOf: kind.dmp && action !== 'delete' ? establishmentsOf(input.source, identity, senderFacility(input)) : null, ...(kind.dmp && action === 'replace' ? { oppositionHolds: true } : {}),
    test: ['T', 'D'].includes(input.reading.identified.processing) || (ins !== null && isTestInsOid(ins.oid)) || documents.some(({ header }) => header.patient.ids.some((id) => isTestInsOid(id.root))),
    after, ...(action !== 'delete' && doneAwayWith(input.facts, own, 0).length > 0 ? { overtaken: true } : {}),
  };
}

/** Planned, held or refused, as the facts stand now; the gate is asked again before each attempt. */
export function stateNow(input: RouteInput, destination: RouteDestination, wanted: Reason, gated: GateNeeds): Pick<Row, 'state' | 'reason'> {
  const verdict: GateVerdict = gate(gated, input.facts, { production: destination.production, enabled: destination.enabled, unknownConsent: input.source.unknownConsent }, null);
  if (!verdict.go) return { state: verdict.to, reason: verdict.reason };
  if (!destination.connected) return { state: 'held', reason: { code: 'route.connector-absent', args: [destination.system] } };
  return { state: 'planned', reason: wanted };
}

export const deadlineOf = (input: RouteInput, destination: RouteDestination): number => input.receivedAt + destination.deadlineDays * 86_400_000;

/** Every document of a delivery: what replaces or deletes any of them waits for it. */
export const seriesKeys = (input: RouteInput): readonly string[] => [...new Set(carriedCda(input.reading.documents).map(({ header }) => documentKey(uniqueIdOf(header))))];
