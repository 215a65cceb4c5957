import { changed, valueAt, type Json, type Place } from './place.ts';

/** Breaks an invariant on the element that carries it; the element is changed in place. */
type Break = (element: Json, resource: Json) => void;

const without = (...names: readonly string[]): Break => (element) => { for (const key of Object.keys(element)) if (names.some((name) => key === name || (/^[A-Z]/.test(key.slice(name.length)) && key.startsWith(name)))) Reflect.deleteProperty(element, key); };
const set = (more: Json): Break => (element) => { for (const [key, value] of Object.entries(more)) element[key] = structuredClone(value); };
const both = (...all: readonly Break[]): Break => (element, resource) => { for (const one of all) one(element, resource); };
const ofEntry = (inner: Break): Break => (element, resource) => { inner((element.entry as Json[])[0] ?? {}, resource); };
/** R4 published the placeholder `something` as the system of these scopes. */
const ofScope = (code: string): Break => both(without('patient'), set({ scope: { coding: [{ system: 'something', code }] } }));
const onlyId: Break = (element) => { for (const key of Object.keys(element)) if (key !== 'resourceType') Reflect.deleteProperty(element, key); element.id = 'a1'; };

const reliability = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability';
const validated: Json = { url: reliability, extension: [{ url: 'identityStatus', valueCoding: { system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0445', code: 'VALI' } }] };
const claimValidated: Break = (element) => { element.extension = [...(element.extension as Json[] | undefined ?? []).filter(({ url }) => url !== reliability), structuredClone(validated)]; };

/** How each invariant of R4 and FR Core is broken, by its key (those of our own profiles have hand-written examples). */
export const breaks: Readonly<Record<string, Break>> = {
  'ext-1': (element) => { without('value')(element, {}); delete element.extension; element.id = 'a'; },
  'cpt-2': both(without('system'), set({ value: '1' })),
  'dom-2': set({ contained: [{ resourceType: 'Basic', id: 'c', code: { text: 'x' }, contained: [{ resourceType: 'Basic', id: 'd', code: { text: 'x' } }] }] }),
  'dom-3': set({ contained: [{ resourceType: 'Basic', id: 'nobody-refers-to-it', code: { text: 'x' } }] }),
  'dom-4': set({ contained: [{ resourceType: 'Basic', id: 'c', meta: { versionId: '1' }, code: { text: 'x' } }] }),
  'dom-5': set({ contained: [{ resourceType: 'Basic', id: 'c', meta: { security: [{ code: 'R' }] }, code: { text: 'x' } }] }),
  'dom-6': without('text'),
  'pat-1': onlyId, 'obs-3': onlyId, 'app-1': both(without('type', 'actor')),
  'app-2': both(set({ start: '2026-11-22T10:00:00Z' }), without('end')),
  'app-3': both(set({ status: 'booked' }), without('start', 'end')),
  'app-4': set({ cancelationReason: { text: 'x' }, status: 'booked' }),
  'obs-6': (element) => { if (!Object.keys(element).some((key) => key.startsWith('value'))) element.valueString = 'x'; element.dataAbsentReason = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }] }; },
  'obs-7': (element) => { if (!Object.keys(element).some((key) => key.startsWith('value'))) element.valueQuantity = { value: 1 }; delete element.dataAbsentReason; element.code = { coding: [{ system: 'http://loinc.org', code: '718-7' }] }; element.component = [...(element.component as unknown[] | undefined ?? []), { code: element.code, valueQuantity: { value: 1 } }]; },
  'org-1': without('identifier', 'name'),
  'org-2': set({ use: 'home' }), 'org-3': set({ use: 'home' }),
  'prr-1': both(without('code'), set({ orderDetail: [{ text: 'x' }] })),
  'mad-1': without('dose', 'rate'),
  'mdd-1': set({ whenPrepared: '2026-11-22T10:00:00Z', whenHandedOver: '2026-11-21T10:00:00Z' }),
  'inv-1': set({ authoredOn: '2026-11-22T10:00:00Z', lastModified: '2026-11-21T10:00:00Z' }),
  'ppc-1': without('policy', 'policyRule'),
  'ppc-2': ofScope('patient-privacy'), 'ppc-3': ofScope('research'), 'ppc-4': ofScope('adr'), 'ppc-5': ofScope('treatment'),
  'bdl-1': set({ total: 1 }), 'bdl-2': ofEntry(set({ search: { mode: 'match' } })), 'bdl-3': ofEntry(set({ request: { method: 'GET', url: 'Basic/1' } })), 'bdl-4': ofEntry(set({ response: { status: '200' } })),
  'bdl-5': without('resource', 'request', 'response'), 'bdl-7': (element) => { const entries = element.entry as Json[]; element.entry = [...entries, structuredClone(entries.at(-1))]; },
  'bdl-8': set({ fullUrl: 'https://example.org/Basic/1/_history/2' }), 'bdl-9': both(set({ type: 'document' }), without('identifier')), 'bdl-10': both(set({ type: 'document' }), without('timestamp')),
  'bdl-11': set({ type: 'document' }), 'bdl-12': (element) => { element.entry = (element.entry as Json[]).slice(1); },
  'vs-2': without('value', 'dataAbsentReason', 'component', 'hasMember'), 'vs-3': without('value', 'dataAbsentReason'),
  'fr-core-1': both(claimValidated, set({ identifier: [{ use: 'usual', system: 'urn:oid:1.2.3', value: 'v' }] })),
  'fr-core-2': both(claimValidated, set({ identifier: [{ use: 'usual', system: 'urn:oid:1.2.3', value: 'v' }] })),
  'fr-core-3': both(claimValidated, (element) => {
    const unknownPlace: Json = { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { extension: [{ url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code', valueCoding: { code: '99999' } }] } };
    element.extension = [...(element.extension as Json[]).filter(({ url }) => url !== unknownPlace.url), unknownPlace];
  }),
  'inv-location-type-chambre': both(without('type'), set({ extension: [{ url: 'http://fhir.fr/StructureDefinition/fr-core-location-type-chambre', valueCode: 'x' }] })),
  'inv-location-type-lit': both(without('type'), set({ extension: [{ url: 'http://fhir.fr/StructureDefinition/fr-core-location-position-lit', valueCode: 'x' }] })),
};

/** A date known to the year: what vs-1 forbids. */
const valueBreaks: Readonly<Record<string, unknown>> = { 'vs-1': '2026' };

/** The resource with an invariant broken where it stands; undefined when nothing here breaks it. */
export function invariantMutant(key: string, resource: Json, { path }: Place): Json | undefined {
  if (Object.hasOwn(valueBreaks, key)) return changed(resource, path, valueBreaks[key]);
  const breaking = breaks[key];
  if (breaking === undefined) return undefined;
  const copy = structuredClone(resource);
  const element = valueAt(copy, path);
  if (typeof element !== 'object' || element === null) return undefined;
  breaking(element as Json, copy);
  return copy;
}
