import type { Identifier } from '@medplum/fhirtypes';
import { isInsOid } from '../../domain/identity.ts';
import { authorityOf } from '../../formats/hl7v2/authority.ts';
import { claimKind } from '../identifier-claims.ts';
import { cx, identifierType } from '../datatypes/identifier.ts';
import { identifierUses, insTypes } from '../tables/patient.ts';
import type { Part, Tracked } from '../tracked.ts';

/** One CX of PID-3 or MRG-1 as FR Core names it; null for what must not be kept (INS-C, an INS of no authority). */
function patientIdentifier(part: Part, zone: string, today: string): Identifier | null {
  const type = part.peek(5).trim(), authority = authorityOf((c, s) => part.peek(c, s), 4), end = part.peek(8).slice(0, 8);
  const ended = end !== '' && today !== '' && end < today;
  const kind = claimKind({ type, value: part.peek(1).trim(), authority, place: part.place, ended });
  if (kind === 'ignored') return null;
  const made = cx(part, zone);
  if (!made) return null;
  if (kind !== 'local' && isInsOid(authority)) {
    return { use: kind === 'old-ins' ? 'old' : 'official', ...made, type: identifierType(insTypes[authority]) };
  }
  const use = ended ? 'old' : identifierUses[type];
  return use ? { use, ...made } : made;
}

/** The identifiers of field n, in the order received. */
export const patientIdentifiers = (segment: Tracked, n: number, zone: string, today: string): Identifier[] =>
  segment.parts(n).flatMap(part => patientIdentifier(part, zone, today) ?? []);
