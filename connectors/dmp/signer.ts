import { createPrivateKey, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readPkcs12 } from '../../src/net/pkcs12.ts';
import { readSecret, readSecretText } from '../../src/net/secret.ts';
import { SettingFault } from '../../src/net/setting-fault.ts';
import type { SignatureIdentity } from './config.ts';

export type Digest = 'sha1' | 'sha256';

/** Who signs VIHF and lots. A module that keeps its key to itself (HSM, signature service) takes the place of the one below. */
export interface Signer {
  readonly certificate: X509Certificate;
  /** RSASSA-PKCS1-v1_5: the same data gives the same signature, so that a lot sent again is the same lot. */
  sign(digest: Digest, data: Uint8Array): Promise<Uint8Array>;
}

/** Signs with a key in memory, off the main thread. */
export function keySigner(certificate: X509Certificate, key: KeyObject): Signer {
  return {
    certificate,
    sign: (digest, data) => new Promise((resolve, reject) => {
      sign(digest === 'sha1' ? 'RSA-SHA1' : 'RSA-SHA256', data, key, (error, signature) => { if (error === null) resolve(signature); else reject(error); });
    }),
  };
}

/** The signer of a PKCS#12 or of PEM files. Throws SettingFault when they cannot be used. */
export function openSigner(identity: SignatureIdentity, where: string): Signer {
  const { pfx, cert, key, passphrase } = identity;
  const secret = passphrase === undefined ? '' : readSecretText(passphrase);
  const pem = (pfx === undefined ? null : readSecret(pfx, true));
  const pair = pem !== null ? null : { cert: readSecret(cert ?? { file: '' }).toString('utf8'), key: readSecret(key ?? { file: '' }).toString('utf8') };
  try {
    const read = pair ?? readPkcs12(pem ?? Buffer.alloc(0), secret);
    const certificate = new X509Certificate(read.cert);
    const privateKey = createPrivateKey({ key: read.key, ...(pair === null || secret === '' ? {} : { passphrase: secret }) });
    if (privateKey.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(privateKey)) throw new Error('the key is not the RSA key of the certificate');
    return keySigner(certificate, privateKey);
  } catch (cause) { throw new SettingFault('config.tls-unusable', [`${where}.signature`, (cause as Error).message], { cause }); }
}
