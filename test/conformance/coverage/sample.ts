import { readFileSync } from 'node:fs';
import type { Build } from '../../../src/validate/compile/build.ts';
import type { ElementPlan } from '../../../src/validate/compile/plan.ts';
import type { Json } from './place.ts';

const primitives: Readonly<Record<string, unknown>> = {
  boolean: true, integer: 1, positiveInt: 1, unsignedInt: 1, decimal: 1, string: 'texte', markdown: 'texte', code: 'code', id: 'a1',
  uri: 'https://example.org/a', url: 'https://example.org/a', canonical: 'https://example.org/a', oid: 'urn:oid:1.2.250.1',
  uuid: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', date: '2026-11-22', dateTime: '2026-11-22T10:00:00+01:00', instant: '2026-11-22T10:00:00+01:00',
  time: '10:00:00', base64Binary: 'AAAA', xhtml: '<div xmlns="http://www.w3.org/1999/xhtml">texte</div>',
};

/** What a datatype holds at the least, to be something. */
const complex: Readonly<Record<string, Json>> = {
  CodeableConcept: { text: 'texte' }, Coding: { system: 'https://example.org/s', code: 'c' }, Identifier: { system: 'urn:oid:1.2.3', value: 'v' }, HumanName: { family: 'Nom' }, Address: { city: 'Lyon' },
  ContactPoint: { system: 'phone', value: '0102030405' }, Period: { start: '2026-11-22' }, Quantity: { value: 1 }, Age: { value: 1, system: 'http://unitsofmeasure.org', code: 'a' }, Duration: { value: 1, system: 'http://unitsofmeasure.org', code: 'h' },
  Range: { low: { value: 1 } }, Ratio: { numerator: { value: 1 }, denominator: { value: 2 } }, SimpleQuantity: { value: 1 }, Reference: { display: 'quelqu’un' }, Annotation: { text: 'texte' }, Attachment: { title: 'titre' },
  Meta: { versionId: '1' }, Narrative: { status: 'generated', div: primitives.xhtml }, Timing: { event: ['2026-11-22'] }, SampledData: { origin: { value: 0 }, period: 1, dimensions: 1 }, Extension: { url: 'https://example.org/none', valueString: 'x' },
  Signature: { type: [{ code: 'x' }], when: '2026-11-22T10:00:00Z', who: { display: 'x' } }, Dosage: { text: 'texte' }, Money: { value: 1 }, ContactDetail: { name: 'x' }, Expression: { language: 'text/fhirpath', expression: 'true' },
};

/** Codes that keep other rules out of the way: the first code of these sets asks for more beside it. */
const preferred: Readonly<Record<string, string>> = { 'Bundle.type': 'message', 'Appointment.status': 'proposed', 'Narrative.status': 'generated', 'Task.status': 'requested', 'DocumentReference.status': 'current' };

/** What invariants ask of an element beside its cardinalities. */
const ins: Json = { use: 'official', type: { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'INS-NIR' }] }, system: 'urn:oid:1.2.250.1.213.1.4.8', value: '279035121518989' };
const seeds: Readonly<Record<string, Json>> = {
  'Bundle.entry': { fullUrl: 'urn:uuid:5a4c1b1e-7d6b-4a8e-9d53-0a1b2c3d4e5f' },
  Patient: { identifier: [ins] }, Appointment: { start: '2026-11-22T10:00:00+01:00', end: '2026-11-22T10:30:00+01:00' }, 'DocumentReference.content.attachment': { url: 'https://example.org/d' }, MedicationRequest: { dosageInstruction: [{ text: 'texte' }] },
  'Appointment.participant': { actor: { reference: 'Patient/1' } }, 'Patient.contact': { name: { family: 'Nom' } }, 'Observation.referenceRange': { text: 'texte' },
  'Observation.component': { dataAbsentReason: { text: 'x' } }, Observation: { dataAbsentReason: { text: 'x' } }, 'MedicationAdministration.dosage': { dose: { value: 1 } }, Organization: { name: 'x' },
};
/** The least message of ours: its header, who it is about, and what its event asks for. */
const message = JSON.parse(readFileSync(new URL('../../../fixtures/fhir/message/encounter/in.json', import.meta.url), 'utf8')) as Json;

export const seeded = (path: string): Json => structuredClone(path === 'Bundle' ? message : seeds[path] ?? {});

/** A modifier extension that may stand anywhere, of a definition made for these tests. */
export const modifierUrl = 'https://passerelle.test/coverage/modifier';
export const modifierDefinition: Json = {
  resourceType: 'StructureDefinition', url: modifierUrl, version: '1', name: 'Modifier', kind: 'complex-type', abstract: false, type: 'Extension', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  context: [{ type: 'element', expression: 'Element' }, { type: 'element', expression: 'DomainResource' }],
  differential: { element: [{ path: 'Extension', isModifier: true }, { path: 'Extension.url', fixedUri: modifierUrl }] },
};

export const isPrimitive = (code: string): boolean => Object.hasOwn(primitives, code);
export const samplePrimitive = (code: string): unknown => primitives[code] ?? 'texte';
export const sampleComplex = (code: string): Json => structuredClone(complex[code] ?? {});

/** Codes of systems that only a grammar tells. */
const grammarCodes = [['urn:ietf:bcp:13', 'text/plain'], ['urn:ietf:bcp:47', 'fr'], ['urn:iso:std:iso:4217', 'EUR'], ['http://unitsofmeasure.org', 'g']] as const;

/** A code of the element's value set, when the set is at hand and can be listed. */
export function boundCode(plan: ElementPlan, { compiler, structure }: Build): { system: string; code: string } | undefined {
  const { binding } = plan;
  if (binding?.valueSet === undefined || binding.strength === 'example') return undefined;
  const set = compiler.terminology.valueSet(binding.valueSet, structure.pack);
  for (const [system, code] of grammarCodes) if (set?.has(system, code) === 'in') return { system, code };
  for (const { system, codes } of set?.parts() ?? []) {
    const listed = [...codes ?? []];
    const code = listed.find((one) => one === (preferred[plan.basePath] ?? 'PROV')) ?? listed.find((one) => set?.has(system, one) === 'in');
    if (code !== undefined) return { system, code };
  }
  return undefined;
}
