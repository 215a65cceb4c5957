import type { Encounter, Organization, Patient, Reference } from '@medplum/fhirtypes';
import { finding } from '../../domain/finding.ts';
import type { Building } from '../building.ts';
import { cx, identifierType } from '../datatypes/identifier.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { organizationUrl } from '../datatypes/xon-to-organization.ts';
import { push } from '../put.ts';
import { nk1ToContact } from '../segments/nk1-to-contact.ts';
import { forbiddenFields, pidToPatient } from '../segments/pid-to-patient.ts';
import { isNoVisit, pv1ToEncounter } from '../segments/pv1-to-encounter.ts';
import { rolInto } from '../segments/rol-to-participants.ts';
import { dmpStatus, zfaToConsents } from '../segments/zfa-to-consent.ts';
import { localAuthority } from '../tables/code-systems.ts';
import type { Ledger } from '../tracked.ts';

/** The patient and the stay of a message, in the Bundle; `encounter` is '' when the message tells of none. */
export interface PatientVisit { readonly patient: Patient; readonly subject: string; readonly stay: Encounter | null; readonly encounter: string; readonly consents: readonly string[] }

function completePatient(building: Building, ledger: Ledger, patient: Patient, encounter: Encounter | null): void {
  const zone = building.settings.source.timeZone, pd1 = ledger.first('PD1');
  for (const nk1 of ledger.all('NK1')) {
    const contact = nk1ToContact(building, nk1);
    if (Object.keys(contact).length > 0) push(patient, 'contact', contact);
  }
  for (const part of pd1.parts(3)) { const url = organizationUrl(building, part); if (url !== '') push(patient, 'generalPractitioner', { reference: url }); }
  for (const url of practitionerUrls(building, pd1, 4)) push(patient, 'generalPractitioner', { reference: url });
  for (const rol of ledger.all('ROL')) rolInto(building, rol, patient, encounter);
  // Without a stay the file's number (NDA) is a number of the patient.
  const account = encounter ? null : cx(ledger.first('PID').part(18), zone, 'AN');
  if (account) push(patient, 'identifier', account);
  const dmp = ledger.message.has('ZFA') ? dmpStatus(ledger.first('ZFA'), zone) : null;
  if (dmp) push(patient, 'extension', dmp);
}

/** Who asked for the consents: the source's establishment (a FINESS), else the facility that sent the message. */
function establishmentOf({ settings: { source: { establishment } }, facility }: Building): Reference<Organization> {
  return establishment === null ? { type: 'Organization', identifier: { system: localAuthority('sender'), value: facility }, display: facility }
    : { type: 'Organization', identifier: { type: identifierType('FINEG'), system: 'https://finess.esante.gouv.fr', value: establishment } };
}

/** PID with what completes it, PV1 with what completes it, ZFA. `event` is MSH-9-2, `sent` MSH-7 as an instant or ''. */
export function addPatientVisit(building: Building, ledger: Ledger, event: string, sent: string): PatientVisit {
  const { message } = ledger, pid = ledger.first('PID'), zone = building.settings.source.timeZone;
  const today = message.first('MSH').text(7).slice(0, 8);
  const patient = pidToPatient(pid, message.has('ZFD') ? ledger.first('ZFD') : null, building.facility, zone, today);
  building.findings.push(...forbiddenFields(pid));
  const subject = building.add(patient, pid.place);
  const pv1 = ledger.first('PV1');
  // `N`, no visit: the letter says that there is no Encounter to make.
  const none = isNoVisit(pv1);
  if (none) pv1.carry(2);
  const stay = none ? null : pv1ToEncounter(building, ledger, event, subject);
  const encounter = stay ? building.add(stay, pv1.place) : '';
  completePatient(building, ledger, patient, stay);
  const consents = message.has('ZFA') ? zfaToConsents(ledger.first('ZFA'), subject, establishmentOf(building), zone, sent) : [];
  return { patient, subject, stay, encounter, consents: consents.map((consent, i) => building.add(consent, 'ZFA', `Consent ${i + 1}`)) };
}

/** Is the segment there? Else the message cannot be understood, and says which. */
export function need(building: Building, ledger: Ledger, name: string): boolean {
  if (ledger.message.has(name)) return true;
  building.findings.push(finding('normalize.missing-segment', 'MSH', name));
  return false;
}
