import type { Identifier, Patient, Resource } from '@medplum/fhirtypes';
import { isInsSystem } from '../../src/emit/generation.ts';
import { uuid5 } from '../../src/emit/uuid.ts';
import type { BodyPart } from '../../src/domain/delivery.ts';
import type { Quirks } from './config.ts';

/** RFC 3986 identifiers: `urn:uuid:…` and `urn:oid:…` as values. */
export const uriSystem = 'urn:ietf:rfc:3986';

export interface Token { readonly system: string; readonly value: string }
/** Needs no escape, neither as a FHIR token nor in a query. */
const plain = /^[\w.:/-]*$/;
const escaped = (text: string): string => (plain.test(text) ? text : encodeURIComponent(text.replace(/[\\,$|]/g, '\\$&')).replace(/%3A/g, ':').replace(/%2F/g, '/'));

/** A search by identifier, written as a query. */
export const byIdentifier = ({ system, value }: Token): string => `identifier=${escaped(system)}|${escaped(value)}`;

/** One entry of a transaction; `document` names the kept document that fills a Binary. */
export interface Entry {
  readonly fullUrl: string | null;
  readonly resource: Resource;
  readonly request: { readonly method: 'POST' | 'PUT' | 'PATCH'; readonly url: string; readonly ifNoneExist?: string };
  readonly document?: string;
  /** Where in the message it comes from. */
  readonly place: string;
}

/** Created when its identifier is not there yet; a partner without conditional create gets a conditional update instead. */
export function create(fullUrl: string, resource: Resource, token: Token, place: string, quirks: Quirks): Entry {
  if (!quirks.conditionalCreate) return update(fullUrl, resource, token, place);
  return { fullUrl, resource, place, request: { method: 'POST', url: resource.resourceType, ifNoneExist: byIdentifier(token) } };
}

/** Replaces what has this identifier, or is created: a correction takes the place of what it corrects. */
export const update = (fullUrl: string, resource: Resource, token: Token, place: string): Entry =>
  ({ fullUrl, resource, place, request: { method: 'PUT', url: `${resource.resourceType}?${byIdentifier(token)}` } });

/** Sets one element of a stored resource, found by identifier (FHIRPath Patch, R4 §3.1.0.10.3). */
export function setCode(type: 'DocumentReference', element: string, code: string, token: Token, place: string): Entry {
  const part = [{ name: 'type', valueCode: 'replace' }, { name: 'path', valueString: `${type}.${element}` }, { name: 'name', valueString: element }, { name: 'value', valueCode: code }];
  return { fullUrl: null, place, resource: { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] }, request: { method: 'PATCH', url: `${type}?${byIdentifier(token)}` } };
}

interface Identified { identifier?: Identifier[] }
const hasType = (identifier: Identifier, type: string): boolean => identifier.type?.coding?.some((one) => one.code === type) === true;

/**
 * Identifier types that name a resource best, in order. None for stays, orders, reports, specimens and results: their first identifier
 * is the gateway's, which has the patient in it, and a filler or placer number used again is another patient's.
 */
const preferred: Readonly<Record<string, readonly string[]>> = {
  Patient: ['PI', 'MR', 'RRI'],
  Practitioner: ['RPPS', 'IDNPS'], Organization: ['IDNST', 'FINEG', 'FINEJ'],
};

/**
 * The identifiers a resource may be known by, the best first. A patient is known by the number of its establishment only: the
 * INS comes and goes with the identity's status, may be that of several records, and the NSS is a family's.
 */
function candidates(resource: Resource): readonly Identifier[] {
  const usable = ((resource as Identified).identifier ?? []).filter((one) => one.system !== undefined && one.value !== undefined && one.use !== 'old');
  const types = preferred[resource.resourceType];
  if (types === undefined || usable.length === 0) return usable;
  const best = types.flatMap((type) => usable.filter((one) => hasType(one, type)));
  return resource.resourceType === 'Patient' ? best : [...best, ...usable];
}

/** The name of a patient told without establishment number: made of its INS, so that each message about it finds it again. */
export function patientName(patient: Patient, fullUrl: string): string {
  const ins = patient.identifier?.find((one) => isInsSystem(one.system) && one.use !== 'old');
  return ins === undefined ? fullUrl : `urn:uuid:${uuid5(`${ins.system ?? ''}|${ins.value ?? ''}`)}`;
}

/**
 * The identifier a resource is known by, and the resource that carries it. No two entries of a transaction may take the
 * same: the second one, like a resource without a usable identifier, gets one of the gateway's own, a `urn:uuid`.
 */
export class Keys {
  readonly #taken = new Set<string>();

  of(resource: Resource, own: () => string): { resource: Resource; token: Token } {
    for (const { system = '', value = '' } of candidates(resource)) {
      if (this.#take(resource.resourceType, { system, value })) return { resource, token: { system, value } };
    }
    const token = { system: uriSystem, value: own() };
    this.#take(resource.resourceType, token);
    return { token, resource: { ...resource, identifier: [...((resource as Identified).identifier ?? []), token] } as Resource };
  }

  #take(type: string, { system, value }: Token): boolean {
    const key = `${type}|${system}|${value}`;
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }
}

/** The Bundle of `transactionBody` as JSON, without the documents' bytes. */
export const transactionBundle = (entries: readonly Entry[], profiles: readonly string[] = []): object => ({
  resourceType: 'Bundle', ...(profiles.length === 0 ? {} : { meta: { profile: profiles } }), type: 'transaction',
  entry: entries.map(({ fullUrl, resource, request }) => (fullUrl === null ? { resource, request } : { fullUrl, resource, request })),
});

/** A transaction Bundle as body parts: a document is named, never copied into the JSON (design.md §4). */
export function transactionBody(entries: readonly Entry[], profiles: readonly string[] = []): BodyPart[] {
  const parts: BodyPart[] = [];
  let text = `{"resourceType":"Bundle",${profiles.length === 0 ? '' : `"meta":{"profile":${JSON.stringify(profiles)}},`}"type":"transaction","entry":[`;
  let waiting: object[] = [];
  let separator = '';
  const flush = (): void => {
    if (waiting.length === 0) return;
    text += separator + JSON.stringify(waiting).slice(1, -1);
    separator = ',';
    waiting = [];
  };
  for (const { fullUrl, resource, request, document } of entries) {
    if (document === undefined) { waiting.push(fullUrl === null ? { resource, request } : { fullUrl, resource, request }); continue; }
    flush();
    const open = `${separator}{"fullUrl":${JSON.stringify(fullUrl)},"resource":${JSON.stringify(resource).slice(0, -1)},"data":"`;
    parts.push(Buffer.from(text + open), { document, encoding: 'base64' });
    text = `"},"request":${JSON.stringify(request)}}`;
    separator = ',';
  }
  flush();
  parts.push(Buffer.from(`${text}]}`));
  return parts;
}
