import { createRequire } from 'node:module';
import type forgeModule from 'node-forge';

/** A megabyte of sources, for those whose certificate is in such a container. */
const loadForge = () => createRequire(import.meta.url)('node-forge') as typeof forgeModule;

export interface PemIdentity { readonly cert: string; readonly key: string }

/**
 * Key and certificates (own first, then its chain) of a PKCS#12, RSA only. Read by forge, which takes the RC2-40 and 3DES
 * containers that IGC-Santé and many hospitals still hand out, and that OpenSSL 3 calls unsupported. Throws when the
 * passphrase is wrong or it is no PKCS#12.
 */
export function readPkcs12(pfx: Buffer, passphrase: string): PemIdentity {
  const forge = loadForge();
  const p12 = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(pfx.toString('binary')), passphrase);
  const bags = (type: string) => p12.getBags({ bagType: type })[type] ?? [];
  const { pkcs8ShroudedKeyBag = '', keyBag = '', certBag = '' } = forge.pki.oids;
  const key = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)].find(bag => bag.key)?.key;
  if (!key) throw new Error('no private key in the container');
  const certificates = bags(certBag).flatMap(bag => bag.cert ? [bag.cert] : []);
  const own = (certificate: forgeModule.pki.Certificate) => (certificate.publicKey as forgeModule.pki.rsa.PublicKey).n.equals(key.n);
  const ordered = [...certificates.filter(own), ...certificates.filter(one => !own(one))];
  if (!ordered[0] || !own(ordered[0])) throw new Error('no certificate of that key in the container');
  return { key: forge.pki.privateKeyToPem(key), cert: ordered.map(one => forge.pki.certificateToPem(one)).join('') };
}
