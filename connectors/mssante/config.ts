import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import { isMailboxAddress } from '../../src/domain/mailbox-address.ts';
import type { Secret, TlsSettings } from '../../src/domain/secret.ts';
import { SettingFault } from '../../src/net/setting-fault.ts';
import { oidOf } from './message-id.ts';
import type { ConnectorRules } from '../../src/deliver/connector.ts';
import type { RecipientsConfig } from './recipients/recipients.ts';

/** Where an access token comes from: read again for every connection, never kept (Ref#2 SC.MSS/CONF.28). */
export type TokenSource =
  | { readonly secret: Secret }
  | { readonly url: string; readonly clientId: string; readonly clientSecret: Secret; readonly scope?: string };

/** How the operator knows the mailbox: `none` is mutual TLS alone (mss.md §2.2). */
export type MailAuth =
  | { readonly type: 'none' } | { readonly type: 'external'; readonly identity: string }
  | { readonly type: 'plain'; readonly user: string; readonly password: Secret }
  | { readonly type: 'xoauth2'; readonly user: string; readonly token: TokenSource };

/** Settings of an mssante destination: one operator and one sending mailbox, checked and completed. */
export interface MssanteConfig {
  readonly destination: string;
  readonly host: string;
  readonly port: number;
  /** Clear until STARTTLS (587), or TLS from the first byte (465). Never clear. */
  readonly security: 'starttls' | 'implicit';
  readonly tls: TlsSettings | null;
  readonly auth: MailAuth;
  /** The APP mailbox that sends: From and envelope sender. */
  readonly from: { readonly name: string; readonly address: string };
  /** Reference number of the product (convergence.esante.gouv.fr): X-MSS-NIL, on every mail. */
  readonly nil: string;
  /** OID of this installation: sourceId of the submissions. Made of the mailbox's address when none is given. */
  readonly sourceId: string;
  /** Of what mails are named with (message-id.ts). */
  readonly secret: Uint8Array;
  /** Where the mailbox of a recipient named without an address is found. */
  readonly recipients: RecipientsConfig;
  /** Delivery notices are asked of the operator (RFC 3461). */
  readonly dsn: boolean;
  /** Hours within which a notice is waited for; then the mail counts as delivered, without notice. */
  readonly noticeHours: number;
  readonly limits: {
    readonly connections: number;
    readonly messagesPerConnection: number;
    /** Mails a second, all connections together. */
    readonly perSecond: number;
    /** Bytes of a whole mail as it leaves, base64 counted. */
    readonly mailBytes: number;
    readonly connectMs: number;
  };
}

const secret = { oneOf: [
  { type: 'object', required: ['file'], properties: { file: { type: 'string', minLength: 1 } }, additionalProperties: false },
  { type: 'object', required: ['env'], properties: { env: { type: 'string', minLength: 1 } }, additionalProperties: false },
] } as const;
const path = { type: 'object', required: ['file'], properties: { file: { type: 'string', minLength: 1 } }, additionalProperties: false } as const;
/** Secrets go there: TLS, or this machine. */
const secureUrl = '^(https://[^\\s#]+|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?(/[^\\s#]*)?)$';
const text = { type: 'string', minLength: 1, maxLength: 200 } as const;
const whole = (otherwise: number, minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum, default: otherwise }) as const;
const object = (properties: Record<string, object>, required: readonly string[] = []) => ({ type: 'object', properties, required, additionalProperties: false });

const schema = object({
  host: { type: 'string', pattern: '^[A-Za-z0-9.:-]+$' },
  port: whole(587, 1, 65_535),
  security: { enum: ['starttls', 'implicit'], default: 'starttls' },
  tls: object({ cert: secret, key: secret, pfx: secret, passphrase: secret, ca: secret, crl: secret, mutual: { type: 'boolean', default: false } }),
  auth: { type: 'object', default: { type: 'none' }, required: ['type'], discriminator: { propertyName: 'type' }, oneOf: [
    object({ type: { const: 'none' } }), object({ type: { const: 'external' }, identity: { type: 'string', default: '' } }),
    object({ type: { const: 'plain' }, user: text, password: secret }, ['user', 'password']),
    object({ type: { const: 'xoauth2' }, user: text, token: { oneOf: [
      object({ secret }, ['secret']),
      object({ url: { type: 'string', pattern: secureUrl }, clientId: text, clientSecret: secret, scope: { type: 'string' } }, ['url', 'clientId', 'clientSecret']),
    ] } }, ['user', 'token']),
  ] },
  from: object({ name: { type: 'string', minLength: 1, maxLength: 120, pattern: '^[^\\r\\n"<>]+$' }, address: { type: 'string', pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$" } }, ['name', 'address']),
  nil: { type: 'string', pattern: '^[!-~]{1,64}$' },
  sourceId: { type: 'string', pattern: '^[0-2](\\.(0|[1-9][0-9]*))+$', maxLength: 64 },
  recipients: { ...object({
    directory: { ...object({ url: { type: 'string', pattern: `^(?!.*\\?)${secureUrl.slice(1)}` }, apiKey: secret, perSecond: whole(17, 1, 100) }, ['url', 'apiKey']), type: ['object', 'null'], default: null },
    file: { ...path, type: ['object', 'null'], default: null }, whitelist: { ...path, type: ['object', 'null'], default: null },
    download: { ...object({ extraction: { type: ['string', 'null'], pattern: secureUrl, default: null }, whitelist: { type: ['string', 'null'], pattern: secureUrl, default: null }, ca: secret }), type: ['object', 'null'], default: null },
    refreshMinutes: whole(60, 1, 1440), practice: { type: 'boolean', default: false },
    services: { type: 'object', additionalProperties: text, default: {} }, applications: { type: 'object', additionalProperties: text, default: {} },
  }), default: {} },
  dsn: { type: 'boolean', default: true },
  noticeHours: whole(48, 1, 720),
  limits: { ...object({ connections: whole(2, 1, 16), messagesPerConnection: whole(100, 1, 10_000), perSecond: whole(20, 1, 1000), mailBytes: whole(25 << 20, 1 << 14, 100 << 20), connectMs: whole(10_000, 100, 120_000) }), default: {} },
}, ['host', 'from']);

/** What the schema leaves: its defaults filled in, the rest as given. */
type Completed = Omit<MssanteConfig, 'destination' | 'tls' | 'nil' | 'sourceId' | 'secret'> & { tls?: TlsSettings; nil?: string; sourceId?: string };

const validate = new Ajv({ useDefaults: true, allErrors: true, discriminator: true, strict: false }).compile(schema);

/** A list is brought, and there is no place to put it. */
const lacks = ({ download, ...paths }: RecipientsConfig, url: string, path: string): boolean => (download as Record<string, unknown> | null)?.[url] !== null && (paths as Record<string, unknown>)[path] === null;

/** Checks and completes the settings. Throws SettingFault, which names every wrong one by its path, never its value. */
export function mssanteConfig(raw: Readonly<Record<string, unknown>>, destination: string, rules?: ConnectorRules): MssanteConfig {
  const settings = structuredClone(raw) as unknown as Completed;
  const wrong: string[] = [];
  if (!validate(settings)) wrong.push(...(validate.errors ?? []).map(({ instancePath, message = '', params }) => `${instancePath.slice(1).replaceAll('/', '.')} ${message}${'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : ''}`.trim()));
  else if (settings.tls?.cert !== undefined && settings.tls.key === undefined) wrong.push('tls.cert needs tls.key');
  else if (settings.recipients.download !== null && [['extraction', 'file'], ['whitelist', 'whitelist']].some(([url = '', path = '']) => lacks(settings.recipients, url, path))) wrong.push('recipients.download needs the path of each list it brings (recipients.file, recipients.whitelist)');
  else wrong.push(...Object.entries(settings.recipients.applications).filter(([, address]) => !isMailboxAddress(address)).map(([structure]) => `recipients.applications.${structure} is not one address`));
  if (wrong.length > 0) throw new SettingFault('mss.settings', [destination, wrong.join('; ')]);
  // Fails closed: an editor once shipped months of mail without it, having only warned (mss.md §3.1).
  if (settings.nil === undefined) throw new SettingFault('mss.nil-missing', [destination]);
  const { nil, tls = null, sourceId = oidOf(createHash('sha256').update(settings.from.address).digest('hex').slice(0, 32)) } = settings;
  return { ...settings, destination, nil, tls, sourceId, secret: rules?.secret ?? new Uint8Array(0) };
}
