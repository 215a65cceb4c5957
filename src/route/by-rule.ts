import type { Reason } from '../domain/delivery.ts';
import type { Carries } from './rules.ts';
import { hiddenFrom, replacedBy, uniqueIdOf, carriedCda } from './documents.ts';
import { deadlineOf, needs, seriesKeys, stateNow } from './needs.ts';
import type { RouteInput, Row } from './route.ts';

/** NdE event of a message (JDV_J46, ASS_A13): A01 → ADM, A03 → SOR, a document → DOC. */
const eventOf = (type: string, carries: ReadonlySet<Carries>): 'ADM' | 'SOR' | 'DOC' | null =>
  type === 'ADT^A01' ? 'ADM' : type === 'ADT^A03' ? 'SOR' : carries.has('document') ? 'DOC' : null;

/** One delivery to a destination that a rule names. Empty when the destination has nothing to take from this message. */
export function byRule(input: RouteInput, carries: ReadonlySet<Carries>, destinationId: string, rule: string): Row[] {
  const { reading, order, settings, normalized } = input;
  const destination = settings.destinations.find((one) => one.id === destinationId);
  if (destination === undefined) return [];
  const action = order?.action ?? 'submit';
  const gated = needs(input, { qualified: false, dmp: false });
  const wanted: Reason = { code: 'route.rule', args: [rule] };
  const kind = carries.has('document') ? 'document' : carries.has('results') ? 'results' : 'patient';
  const documents = carriedCda(reading.documents).map(({ header }) => ({ uniqueId: uniqueIdOf(header), replaces: replacedBy(header) }));
  const hidden = [...new Set(carriedCda(reading.documents).flatMap(({ header }) => hiddenFrom(order, header) ?? []))];
  // Care under secret connection must not show, nor that a document masked to professionals is there: an event would tell them of it.
  const event = order?.flags.secretConnection === true || order?.flags.maskedToProfessionals === true ? null : eventOf(reading.identified.type, carries);
  const content: Record<string, unknown> = destination.system === 'hl7v2'
    ? { kind: 'relay' }
    : { kind, event, binaries: normalized.binaries, action, ...(documents.length === 0 ? {} : { documents, hidden }) };
  return [{
    destination: destination.id, system: destination.system, action: kind === 'patient' ? 'notify' : action,
    ...stateNow(input, destination, wanted, gated), recipient: null, headers: {}, series: seriesKeys(input), gate: gated, content, deadline: deadlineOf(input, destination),
  }];
}
