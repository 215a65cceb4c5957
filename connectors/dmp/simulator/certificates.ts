import { X509Certificate } from 'node:crypto';

/** A distinguished name as unordered pairs: both writing orders are met in the wild (dmp.md §1.3). */
function pairs(name: string): string[] {
  const pieces: string[] = [];
  let piece = '', escaped = false, quoted = false;
  for (const char of name) {
    if (escaped) { piece += char; escaped = false; continue; }
    if (char === '\\') { escaped = true; continue; }
    if (char === '"') { quoted = !quoted; continue; }
    if ((char === ',' || char === '\n' || char === '+') && !quoted) { pieces.push(piece); piece = ''; continue; }
    piece += char;
  }
  pieces.push(piece);
  return pieces.map((one) => one.trim()).filter((one) => one !== '').map((one) => {
    const equals = one.indexOf('=');
    return `${one.slice(0, equals).trim().toUpperCase()}=${one.slice(equals + 1).trim()}`;
  }).sort();
}
/** The same name, whatever the order and the spacing. Attribute types must be written alike (`ST`, not `S`). */
export const sameName = (left: string, right: string): boolean => {
  const a = pairs(left), b = pairs(right);
  return a.length > 0 && a.length === b.length && a.every((one, i) => one === b[i]);
};
/** The structure a certificate is made for: the organisational units of its subject. */
export const units = (certificate: X509Certificate): string[] => pairs(certificate.subject).filter((one) => one.startsWith('OU=')).map((one) => one.slice(3));

export function authorities(pem: string): X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []).map((one) => new X509Certificate(one));
}

/** Issued, directly or through the given authorities, by one of them that is its own root or is trusted as it stands. */
export function trusted(certificate: X509Certificate, among: readonly X509Certificate[]): boolean {
  return among.some((authority) => authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey));
}
export const current = (certificate: X509Certificate, at: number): boolean =>
  Date.parse(certificate.validFrom) <= at && at <= Date.parse(certificate.validTo);
