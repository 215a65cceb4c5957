import { generateKeyPairSync, privateEncrypt } from 'node:crypto';
import forge from 'node-forge';
import { crlPem } from './crl.ts';

/** A certificate with its key, PEM. Made for tests and the sandbox: never to be trusted by anything else. */
export interface TestIdentity { readonly cert: string; readonly key: string; readonly serial: string }

export interface TestPki {
  /** PEM of the authority, for the `ca` of a listener or a connector. */
  readonly ca: string;
  /**
   * `validFrom` and `validTo` default to a day before and a year after `now`; names as in `O=…, CN=…`. `structure`: a subject
   * like those of the DMP's certificates instead, `C=FR, ST=…, O=…, OU=<structure>, CN=…`.
   */
  issue(kind: 'server' | 'client', commonName: string, options?: { readonly validFrom?: number; readonly validTo?: number; readonly structure?: string }): TestIdentity;
  /** A PKCS#12 of an identity and the authority. `legacy`: RC2/3DES, as many real ones still are. */
  pkcs12(identity: TestIdentity, passphrase: string, legacy?: boolean): Buffer;
  /** The revocation list that names these identities. */
  crl(revoked: readonly TestIdentity[]): string;
}

const day = 86_400_000;
/** DigestInfo of SHA-256 up to the digest itself (RFC 8017 §9.2 note 1). */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Made and used by Node's own cryptography: node-forge's takes seconds where this takes milliseconds. */
function rsaKeys(): { publicKey: forge.pki.rsa.PublicKey; privatePem: string; signer: forge.pki.rsa.PrivateKey } {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  const sign = (md: forge.md.MessageDigest) =>
    privateEncrypt(pem.privateKey, Buffer.concat([sha256Info, Buffer.from(md.digest().getBytes(), 'binary')])).toString('binary');
  return { publicKey: forge.pki.publicKeyFromPem(pem.publicKey), privatePem: pem.privateKey, signer: { sign } as forge.pki.rsa.PrivateKey };
}

const organisation = 'Passerelle tests';

/** An authority with a 2048-bit key and a deterministic name; serial numbers count from 1. Servers are valid on loopback only. */
export function testPki(name: string, now: number): TestPki {
  const { pki } = forge;
  let serial = 0;
  const keys = rsaKeys();
  const authority = pki.createCertificate();
  const subject = (commonName: string) => [{ name: 'organizationName', value: organisation }, { name: 'commonName', value: commonName }];
  const organisational = (structure: string, commonName: string) => [
    { name: 'countryName', value: 'FR' }, { name: 'stateOrProvinceName', value: 'Calvados (14)' }, { name: 'organizationName', value: organisation },
    { name: 'organizationalUnitName', value: structure }, { name: 'commonName', value: commonName },
  ];
  const dress = (certificate: forge.pki.Certificate, validFrom: number, validTo: number) => {
    certificate.serialNumber = (++serial).toString(16).padStart(2, '0');
    certificate.validity.notBefore = new Date(validFrom);
    certificate.validity.notAfter = new Date(validTo);
    certificate.setIssuer(subject(name));
  };

  dress(authority, now - day, now + 3650 * day);
  authority.publicKey = keys.publicKey;
  authority.setSubject(subject(name));
  authority.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true }, { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true }, { name: 'subjectKeyIdentifier' },
  ]);
  authority.sign(keys.signer, forge.md.sha256.create());
  const ca = pki.certificateToPem(authority);

  return {
    ca,
    issue: (kind, commonName, { validFrom = now - day, validTo = now + 365 * day, structure } = {}) => {
      const own = rsaKeys();
      const certificate = pki.createCertificate();
      dress(certificate, validFrom, validTo);
      certificate.publicKey = own.publicKey;
      certificate.setSubject(structure === undefined ? subject(commonName) : organisational(structure, commonName));
      certificate.setExtensions([
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: kind === 'server', clientAuth: kind === 'client' },
        ...(kind === 'server' ? [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] }] : []),
      ]);
      certificate.sign(keys.signer, forge.md.sha256.create());
      return { cert: pki.certificateToPem(certificate), key: own.privatePem, serial: certificate.serialNumber };
    },
    pkcs12: (identity, passphrase, legacy = false) => {
      const asn1 = forge.pkcs12.toPkcs12Asn1(pki.privateKeyFromPem(identity.key), [pki.certificateFromPem(identity.cert), authority], passphrase,
        { algorithm: legacy ? '3des' : 'aes256', friendlyName: name });
      return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
    },
    crl: revoked => crlPem(authority, keys.signer, revoked.map(one => one.serial), now),
  };
}
