import { Ajv } from 'ajv';
import type { TlsSettings } from '../../src/domain/secret.ts';

/** MSH-3 to MSH-6 put in place of those received, for a system that is fed with the original messages. */
export interface Addressing { readonly sendingApplication?: string; readonly sendingFacility?: string; readonly receivingApplication?: string; readonly receivingFacility?: string }

/** Settings of an hl7v2 destination, checked and completed. */
export interface Hl7v2Config {
  readonly destination: string;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly tls: TlsSettings | null;
  /** Milliseconds to connect; bytes of an answer beyond which it is not kept; how long a late answer is listened for. */
  readonly connectMs: number;
  readonly maxAnswerBytes: number;
  readonly lateMs: number;
  readonly addressing: Addressing;
  /** Says in MSH-8 that a message sent again may be a duplicate. */
  readonly flagDuplicates: boolean;
}

const secret = { oneOf: [
  { type: 'object', required: ['file'], properties: { file: { type: 'string', minLength: 1 } }, additionalProperties: false },
  { type: 'object', required: ['env'], properties: { env: { type: 'string', minLength: 1 } }, additionalProperties: false },
] } as const;
const whole = (otherwise: number, minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum, default: otherwise }) as const;
/** HD: namespace, or namespace, universal id and its type. */
const address = { type: 'string', maxLength: 227, pattern: '^[^|~\\\\&\\r\\n]+$' } as const;
const schema = {
  type: 'object', required: ['url'], additionalProperties: false,
  properties: {
    url: { type: 'string', pattern: '^mllps?://[^/\\s@?#]+:[0-9]{1,5}/?$' },
    tls: { type: 'object', additionalProperties: false, properties: { cert: secret, key: secret, pfx: secret, passphrase: secret, ca: secret, crl: secret, mutual: { type: 'boolean', default: false } } },
    connectMs: whole(10_000, 100, 120_000),
    maxAnswerBytes: whole(1 << 20, 1 << 10, 64 << 20),
    lateMs: whole(60_000, 0, 3_600_000),
    addressing: { type: 'object', default: {}, additionalProperties: false, properties: { sendingApplication: address, sendingFacility: address, receivingApplication: address, receivingFacility: address } },
    flagDuplicates: { type: 'boolean', default: true },
  },
} as const;

/** What the schema leaves: its defaults filled in, the rest as given. */
type Completed = Omit<Hl7v2Config, 'destination' | 'host' | 'port' | 'secure' | 'tls'> & { url: string; tls?: TlsSettings };

const validate = new Ajv({ useDefaults: true, allErrors: true, strict: false }).compile(schema);

/** Checks and completes the settings. Throws an Error that names every wrong one by its path, never its value. */
export function hl7v2Config(raw: Readonly<Record<string, unknown>>, destination: string): Hl7v2Config {
  const settings = structuredClone(raw) as unknown as Completed;
  const wrong: string[] = [];
  if (!validate(settings)) wrong.push(...(validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath.slice(1).replaceAll('/', '.')} ${message}`.trim()));
  else if (settings.tls !== undefined && settings.url.startsWith('mllp:')) wrong.push('tls is given but url is mllp:// and not mllps://');
  if (wrong.length > 0) throw new Error(`${destination}.settings: ${wrong.join('; ')}`);
  const { url, tls, ...rest } = settings;
  const { hostname, port } = new URL(url);
  return { ...rest, destination, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), secure: url.startsWith('mllps:'), tls: tls ?? null };
}
