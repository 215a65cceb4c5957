import type { DiagnosticReport, Observation, Resource } from '@medplum/fhirtypes';
import { emitResource, type Emission } from '../../src/emit/resource.ts';
import type { ResourceTexts } from '../../src/emit/texts.ts';
import { uuid5 } from '../../src/emit/uuid.ts';
import { placeOf, type Index } from './content.ts';
import { reachable } from './references.ts';
import type { Quirks } from './config.ts';
import { create, Keys, patientName, update, uriSystem, type Entry, type Token } from './transaction.ts';

const roots: ReadonlySet<string> = new Set(['DiagnosticReport', 'Observation', 'ServiceRequest', 'Specimen']);
/** Never in a results transaction: what describes the message, and documents, which have their own. */
const without: ReadonlySet<string> = new Set(['MessageHeader', 'Provenance', 'Consent', 'Binary', 'DocumentReference']);
const subId = 'http://hl7.org/fhir/StructureDefinition/observation-v2-subid';

/** What a directory holds: the same words are the same thing, whichever message says them. */
const directory: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Device', 'HealthcareService']);

/** Names for what has no identifier of its own: a directory's things by what they say, the others by this message's entry. */
class Names {
  readonly #index: Index;
  readonly #said = new Map<string, string>();
  constructor(index: Index) { this.#index = index; }

  of(fullUrl: string, resource: Resource): string {
    if (resource.resourceType === 'Patient') return patientName(resource, fullUrl);
    return directory.has(resource.resourceType) ? `urn:uuid:${uuid5(this.#saying(fullUrl))}` : fullUrl;
  }

  /** The resource's words, those of what it names in place of the references. */
  #saying(fullUrl: string): string {
    const known = this.#said.get(fullUrl);
    if (known !== undefined) return known;
    this.#said.set(fullUrl, '');
    const resource = this.#index.get(fullUrl);
    if (resource === undefined || !directory.has(resource.resourceType)) return '';
    const { meta: _, ...words } = resource;
    const said = JSON.stringify(words, (key, value: unknown) => (key === 'reference' && typeof value === 'string' ? this.#saying(value) : value));
    this.#said.set(fullUrl, said);
    return said;
  }
}

/**
 * What an observation is, within its report: code, sub-id and time. A correction of it then replaces it in place. Two that
 * cannot be told apart this way get no such name, so that one never overwrites the other.
 */
function namesOf(index: Index, reports: ReadonlyMap<string, Token>): ReadonlyMap<string, string> {
  const names = new Map<string, string[]>();
  for (const [fullUrl, token] of reports) {
    for (const { reference = '' } of (index.get(fullUrl) as DiagnosticReport).result ?? []) {
      const observation = index.get(reference) as Observation | undefined;
      const coding = observation?.code.coding?.[0];
      if (observation?.resourceType !== 'Observation' || coding?.code === undefined || token.system === uriSystem) continue;
      const sub = observation.extension?.find((one) => one.url === subId);
      const name = [token.system, token.value, coding.system ?? '', coding.code, JSON.stringify(sub ?? ''), observation.effectiveDateTime ?? ''].join('|');
      names.set(name, [...(names.get(name) ?? []), reference]);
    }
  }
  return new Map([...names].flatMap(([name, all]) => (all.length === 1 ? all.map((fullUrl) => [fullUrl, `urn:uuid:${uuid5(name)}`] as const) : [])));
}

/** Structured results: one transaction of the patient, the report, its observations, and what they name. */
export function resultsEntries(index: Index, emission: Emission, quirks: Quirks, texts: ResourceTexts): Entry[] {
  const keys = new Keys();
  const own = new Names(index);
  const all = reachable(index, roots, without, texts);
  // Reports first: their observations are named after them, when they have no identifier of their own.
  const reports = new Map<string, Token>();
  const made = new Map<string, Entry>();
  for (const type of ['DiagnosticReport', null]) {
    let observed: ReadonlyMap<string, string> | null = null;
    const nameOf = (fullUrl: string): string | undefined => (type === null ? (observed ??= namesOf(index, reports)).get(fullUrl) : undefined);
    for (const [fullUrl, resource] of all) {
      if ((resource.resourceType === 'DiagnosticReport') !== (type !== null)) continue;
      const emitted = emitResource(resource, emission);
      const keyed = keys.of(emitted, () => nameOf(fullUrl) ?? own.of(fullUrl, emitted));
      if (type !== null) reports.set(fullUrl, keyed.token);
      const corrects = resource.resourceType === 'DiagnosticReport' || resource.resourceType === 'Observation';
      // But for its meta, most of what leaves is written as it is stored.
      const text = keyed.resource === emitted && resource.resourceType !== 'Patient' ? texts.withMeta(resource, emitted.meta) : undefined;
      made.set(fullUrl, corrects ? update(fullUrl, keyed.resource, keyed.token, placeOf(resource), text) : create(fullUrl, keyed.resource, keyed.token, placeOf(resource), quirks, text));
    }
  }
  return [...all.keys()].flatMap((fullUrl) => made.get(fullUrl) ?? []);
}
