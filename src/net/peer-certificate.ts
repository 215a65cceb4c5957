import type { TLSSocket } from 'node:tls';

export interface PeerCertificate { readonly subject: Readonly<Record<string, string | string[] | undefined>>; readonly fingerprint256: string }

/** Why the peer's certificate is not accepted, as OpenSSL names it (`CERT_HAS_EXPIRED`, `CERT_REVOKED`…); null when it is. */
export function peerFault(socket: TLSSocket): string | null {
  if (Object.keys(socket.getPeerCertificate()).length === 0) return 'NO_CERTIFICATE';
  if (socket.authorized) return null;
  const { authorizationError } = socket as { authorizationError?: unknown };
  if (authorizationError instanceof Error) return (authorizationError as Error & { code?: string }).code ?? 'UNVERIFIED';
  return typeof authorizationError === 'string' ? authorizationError : 'UNVERIFIED';
}

/** The certificate of a peer whose chain was checked. Call `peerFault` first. */
export function certificateOf(socket: TLSSocket): PeerCertificate {
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  return { subject: { ...subject }, fingerprint256 };
}
