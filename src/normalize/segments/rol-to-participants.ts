import type { Encounter, Patient, Practitioner } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { xad } from '../datatypes/address.ts';
import { xtn } from '../datatypes/contact-point.ts';
import { concept } from '../datatypes/cwe.ts';
import { practitioner } from '../datatypes/xcn-to-practitioner.ts';
import { push, put } from '../put.ts';
import { v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

/** ODRP: médecin traitant déclaré; FHCP: family health care professional. Both are general practitioners of the patient. */
const generalPractice = new Set(['ODRP', 'FHCP']);

/** ROL-4 with the address and phone of ROL-11 and 12. */
function person(rol: Tracked, zone: string): Practitioner | null {
  const part = rol.part(4), made = part && practitioner(part);
  if (!made) return null;
  put(made, 'address', rol.parts(11).flatMap(one => xad(one, zone) ?? []));
  put(made, 'telecom', rol.parts(12).flatMap(one => xtn(one) ?? []));
  return made;
}

/**
 * Each ROL as general practitioner of the patient or participant of the stay, by ROL-3 (table 0443) wherever the segment
 * stands; without a stay the other roles have no place and are reported as lost.
 */
export function rolInto(building: Building, rol: Tracked, patient: Patient, encounter: Encounter | null): void {
  const zone = building.settings.source.timeZone, role = rol.peek(3), general = generalPractice.has(role);
  if (rol.peek(2) === 'DE' || (!general && !encounter)) return;
  const made = person(rol, zone);
  if (!made) return;
  const reference = { reference: building.once(`ROL|${JSON.stringify(made)}`, () => building.add(made, rol.place)) };
  const type = concept(rol.part(3), building.facility, v2('0443'));
  if (general) {
    const coding = type?.coding?.[0];
    // The role is not an element of generalPractitioner: its display says which of the two it is.
    push(patient, 'generalPractitioner', { ...reference, ...(coding ? { type: 'Practitioner', display: [coding.code, coding.display].filter(Boolean).join(' ') } : {}) });
    return;
  }
  const start = rol.time(zone, 5), end = rol.time(zone, 6);
  if (encounter) push(encounter, 'participant', {
    ...(type ? { type: [type] } : {}), individual: reference,
    ...(start === '' && end === '' ? {} : { period: { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) } }),
  });
}
