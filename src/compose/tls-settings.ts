import type { Secret } from '../domain/secret.ts';
import { secretFiles } from '../net/secret.ts';
import { expiryOf } from '../net/tls.ts';

const parts = ['cert', 'key', 'pfx', 'passphrase', 'ca', 'crl'] as const;
type Identity = Partial<Record<(typeof parts)[number], Secret>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSecret = (value: unknown): value is Secret => isObject(value) && (typeof value.file === 'string' || typeof value.env === 'string');

/** Every group of a connector's settings that names certificates, by its path: `authentication`, `tls`… */
export function identitiesIn(settings: Readonly<Record<string, unknown>>, path = ''): { readonly setting: string; readonly identity: Identity }[] {
  const identity = Object.fromEntries(parts.flatMap((part) => (isSecret(settings[part]) ? [[part, settings[part]]] : []))) as Identity;
  const inner = Object.entries(settings).flatMap(([name, value]) => (isObject(value) && !isSecret(value) ? identitiesIn(value, path === '' ? name : `${path}.${name}`) : []));
  return [...(identity.pfx !== undefined || identity.cert !== undefined || identity.ca !== undefined ? [{ setting: path, identity }] : []), ...inner];
}

/** A certificate of ours and when it ends, epoch ms. */
export interface OwnCertificate { readonly setting: string; readonly validTo: number }

/** Our certificates that these settings name, as their files are now; what cannot be read is told by who uses it. */
export const certificatesOf = (settings: Readonly<Record<string, unknown>>): OwnCertificate[] => identitiesIn(settings).flatMap(({ setting, identity }) => {
  try {
    const validTo = expiryOf({ ...identity, mutual: true });
    return validTo === null ? [] : [{ setting, validTo }];
  } catch { return []; }
});

/** The files whose change means that a certificate was renewed. */
export const certificateFiles = (settings: Readonly<Record<string, unknown>>): string[] => identitiesIn(settings).flatMap(({ identity }) => secretFiles(parts.map((part) => identity[part])));
