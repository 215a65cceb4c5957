import type { ContactPoint, HumanName, Identifier, Organization, Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import type { CdaAssigned, CdaOrganization, Coded, InstanceId, PersonName } from '../../formats/cda/header.ts';
import type { Building } from '../building.ts';
import { identifierType } from '../datatypes/identifier.ts';
import { put } from '../put.ts';
import { systemOfOid } from '../tables/code-systems.ts';

const psOid = '1.2.250.1.71.4.2.1', structureOid = '1.2.250.1.71.4.2.2';

/** II as an Identifier; null when it has a nullFlavor or nothing. A root alone is an OID that names one thing. */
export function ii(id: InstanceId, type = ''): Identifier | null {
  if (id.root === '') return null;
  const typed = type === '' ? {} : { type: identifierType(type) };
  return id.extension === '' ? { ...typed, system: 'urn:ietf:rfc:3986', value: `urn:oid:${id.root}` } : { ...typed, system: `urn:oid:${id.root}`, value: id.extension };
}

/** CD or CE as a CodeableConcept; null without code. */
export const coded = (code: Coded | null) => code && code.code !== ''
  ? { coding: [{ ...(code.system === '' ? {} : { system: systemOfOid(code.system) }), code: code.code, ...(code.display === '' ? {} : { display: code.display }) }] } : null;

export function personName(name: PersonName): HumanName | null {
  const made: HumanName = {}, used = (parts: PersonName['family']) => (parts.find(part => part.qualifier === 'CL' || part.qualifier === 'SP') ?? parts[0])?.text;
  put(made, 'family', used(name.family));
  const given = used(name.given);
  if (given !== undefined) made.given = [given];
  if (name.prefix !== '') made.prefix = [name.prefix];
  if (name.suffix !== '') made.suffix = [name.suffix];
  return made.family ?? made.given ? made : null;
}

export const telecoms = (list: readonly { value: string; use: string }[]): ContactPoint[] => list.flatMap(({ value, use }): ContactPoint[] => {
  const [, scheme, rest] = /^(tel|mailto|fax|http|https):(.*)$/.exec(value) ?? [];
  if (value === '') return [];
  const system = scheme === 'mailto' ? 'email' : scheme === 'fax' ? 'fax' : scheme?.startsWith('http') ? 'url' : 'phone';
  return [{ system, value: system === 'url' ? value : rest ?? value, ...(use === 'WP' ? { use: 'work' as const } : use === 'HP' || use === 'H' ? { use: 'home' as const } : use === 'MC' ? { use: 'mobile' as const } : {}) }];
});

/** A structure of the CDA as an Organization; '' when nothing is known of it. */
export function organizationOf(building: Building, organization: CdaOrganization | null, place: string): string {
  if (!organization) return '';
  const made: Organization = { resourceType: 'Organization' };
  put(made, 'identifier', organization.ids.flatMap(id => ii(id, id.root === structureOid ? 'IDNST' : '') ?? []));
  put(made, 'name', organization.name);
  const industry = coded(organization.industry);
  if (industry) made.type = [industry];
  put(made, 'telecom', telecoms(organization.telecoms));
  if (organization.address !== '') made.address = [{ text: organization.address }];
  return made.identifier ?? made.name ? building.once(`cda|${JSON.stringify(made)}`, () => building.add(made, place, 'Organization')) : '';
}

/** assignedAuthor, assignedEntity and their like as a PractitionerRole of a Practitioner and an Organization; a device is named by its role. */
export function roleOf(building: Building, assigned: CdaAssigned | null, place: string): string {
  if (!assigned) return '';
  const person: Practitioner = { resourceType: 'Practitioner' }, role: PractitionerRole = { resourceType: 'PractitionerRole' };
  const identifiers = assigned.ids.flatMap(id => ii(id, id.root === psOid ? 'IDNPS' : '') ?? []);
  const name = assigned.person && personName(assigned.person), organization = organizationOf(building, assigned.organization, place);
  if (assigned.person) {
    put(person, 'identifier', identifiers);
    if (name) person.name = [name];
    role.practitioner = { reference: building.once(`cda|${JSON.stringify(person)}`, () => building.add(person, place, 'Practitioner')) };
  } else {
    put(role, 'identifier', identifiers);
    if (assigned.device) role.practitioner = { display: [assigned.device.model, assigned.device.software].filter(text => text !== '').join(' ') };
  }
  if (organization !== '') role.organization = { reference: organization };
  const speciality = coded(assigned.code);
  if (speciality) role.code = [speciality];
  put(role, 'telecom', telecoms(assigned.telecoms));
  return building.once(`cda|${JSON.stringify(role)}`, () => building.add(role, place, 'PractitionerRole'));
}
