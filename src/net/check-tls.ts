import type { FaultCode } from '../domain/catalogue.ts';
import type { TlsSettings } from '../domain/secret.ts';
import { SettingFault } from './setting-fault.ts';
import { contextOptions, expiryOf } from './tls.ts';

const warnMs = 30 * 86_400_000;

/** What is wrong with TLS settings, as `config lint` says it: files that do not go together, a certificate that ends soon. */
export function checkTls(tls: TlsSettings, where: string, now: number): { readonly code: FaultCode; readonly args: readonly string[] }[] {
  try {
    contextOptions(tls, where);
    const expiry = expiryOf(tls);
    if (expiry === null || expiry > now + warnMs) return [];
    return [{ code: expiry <= now ? 'config.certificate-expired' : 'config.certificate-expires', args: [where, new Date(expiry).toISOString().slice(0, 10)] }];
  } catch (error) {
    if (error instanceof SettingFault) return [{ code: error.code, args: error.args }];
    throw error;
  }
}
