import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** What the client showed of itself. `fault` is null when a certificate of the trusted authority, valid and for clients, was shown. */
export interface Presented { readonly protocol: string; readonly subject: string; readonly fault: 'clear' | 'absent' | 'untrusted' | 'expired' | 'purpose' | 'revoked' | null }
export interface Authority { readonly ca: string; readonly revoked: readonly string[] }

export const inTheClear: Presented = { protocol: '', subject: '', fault: 'clear' };
const clientAuth = '1.3.6.1.5.5.7.3.2';
const longestChain = 5;

/** RFC 5280 §6, what a test needs of it: signatures up to the authority. */
function chained(leaf: X509Certificate, roots: readonly X509Certificate[]): boolean {
  let one = leaf;
  for (let depth = 0; depth < longestChain; depth++) {
    const current = one;
    if (roots.some((root) => current.checkIssued(root) && current.verify(root.publicKey))) return true;
    const above = current.issuerCertificate;
    if (above === undefined || !current.verify(above.publicKey)) return false;
    one = above;
  }
  return false;
}

/** Judges the client's certificate: OpenSSL's own verdict is not given to a server that upgrades its sockets (STARTTLS). */
export function presented(socket: TLSSocket, authority: Authority, now: number): Presented {
  const protocol = socket.getProtocol() ?? '';
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return { protocol, subject: '', fault: 'absent' };
  const roots = (authority.ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((pem) => new X509Certificate(pem));
  const fault = (): Presented['fault'] => {
    if (!chained(leaf, roots)) return 'untrusted';
    if (now < Date.parse(leaf.validFrom) || now > Date.parse(leaf.validTo)) return 'expired';
    if (!(leaf.keyUsage as readonly string[] | undefined ?? [clientAuth]).includes(clientAuth)) return 'purpose';
    return authority.revoked.some((serial) => BigInt(`0x${serial}`) === BigInt(`0x${leaf.serialNumber}`)) ? 'revoked' : null;
  };
  return { protocol, subject: leaf.subject.replaceAll('\n', ', '), fault: fault() };
}
