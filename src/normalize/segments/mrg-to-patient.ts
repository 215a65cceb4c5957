import type { Patient } from '@medplum/fhirtypes';
import { xpn } from '../datatypes/human-name.ts';
import { put } from '../put.ts';
import type { Tracked } from '../tracked.ts';
import { patientIdentifiers } from './pid-to-identifiers.ts';

/** MRG of an A40: the identity that disappears, as a Patient of its own that points to the one that remains. */
export function mrgToPatient(mrg: Tracked, survivor: string, zone: string, today: string): Patient {
  const retired: Patient = { resourceType: 'Patient', active: false, link: [{ type: 'replaced-by', other: { reference: survivor } }] };
  put(retired, 'identifier', patientIdentifiers(mrg, 1, zone, today));
  put(retired, 'name', mrg.parts(7).flatMap(part => xpn(part, zone) ?? []));
  return retired;
}
