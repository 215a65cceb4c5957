import forge from 'node-forge';

const { asn1, pki } = forge;
const { Class, Type } = asn1;
const sequence = (...parts: forge.asn1.Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts);
const time = (at: number) => asn1.create(Class.UNIVERSAL, Type.UTCTIME, false, asn1.dateToUtcTime(new Date(at)));
const integer = (hex: string) => asn1.create(Class.UNIVERSAL, Type.INTEGER, false, forge.util.hexToBytes(hex));

/** A revocation list, version 2 (RFC 5280 §5.1), valid for 30 days from `now`: node-forge reads none and writes none. */
export function crlPem(authority: forge.pki.Certificate, key: forge.pki.rsa.PrivateKey, serials: readonly string[], now: number): string {
  const algorithm = () => sequence(
    asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(pki.oids.sha256WithRSAEncryption ?? '').getBytes()),
    asn1.create(Class.UNIVERSAL, Type.NULL, false, ''),
  );
  const list = sequence(
    integer('01'), algorithm(), pki.distinguishedNameToAsn1(authority.subject), time(now - 86_400_000), time(now + 30 * 86_400_000),
    ...(serials.length > 0 ? [sequence(...serials.map(serial => sequence(integer(serial), time(now - 86_400_000))))] : []),
  );
  const digest = forge.md.sha256.create().update(asn1.toDer(list).getBytes());
  const signed = sequence(list, algorithm(), asn1.create(Class.UNIVERSAL, Type.BITSTRING, false, `\x00${key.sign(digest)}`));
  const base64 = forge.util.encode64(asn1.toDer(signed).getBytes(), 64).replaceAll('\r\n', '\n');
  return `-----BEGIN X509 CRL-----\n${base64}\n-----END X509 CRL-----\n`;
}
