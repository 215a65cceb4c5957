import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { TlsSettings } from '../domain/secret.ts';
import { readPkcs12 } from './pkcs12.ts';
import { readSecret, readSecretText, secretFiles } from './secret.ts';
import { SettingFault } from './setting-fault.ts';
import { onFilesChanged } from './watch.ts';

/** TLS of a listener: its context now, and whenever its files change. */
export interface ListenerTls {
  readonly mutual: boolean;
  options(): SecureContextOptions;
  /** Calls back with each new context; returns what stops it. */
  onChange(use: (options: SecureContextOptions) => void): () => void;
}

/** The context of these settings, read now. TLS 1.2 at least; peers are checked against `ca` only when it is given. Throws SettingFault. */
export function contextOptions(tls: TlsSettings, where: string): SecureContextOptions {
  const text = (secret: TlsSettings['ca']) => secret && readSecret(secret).toString('utf8');
  const ca = text(tls.ca), crl = text(tls.crl);
  const options: SecureContextOptions = { minVersion: 'TLSv1.2', ...identity(tls, where), ...(ca ? { ca: splitPem(ca) } : {}), ...(crl ? { crl: splitPem(crl) } : {}) };
  try { createSecureContext(options); } catch (cause) { throw unusable(where, cause); }
  return options;
}

function identity(tls: TlsSettings, where: string): SecureContextOptions {
  if (tls.pfx) {
    const pfx = readSecret(tls.pfx, true);
    const passphrase = tls.passphrase ? readSecretText(tls.passphrase) : '';
    // Given whole, the authorities inside the container would be trusted besides those of `ca`.
    try { return readPkcs12(pfx, passphrase); } catch (cause) { throw unusable(where, cause); }
  }
  if (!tls.cert || !tls.key) return {};
  return { cert: readSecret(tls.cert), key: readSecret(tls.key), ...(tls.passphrase ? { passphrase: readSecretText(tls.passphrase) } : {}) };
}

/** OpenSSL's reason says what is wrong with a file, and holds nothing of it. */
const unusable = (where: string, cause: unknown) => new SettingFault('config.tls-unusable', [where, (cause as Error).message], { cause });

/** Each PEM block on its own: Node takes only the first CRL of a text. */
const splitPem = (text: string): string[] => text.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [text];

/** TLS of a listener. A changed file that cannot be used leaves the context as it was, and says so to `failed`. Throws SettingFault at first. */
export function listenerTls(tls: TlsSettings, where: string, failed: (fault: SettingFault) => void, everyMs = 30_000): ListenerTls {
  let current = contextOptions(tls, where);
  return {
    mutual: tls.mutual,
    options: () => current,
    onChange: use => onFilesChanged(secretFiles([tls.cert, tls.key, tls.pfx, tls.passphrase, tls.ca, tls.crl]), everyMs, () => {
      try { current = contextOptions(tls, where); use(current); } catch (error) {
        if (!(error instanceof SettingFault)) throw error;
        failed(error);
      }
    }),
  };
}

/** When the certificate shown stops being valid, epoch ms; null without one, or when it cannot be read out. Throws SettingFault. */
export function expiryOf(tls: TlsSettings): number | null {
  try {
    if (tls.pfx) return Date.parse(new X509Certificate(readPkcs12(readSecret(tls.pfx, true), tls.passphrase ? readSecretText(tls.passphrase) : '').cert).validTo);
    return tls.cert ? Date.parse(new X509Certificate(readSecret(tls.cert)).validTo) : null;
  } catch (error) {
    if (error instanceof SettingFault) throw error;
    return null;
  }
}
