import type { StructureDefinition } from '../../../src/validate/registry/definition.ts';
import { valueAt, type Json, type Place } from './place.ts';

/** A resource around something that is none, and where it stands there. `use`: the profile that puts it there, as a definition of its own. */
export interface Host { readonly around: (value: Json) => Json; readonly place: Place; readonly profile: Json | undefined }

const core = 'http://hl7.org/fhir/StructureDefinition/';
/** A property of Patient that has a datatype. */
const patientProperty: Readonly<Record<string, string>> = { Address: 'address', HumanName: 'name', ContactPoint: 'telecom', Identifier: 'identifier', CodeableConcept: 'maritalStatus', Reference: 'managingOrganization' };

export const hostUrl = (url: string): string => `https://passerelle.test/coverage/${encodeURIComponent(url)}`;

/** The definition of a Patient that must carry a datatype profile. */
export function hostProfile({ url, version, type }: StructureDefinition): Json | undefined {
  const property = patientProperty[type];
  if (property === undefined) return undefined;
  return {
    resourceType: 'StructureDefinition', url: hostUrl(url), version, kind: 'resource', type: 'Patient', derivation: 'constraint', abstract: false, baseDefinition: `${core}Patient`,
    differential: { element: [{ path: `Patient.${property}`, type: [{ code: type, profile: [`${url}|${version ?? ''}`] }] }] },
  };
}

/** Where a datatype profile stands in its host. */
export function datatypeHost({ type, url }: StructureDefinition): Host | undefined {
  const property = patientProperty[type];
  if (property === undefined) return undefined;
  const many = property !== 'maritalStatus' && property !== 'managingOrganization';
  return {
    around: (value) => ({ resourceType: 'Patient', [property]: many ? [value] : value }), profile: { url: hostUrl(url) },
    place: { path: many ? [property, 0] : [property], expression: `Patient.${property}${many ? '[0]' : ''}` },
  };
}

const elements: Readonly<Record<string, { readonly path: readonly (string | number)[]; readonly expression: string; readonly resource: Json }>> = {
  Address: { path: ['address', 0], expression: 'Patient.address[0]', resource: { resourceType: 'Patient', address: [{ city: 'Lyon' }] } },
  HumanName: { path: ['name', 0], expression: 'Patient.name[0]', resource: { resourceType: 'Patient', name: [{ family: 'Nom' }] } },
  ContactPoint: { path: ['telecom', 0], expression: 'Patient.telecom[0]', resource: { resourceType: 'Patient', telecom: [{ system: 'phone', value: '01' }] } },
  'Patient.contact': { path: ['contact', 0], expression: 'Patient.contact[0]', resource: { resourceType: 'Patient', contact: [{ name: { family: 'Nom' } }] } },
  'Patient.contact.relationship': { path: ['contact', 0, 'relationship', 0], expression: 'Patient.contact[0].relationship[0]', resource: { resourceType: 'Patient', contact: [{ name: { family: 'Nom' }, relationship: [{ text: 'x' }] }] } },
  'PractitionerRole.code': { path: ['code', 0], expression: 'PractitionerRole.code[0]', resource: { resourceType: 'PractitionerRole', code: [{ text: 'x' }] } },
  'Location.partOf': { path: ['partOf'], expression: 'Location.partOf', resource: { resourceType: 'Location', partOf: { reference: 'Location/1' } } },
};

/** Where an extension stands in a resource that its first context names; `minimal` makes the least resource of a type. */
export function extensionHost({ context = [] }: StructureDefinition, minimal: (type: string) => Json): Host {
  const expression = context[0]?.expression ?? 'Patient';
  const element = elements[expression] ?? elements[expression === 'Patient.name' ? 'HumanName' : ''];
  if (element === undefined) {
    return { around: (value) => ({ ...minimal(expression), extension: [value] }), profile: undefined, place: { path: ['extension', 0], expression: `${expression}.extension[0]` } };
  }
  const around = (value: Json): Json => {
    const resource = structuredClone(element.resource);
    (valueAt(resource, element.path) as Json).extension = [value];
    return resource;
  };
  return { around, profile: undefined, place: { path: [...element.path, 'extension', 0], expression: `${element.expression}.extension[0]` } };
}
