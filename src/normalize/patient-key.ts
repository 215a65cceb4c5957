import type { PatientIdentifier, PatientIdentity } from '../domain/identity.ts';
import { uuid5 } from './uuid.ts';

const sorting = ({ authority, value }: PatientIdentifier): string => `${authority}|${value}`;

/**
 * Who a message is about, as a part of the identifiers a receiver keeps its things by: two patients never share one, and the
 * correction of a report has that report's, in whatever order PID-3 gives the numbers. A UUID, so that no INS can be read in an identifier. It is made of the number that
 * an establishment gives (PI), as the INS comes and goes with the identity's status; else of the INS; else of a number of
 * another type or of none. A number without authority counts with its source.
 * A message that tells nothing of this is known by its trace alone: it replaces nothing.
 */
export function patientKey(identity: PatientIdentity | null, source: string, trace: string): string {
  const numbered = (...types: string[]) => identity?.identifiers.filter(one => types.includes(one.type))
    .reduce<PatientIdentifier | undefined>((first, one) => first === undefined || sorting(one) < sorting(first) ? one : first, undefined);
  const ins = identity?.ins ? { authority: identity.ins.oid, value: identity.ins.matricule } : undefined;
  const one = numbered('PI') ?? ins ?? numbered('MR', 'RRI', '');
  return uuid5('patient|', one === undefined ? trace : `${one.authority === '' ? `own of ${source}` : one.authority}|${one.value}`);
}
