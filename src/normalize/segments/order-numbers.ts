import type { Identifier } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { ei } from '../datatypes/identifier.ts';
import type { OrderGroup } from '../messages/groups.ts';
import { localAuthority } from '../tables/code-systems.ts';
import { own } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

/** Numbers of an order, and the texts that make its results findable again. */
export interface OrderNumbers {
  /** FILL then PLAC, as received. */
  readonly identifiers: readonly Identifier[];
  /** What tells this order from every other of this sender: filler number, else placer number, else the message itself. */
  readonly key: string;
}

/**
 * ORC repeats what OBR says, or says it alone. Twins that agree are both carried; when they differ OBR wins, being nearer to
 * the result, and the other is reported as lost (tables/twins.ts).
 */
export function twin(orc: Tracked | null, obr: Tracked | null, orcField: number, obrField: number): { segment: Tracked; field: number } | null {
  const inObr = obr !== null && !obr.isEmpty(obrField), inOrc = orc !== null && !orc.isEmpty(orcField);
  if (inObr && inOrc && obr.raw(obrField) === orc.raw(orcField)) orc.carry(orcField);
  if (inObr) return { segment: obr, field: obrField };
  return inOrc ? { segment: orc, field: orcField } : null;
}

/** A number of no authority counts at the facility that sent it. */
const numbered = (facility: string, one: Identifier): Identifier => one.system === undefined ? { ...one, system: localAuthority(facility) } : one;

export function orderNumbers({ facility, settings: { trace } }: Building, group: OrderGroup): OrderNumbers {
  const read = (orcField: number, obrField: number, type: string): Identifier | null => {
    const where = twin(group.orc, group.obr, orcField, obrField);
    return where && ei(where.segment.part(where.field), type);
  };
  const filler = read(3, 3, 'FILL'), placer = read(2, 2, 'PLAC'), first = filler ?? placer;
  return {
    identifiers: [filler, placer].filter(one => one !== null).map(one => numbered(facility, one)),
    key: first ? `${first.system ?? ''}|${first.value ?? ''}` : `message|${trace}`,
  };
}

/**
 * The identifier under which a receiver keeps one thing of ours once: the sender, the patient, the order's number, and what of
 * the order it is. The order's number alone will not do: laboratories start their numbers anew, and a patient would then have
 * another's results; many give one number to every OBR of a request, and a report would then replace its neighbour. It is the
 * first identifier of each ServiceRequest, DiagnosticReport, Observation and Specimen, and of an Encounter that has a visit number.
 */
export const businessKey = (building: Building, kind: 'encounter' | 'order' | 'report' | 'observation' | 'specimen' | 'document' | 'communication', ...parts: string[]): Identifier =>
  ({ system: `${own}/${kind}`, value: `${building.facility}|${building.patient}|${parts.join('|')}` });
