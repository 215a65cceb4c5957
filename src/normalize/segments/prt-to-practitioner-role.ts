import type { PractitionerRole } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { xtn } from '../datatypes/contact-point.ts';
import { concept } from '../datatypes/cwe.ts';
import { practitionerUrl } from '../datatypes/xcn-to-practitioner.ts';
import { organizationUrl } from '../datatypes/xon-to-organization.ts';
import { push } from '../put.ts';
import type { Tracked } from '../tracked.ts';

/**
 * PRT (pre-adopted from HL7 2.9 by the volet) as a PractitionerRole: who (PRT-5), of which structure (PRT-8), or which
 * application (PRT-10), at which MSSanté address (PRT-15), in which role of the exchange (PRT-4: SB, RCT, REPLY).
 */
export function prtToPractitionerRole(building: Building, prt: Tracked): string {
  const role: PractitionerRole = { resourceType: 'PractitionerRole' };
  const part = concept(prt.part(4), building.facility, 'http://terminology.hl7.org/CodeSystem/v2-0912');
  if (part) role.code = [part];
  const who = prt.part(5), person = who ? practitionerUrl(building, who) : '';
  if (person !== '') role.practitioner = { reference: person };
  const structure = organizationUrl(building, prt.part(8));
  if (structure !== '') role.organization = { reference: structure };
  const device = prt.part(10);
  if (device) role.identifier = [{ value: device.all() }];
  for (const telecom of prt.parts(15)) { const address = xtn(telecom); if (address) push(role, 'telecom', address); }
  return building.add(role, prt.place);
}
