import type { Address, HumanName, Identifier, Patient } from '@medplum/fhirtypes';
import { isInsOid } from '../../domain/identity.ts';
import type { CdaHeader, InstanceId } from '../../formats/cda/header.ts';
import { identifierType } from '../datatypes/identifier.ts';
import { partialDate } from '../datatypes/partial-date.ts';
import { claimKind } from '../identifier-claims.ts';
import { put } from '../put.ts';
import { insTypes } from '../tables/patient.ts';
import { extensions, inseeCode } from '../tables/urls.ts';
import { ii, telecoms } from './header-to-people.ts';

const genders: Readonly<Record<string, NonNullable<Patient['gender']>>> = { M: 'male', F: 'female', UN: 'other', U: 'unknown' };

/** Null for what must not be kept, as in PID-3: an INS-C would be taken for a number of the establishment (dmp.md §1.5). */
function patientId(id: InstanceId): Identifier | null {
  if (id.extension === '' || claimKind({ type: '', value: id.extension, authority: id.root, place: '', ended: false }) === 'ignored') return null;
  const made = ii(id);
  if (!made) return null;
  return isInsOid(id.root) ? { use: 'official', type: identifierType(insTypes[id.root]), ...made } : { use: 'usual', type: identifierType('PI'), ...made };
}

/** Birth name (family BR, given BR and the list of given names without qualifier) and name in use (CL, or SP). */
function names({ family, given }: CdaHeader['patient']['name']): HumanName[] {
  const part = (parts: typeof family, ...qualifiers: string[]) => parts.find(one => qualifiers.includes(one.qualifier))?.text;
  const birthFamily = part(family, 'BR') ?? part(family, ''), birthGiven = part(given, 'BR') ?? part(given, ''), list = part(given, 'BR') === undefined ? undefined : part(given, '');
  const usedFamily = part(family, 'CL', 'SP'), usedGiven = part(given, 'CL');
  const birth: HumanName = { use: 'official' }, used: HumanName = { use: 'usual' };
  if (list !== undefined) birth.extension = [{ url: extensions.birthGivenNames, valueString: list }];
  put(birth, 'family', birthFamily);
  if (birthGiven !== undefined) birth.given = [birthGiven];
  put(used, 'family', usedFamily);
  if (usedGiven !== undefined) used.given = [usedGiven];
  return [birth, used].filter(one => one.family ?? one.given);
}

/** recordTarget/patientRole as a Patient (inbound.md §11.1). A CDA says nothing of the identity's status. */
export function headerToPatient({ patient }: CdaHeader): Patient {
  const made: Patient = { resourceType: 'Patient' };
  const { birthPlace } = patient;
  if (birthPlace && (birthPlace.text !== '' || birthPlace.insee !== '')) {
    const place: Address = { ...(birthPlace.text === '' ? {} : { text: birthPlace.text }) };
    if (birthPlace.insee !== '') place.extension = [inseeCode(birthPlace.insee)];
    made.extension = [{ url: extensions.birthPlace, valueAddress: place }];
  }
  put(made, 'identifier', patient.ids.flatMap(id => patientId(id) ?? []));
  put(made, 'name', names(patient.name));
  put(made, 'telecom', telecoms(patient.telecoms));
  put(made, 'gender', genders[patient.gender.code]);
  put(made, 'birthDate', partialDate(patient.birthTime.raw));
  put(made, 'address', patient.addresses.filter(text => text !== '').map(text => ({ text })));
  return made;
}
