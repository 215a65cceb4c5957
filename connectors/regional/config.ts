import { Ajv } from 'ajv';
import type { Secret, TlsSettings } from '../../src/domain/secret.ts';
import { generations, type Generation } from '../../src/emit/generation.ts';

export const flows = ['results', 'documents', 'patients', 'events'] as const;
export type Flow = (typeof flows)[number];

/** Where this partner is unlike the others (regional.md §3.3, §5.4). */
export interface Quirks {
  /** Accept header; SAS still wants the obsolete `application/json+fhir`. */
  readonly acceptMime: string;
  /** Transactions are posted to `[base]/` and not `[base]`. */
  readonly trailingSlash: boolean;
  /** Knows ifNoneExist; else conditional updates are used in its place. */
  readonly conditionalCreate: boolean;
  /** Lets the client choose the id of a Binary. */
  readonly updateCreate: boolean;
  /** Answers 500 without OperationOutcome to what it will never take. */
  readonly error500IsPermanent: boolean;
}
/** The structure that declares events when the message names none: national id (IDNST, `1` + FINESS). */
export interface Declarant { readonly idNatSt: string; readonly name: string }
export type Auth =
  | { readonly type: 'none' } | { readonly type: 'mtls' }
  | { readonly type: 'apiKey'; readonly header: string; readonly key: Secret }
  | { readonly type: 'client_credentials'; readonly tokenUrl: string; readonly clientId: string; readonly clientSecret: Secret; readonly scope?: string; readonly structIdnat?: string };

/** Settings of a regional destination, checked and completed. */
export interface RegionalConfig {
  readonly destination: string;
  readonly baseUrl: string;
  /** Where events are declared, when it is another server. */
  readonly eventUrl: string;
  readonly flows: readonly Flow[];
  readonly frCore: Generation;
  readonly declarant: Declarant | null;
  readonly quirks: Quirks;
  /** Connections at once; milliseconds to connect; bytes of an answer beyond which it is not read. */
  readonly limits: { readonly connections: number; readonly connectMs: number; readonly maxAnswerBytes: number };
  readonly tls: TlsSettings | null;
  readonly auth: Auth;
}

const secret = { oneOf: [
  { type: 'object', required: ['file'], properties: { file: { type: 'string', minLength: 1 } }, additionalProperties: false },
  { type: 'object', required: ['env'], properties: { env: { type: 'string', minLength: 1 } }, additionalProperties: false },
] } as const;
const url = { type: 'string', pattern: '^https?://[^\\s?#]+$' } as const;
const flag = (otherwise: boolean) => ({ type: 'boolean', default: otherwise }) as const;
const whole = (otherwise: number, minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum, default: otherwise }) as const;
const object = (properties: Record<string, object>, required: readonly string[] = []) => ({ type: 'object', properties, required, additionalProperties: false });

const schema = object({
  baseUrl: url, eventUrl: url,
  flows: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: flows }, default: ['results', 'documents', 'patients'] },
  frCore: { enum: generations, default: '2.1.0' },
  declarant: object({ idNatSt: { type: 'string', pattern: '^[1-9][0-9A-Z]{8,14}$' }, name: { type: 'string', minLength: 1 } }, ['idNatSt', 'name']),
  quirks: { ...object({ acceptMime: { type: 'string', minLength: 1, default: 'application/fhir+json' }, trailingSlash: flag(false), conditionalCreate: flag(true), updateCreate: flag(true), error500IsPermanent: flag(false) }), default: {} },
  limits: { ...object({ connections: whole(8, 1, 256), connectMs: whole(10_000, 100, 120_000), maxAnswerBytes: whole(8 << 20, 1 << 10, 256 << 20) }), default: {} },
  tls: object({ cert: secret, key: secret, pfx: secret, passphrase: secret, ca: secret, crl: secret, mutual: { type: 'boolean', default: false } }),
  auth: { type: 'object', default: { type: 'none' }, required: ['type'], discriminator: { propertyName: 'type' }, oneOf: [
    object({ type: { const: 'none' } }), object({ type: { const: 'mtls' } }),
    object({ type: { const: 'apiKey' }, header: { type: 'string', pattern: '^[A-Za-z0-9-]+$' }, key: secret }, ['header', 'key']),
    object({ type: { const: 'client_credentials' }, tokenUrl: url, clientId: { type: 'string', minLength: 1 }, clientSecret: secret, scope: { type: 'string' }, structIdnat: { type: 'string' } }, ['tokenUrl', 'clientId', 'clientSecret']),
  ] },
}, ['baseUrl']);

/** What the schema leaves: its defaults filled in, the rest as given. */
type Completed = Omit<RegionalConfig, 'destination' | 'eventUrl' | 'declarant' | 'tls'> & { eventUrl?: string; declarant?: Declarant; tls?: TlsSettings };

const validate = new Ajv({ useDefaults: true, allErrors: true, discriminator: true, strict: false }).compile(schema);

/** Checks and completes the settings. Throws an Error that names every wrong one by its path, never its value. */
export function regionalConfig(raw: Readonly<Record<string, unknown>>, destination: string): RegionalConfig {
  const settings = structuredClone(raw) as unknown as Completed;
  const wrong: string[] = [];
  if (!validate(settings)) wrong.push(...(validate.errors ?? []).map(({ instancePath, message = '', params }) => `${instancePath.slice(1).replaceAll('/', '.')} ${message}${'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : ''}`.trim()));
  else if (settings.flows.includes('events') && settings.declarant === undefined) wrong.push('declarant is required when flows has events');
  else if (settings.auth.type === 'mtls' && settings.tls?.cert === undefined && settings.tls?.pfx === undefined) wrong.push('auth mtls needs tls.cert and tls.key, or tls.pfx');
  if (wrong.length > 0) throw new Error(`${destination}.settings: ${wrong.join('; ')}`);
  return { ...settings, destination, eventUrl: settings.eventUrl ?? settings.baseUrl, declarant: settings.declarant ?? null, tls: settings.tls ?? null };
}
