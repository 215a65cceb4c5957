import type { Identifier, Patient, Resource } from '@medplum/fhirtypes';
import { isInsSystem } from '../../src/emit/generation.ts';
import { utf8 } from '../../src/emit/utf8.ts';
import { uuid5 } from '../../src/emit/uuid.ts';
import type { BodyPart } from '../../src/domain/delivery.ts';
import type { Quirks } from './config.ts';

/** RFC 3986 identifiers: `urn:uuid:…` and `urn:oid:…` as values. */
export const uriSystem = 'urn:ietf:rfc:3986';

export interface Token { readonly system: string; readonly value: string }

/** A character as a FHIR token writes it in a query: `\\`, `,`, `$` and `|` have a backslash, `:` and `/` are kept. */
const tokenCharacter = (text: string): string => (text === ':' || text === '/' ? text : encodeURIComponent('\\,$|'.includes(text) ? `\\${text}` : text));
const ascii = Array.from({ length: 128 }, (_, code) => tokenCharacter(String.fromCharCode(code)));

/** Text of a FHIR token in a query. Identifiers are ASCII nearly always, and most of their characters are kept. */
function escaped(text: string): string {
  let made = '', done = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return Array.from(text, tokenCharacter).join('');
    const written = ascii[code] ?? '';
    if (written.length === 1) continue;
    made += text.slice(done, i) + written;
    done = i + 1;
  }
  return done === 0 ? text : made + text.slice(done);
}

/** A search by identifier, written as a query. */
export const byIdentifier = ({ system, value }: Token): string => `identifier=${escaped(system)}|${escaped(value)}`;

/** One entry of a transaction; `document` names the kept document that fills a Binary. */
export interface Entry {
  readonly fullUrl: string | null;
  readonly resource: Resource;
  readonly request: { readonly method: 'POST' | 'PUT' | 'PATCH'; readonly url: string; readonly ifNoneExist?: string };
  readonly document?: string;
  /** JSON of the resource in pieces, when it is known already. */
  readonly text?: readonly string[];
  /** Where in the message it comes from. */
  readonly place: string;
}

/** Created when its identifier is not there yet; a partner without conditional create gets a conditional update instead. */
export function create(fullUrl: string, resource: Resource, token: Token, place: string, quirks: Quirks, text?: readonly string[]): Entry {
  if (!quirks.conditionalCreate) return update(fullUrl, resource, token, place, text);
  return { fullUrl, resource, place, ...(text === undefined ? {} : { text }), request: { method: 'POST', url: resource.resourceType, ifNoneExist: byIdentifier(token) } };
}

/** Replaces what has this identifier, or is created: a correction takes the place of what it corrects. */
export const update = (fullUrl: string, resource: Resource, token: Token, place: string, text?: readonly string[]): Entry =>
  ({ fullUrl, resource, place, ...(text === undefined ? {} : { text }), request: { method: 'PUT', url: `${resource.resourceType}?${byIdentifier(token)}` } });

/** Sets one element of a stored resource, found by identifier (FHIRPath Patch, R4 §3.1.0.10.3). */
export function setCode(type: 'DocumentReference', element: string, code: string, token: Token, place: string): Entry {
  const part = [{ name: 'type', valueCode: 'replace' }, { name: 'path', valueString: `${type}.${element}` }, { name: 'name', valueString: element }, { name: 'value', valueCode: code }];
  return { fullUrl: null, place, resource: { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] }, request: { method: 'PATCH', url: `${type}?${byIdentifier(token)}` } };
}

const none: readonly Identifier[] = [];
interface Identified { identifier?: Identifier[] }
const hasType = (identifier: Identifier, type: string): boolean => identifier.type?.coding?.some((one) => one.code === type) === true;

/** Known by their first identifier alone, which is the gateway's and has the patient in it: a filler or placer number used again is another patient's. */
const byOurs: ReadonlySet<string> = new Set(['Encounter', 'ServiceRequest', 'DiagnosticReport', 'Specimen', 'Observation']);

/** Identifier types that name a resource best, in order. */
const preferred: Readonly<Record<string, readonly string[]>> = {
  Patient: ['PI', 'MR', 'RRI'],
  Practitioner: ['RPPS', 'IDNPS'], Organization: ['IDNST', 'FINEG', 'FINEJ'],
};

/**
 * The identifiers a resource may be known by, the best first. A patient is known by the number of its establishment only, else
 * by one whose type is not told (CX-5 may be empty): the INS comes and goes with the identity's status, may be that of several
 * records, and the NSS is a family's.
 */
function candidates(resource: Resource): readonly Identifier[] {
  const { identifier } = resource as Identified;
  if (identifier === undefined) return none;
  const usable = identifier.filter((one) => one.system !== undefined && one.value !== undefined && one.use !== 'old');
  if (byOurs.has(resource.resourceType)) return usable.slice(0, 1);
  const types = preferred[resource.resourceType];
  if (types === undefined || usable.length === 0) return usable;
  const best = types.flatMap((type) => usable.filter((one) => hasType(one, type)));
  return [...best, ...(resource.resourceType === 'Patient' ? usable.filter((one) => one.type === undefined && !isInsSystem(one.system)) : usable)];
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

/** Methods, types and escaped tokens have no character that JSON would write otherwise. */
const requestText = ({ method, url, ifNoneExist }: Entry['request']): string =>
  `{"method":"${method}","url":"${url}"${ifNoneExist === undefined ? '' : `,"ifNoneExist":"${ifNoneExist}"`}}`;

/** A transaction Bundle as body parts: a document is named, never copied into the JSON (design.md §4). */
export function transactionBody(entries: readonly Entry[], profiles: readonly string[] = []): BodyPart[] {
  const parts: BodyPart[] = [];
  let pieces = [`{"resourceType":"Bundle",${profiles.length === 0 ? '' : `"meta":{"profile":${JSON.stringify(profiles)}},`}"type":"transaction","entry":[`];
  let separator = '';
  for (const { fullUrl, resource, text, request, document } of entries) {
    pieces.push(`${separator}{${fullUrl === null ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`}"resource":`);
    separator = ',';
    if (document === undefined) pieces.push(...(text ?? [JSON.stringify(resource)]));
    else {
      parts.push(utf8([...pieces, JSON.stringify(resource).slice(0, -1), ',"data":"']), { document, encoding: 'base64' });
      pieces = ['"}'];
    }
    pieces.push(`,"request":${requestText(request)}}`);
  }
  parts.push(utf8([...pieces, ']}']));
  return parts;
}
