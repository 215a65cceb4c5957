import type { Address, Extension, Patient } from '@medplum/fhirtypes';
import { finding, type Finding } from '../../domain/finding.ts';
import { xad } from '../datatypes/address.ts';
import { xtn } from '../datatypes/contact-point.ts';
import { concept } from '../datatypes/cwe.ts';
import { dateTime } from '../datatypes/date-time.ts';
import { xpn } from '../datatypes/human-name.ts';
import { languageConcept } from '../datatypes/language.ts';
import { deleted, push, put, putBeside } from '../put.ts';
import { forbiddenPid, genders, maritalStatuses } from '../tables/patient.ts';
import { extensions, frCodes, frExtension, v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';
import { patientIdentifiers } from './pid-to-identifiers.ts';

/** PID-32, each status an FR Core identity-reliability; how it was obtained (ZFD-5, 6, 7) goes with the first. */
function reliability(pid: Tracked, zfd: Tracked | null): Extension[] {
  const statuses = pid.parts(32).map(part => ({ url: 'identityStatus', valueCoding: { system: frCodes('v2-0445'), code: part.text(1) } }));
  const how: Extension[] = [];
  const proof = zfd?.text(7) ?? '', acquired = zfd?.text(5) ?? '', at = (zfd?.date(6) ?? '');
  if (proof !== '') how.push({ url: 'validationMode', valueCoding: { system: frCodes('mode-validation-identity'), code: proof } });
  if (acquired !== '') how.push({ url: 'methodCollection', valueCoding: { system: frCodes('method-collection'), code: acquired } });
  if (at !== '') how.push({ url: 'dateCollection', valueDate: at });
  const [first, ...others] = statuses;
  const lists: Extension[][] = [[...(first ? [first] : []), ...how], ...others.map(one => [one])];
  return lists.filter(list => list.length > 0).map(extension => ({ url: extensions.reliability, extension }));
}

/** Addresses and birth place: PID-11 of type BDL is where the person was born, with the INSEE code; PID-23 names it. */
function putAddresses(patient: Patient, pid: Tracked, zone: string): void {
  let born: Address | null = null;
  for (const part of pid.parts(11)) {
    const address = xad(part, zone);
    if (!address) continue;
    if (part.peek(7) === 'BDL') { part.text(7); born = address; } else push(patient, 'address', address);
  }
  const name = pid.text(23);
  if (name !== '') born = { ...(born ?? {}), text: name };
  if (born) push(patient, 'extension', { url: extensions.birthPlace, valueAddress: born });
  if (pid.isDeleted(11)) patient.address = [deleted()];
}

function putTelecoms(patient: Patient, pid: Tracked): void {
  for (const n of [13, 14]) {
    for (const part of pid.parts(n)) {
      const telecom = xtn(part);
      if (telecom) push(patient, 'telecom', n === 14 && !telecom.use ? { ...telecom, use: 'work' } : telecom);
    }
  }
  if (pid.isDeleted(13)) {
    // FR Core wants system and value in every telecom: both say that there is none.
    const none = {};
    putBeside(none, 'system', deleted());
    putBeside(none, 'value', deleted());
    push(patient, 'telecom', none);
  }
}

function putBirthAndDeath(patient: Patient, pid: Tracked, zone: string): void {
  const birthDate = pid.date(7);
  put(patient, 'birthDate', birthDate);
  if (pid.isDeleted(7)) putBeside(patient, 'birthDate', deleted());
  // A rank or a date says yes by itself; a no beside it is a contradiction, and is reported as lost.
  const order = pid.peek(25), multiple = pid.peek(24), ranked = /^[1-9]\d?$/.test(order);
  if (ranked) patient.multipleBirthInteger = Number(pid.text(25));
  else if (multiple === 'Y' || multiple === 'N') patient.multipleBirthBoolean = multiple === 'Y';
  if (multiple === 'Y' || !ranked) pid.text(24);
  const died = pid.time(zone, 29), dead = pid.peek(30);
  if (died !== '') patient.deceasedDateTime = died;
  else if (dead === 'Y' || dead === 'N') patient.deceasedBoolean = dead === 'Y';
  if (dead === 'Y' || died === '') pid.text(30);
  const alive = patient.deceasedDateTime === undefined && patient.deceasedBoolean === undefined;
  if (alive && (pid.isDeleted(29) || pid.isDeleted(30))) putBeside(patient, 'deceasedBoolean', deleted());
}

function putCivilStatus(patient: Patient, pid: Tracked, facility: string): void {
  const sex = genders[pid.peek(8)];
  if (sex) { patient.gender = sex; pid.text(8); }
  if (pid.isDeleted(8)) putBeside(patient, 'gender', deleted());
  const married = maritalStatuses[pid.peek(16)], status = concept(pid.part(16), facility, v2('0002'));
  if (status) patient.maritalStatus = married && status.coding?.[0] ? { ...status, coding: [{ ...status.coding[0], ...married }] } : status;
  if (pid.isDeleted(16)) patient.maritalStatus = deleted();
  const language = languageConcept(pid.part(15), facility);
  if (language) patient.communication = [{ language, preferred: true }];
  for (const part of pid.parts(26)) {
    const nationality = concept(part, facility, v2('0171'));
    if (nationality) push(patient, 'extension', { url: frExtension('patient-nationality'), extension: [{ url: 'code', valueCodeableConcept: nationality }] });
  }
  const mother = pid.part(6)?.all() ?? '';
  if (mother !== '') push(patient, 'extension', { url: extensions.motherName, valueString: mother });
}

export const forbiddenFields = (pid: Tracked): Finding[] =>
  forbiddenPid.filter(n => !pid.isEmpty(n)).map(n => finding('normalize.forbidden-field', pid.at(n), pid.at(n)));

/** PID (with ZFD) as a Patient in FR Core's shape. `today` is the message's date, by which an identifier has ended. */
export function pidToPatient(pid: Tracked, zfd: Tracked | null, facility: string, zone: string, today: string): Patient {
  const patient: Patient = { resourceType: 'Patient' };
  const extension = reliability(pid, zfd);
  put(patient, 'extension', extension);
  const lunar = zfd?.part(1)?.all() ?? '';
  if (lunar !== '') push(patient, 'extension', { url: extensions.lunarDate, valueString: lunar });
  const corrected = zfd?.text(4) ?? '';
  if (corrected !== '') push(patient, 'extension', { url: extensions.birthDateCorrected, valueBoolean: corrected === 'Y' });
  put(patient, 'identifier', patientIdentifiers(pid, 3, zone, today));
  put(patient, 'name', pid.parts(5).flatMap(part => xpn(part, zone) ?? []));
  putTelecoms(patient, pid);
  putBirthAndDeath(patient, pid, zone);
  putAddresses(patient, pid, zone);
  putCivilStatus(patient, pid, facility);
  const unknown = pid.text(31);
  if (unknown === 'Y' || unknown === 'N') push(patient, 'extension', { url: extensions.identityUnknown, valueBoolean: unknown === 'Y' });
  const updated = dateTime(pid.peek(33), zone);
  if (updated.length > 10) { pid.text(33); patient.meta = { lastUpdated: updated }; }
  return patient;
}
