import type { PatientContact } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { xad } from '../datatypes/address.ts';
import { xtn } from '../datatypes/contact-point.ts';
import { concept } from '../datatypes/cwe.ts';
import { cx } from '../datatypes/identifier.ts';
import { xpn } from '../datatypes/human-name.ts';
import { organizationUrl } from '../datatypes/xon-to-organization.ts';
import { push, put } from '../put.ts';
import { genders } from '../tables/patient.ts';
import { extensions, frCodes, v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

/** What PAM France adds to table 0131 and FR Core codes itself (fr-core-cs-contact-relationship): the person of trust, guardians… */
const frenchRoles = new Set(['K', 'P', 'WRD', 'GRD', 'CUR', 'CURTL', 'EDUREF', 'SVG']);

/** NK1 as a contact of the patient: relationship (table 0063) and role (table 0131, K the person of trust) side by side. */
export function nk1ToContact(building: Building, nk1: Tracked): PatientContact {
  const contact: PatientContact = {}, zone = building.settings.source.timeZone;
  const identifier = cx(nk1.part(33), zone);
  if (identifier) contact.extension = [{ url: extensions.contactIdentifier, valueIdentifier: identifier }];
  const role = frenchRoles.has(nk1.peek(7)) ? frCodes('contact-relationship') : v2('0131');
  for (const [n, system] of [[3, v2('0063')], [7, role]] as const) {
    const kind = concept(nk1.part(n), building.facility, system);
    if (kind) push(contact, 'relationship', kind);
  }
  const name = nk1.part(2), address = nk1.part(4);
  put(contact, 'name', name && xpn(name, zone));
  put(contact, 'address', address && xad(address, zone));
  for (const n of [5, 6]) {
    for (const part of nk1.parts(n)) {
      const telecom = xtn(part);
      if (telecom) push(contact, 'telecom', n === 6 && !telecom.use ? { ...telecom, use: 'work' } : telecom);
    }
  }
  const sex = genders[nk1.peek(15)];
  if (sex) { contact.gender = sex; nk1.text(15); }
  const organization = organizationUrl(building, nk1.part(13));
  if (organization !== '') contact.organization = { reference: organization };
  const start = nk1.time(zone, 8), end = nk1.time(zone, 9);
  if (start !== '' || end !== '') contact.period = { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) };
  return contact;
}
