import { actions } from './actions.ts';

const secret = { oneOf: [
  { type: 'object', required: ['file'], properties: { file: { type: 'string', minLength: 1 } }, additionalProperties: false },
  { type: 'object', required: ['env'], properties: { env: { type: 'string', minLength: 1 } }, additionalProperties: false },
] } as const;
const whole = (otherwise: number, minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum, default: otherwise }) as const;
const choice = (...of: readonly [string, ...string[]]) => ({ enum: of, default: of[0] });
const text = (otherwise?: string) => ({ type: 'string', minLength: 1, maxLength: 256, ...(otherwise === undefined ? {} : { default: otherwise }) });
const path = (otherwise: string) => ({ type: 'string', pattern: '^/[A-Za-z0-9._~/-]*$', default: otherwise });
const oid = { type: 'string', pattern: '^[0-2](\\.(0|[1-9][0-9]*))+$', maxLength: 64 } as const;
/** Struct_IdNat: ADELI office, FINESS, SIREN, SIRET, RPPS and rank. */
const structure = { type: 'string', pattern: '^(0.+|1[0-9AB]{9}|2[0-9]{9}|3[0-9]{14}|4.+)$' } as const;
const object = (properties: Record<string, object>, required: readonly string[] = []) => ({ type: 'object', properties, required, additionalProperties: false });
const list = (items: object, otherwise: readonly unknown[]) => ({ type: 'array', items, default: otherwise });

/** Who a VIHF says acts when no person is named: an automaton of the gateway (dmp.md §1.3). */
const automaton = { code: 'AUTOMATE', codeSystem: '1.2.250.1.213.1.1.4.6', displayName: 'AUTOMATE' };
const identity = { cert: secret, key: secret, pfx: secret, passphrase: secret } as const;

/** The settings of a DMP destination, with their defaults. */
export const settingsSchema = object({
  baseUrl: { type: 'string', pattern: '^https://[^\\s?#@]+$' },
  paths: { ...object({ patients: path('/patients'), repository: path('/repository'), registry: path('/registry') }), default: {} },
  authentication: object({ ...identity, ca: secret, crl: secret }, ['ca']),
  signature: object(identity),
  homologation: secret,
  sourceId: oid,
  structure: object({ id: structure, name: text(), also: list(structure, []) }, ['id', 'name']),
  software: { ...object({ name: text('Passerelle'), version: text(), id: oid, service: text('Passerelle d’intermédiation') }), default: {} },
  vihf: {
    ...object({
      version: choice('3.0', '4.0'), mode: choice('INDIRECTE', 'INDIRECTE_RENFORCEE'), issuer: choice('country-first', 'country-last'),
      sector: { type: 'string', pattern: '^SA[0-9]{2}$' }, responsible: text(), actor: choice('sender', 'gateway'),
      authentication: { type: 'string', pattern: '^urn:oasis:names:tc:SAML:2\\.0:ac:classes:[A-Za-z]+$', default: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified' },
      roles: { ...list(object({ code: text(), codeSystem: oid, displayName: text() }, ['code', 'codeSystem', 'displayName']), [automaton]), minItems: 1 },
    }, ['sector', 'responsible']),
  },
  lot: { ...object({ algorithm: choice('sha1', 'sha256') }), default: {} },
  existence: choice('never', 'before-sending'),
  clockSkewMs: whole(60_000, 1000, 300_000),
  limits: {
    ...object({
      connections: whole(8, 1, 256), connectMs: whole(10_000, 100, 120_000), maxAnswerBytes: whole(8 << 20, 1 << 10, 256 << 20),
      maxDocumentBytes: whole(5 << 20, 1 << 10, 1 << 30), maxLotBytes: whole(50 << 20, 1 << 10, 1 << 30), internalErrors: whole(5, 1, 1000),
    }),
    default: {},
  },
  answers: { type: 'object', propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_.:-]{0,127}$' }, additionalProperties: { enum: actions }, default: {} },
}, ['baseUrl', 'authentication', 'signature', 'homologation', 'sourceId', 'structure', 'vihf']);
