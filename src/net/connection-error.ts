/** Ends of a connection that only a setting can mend. */
const configuration = new Set([
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_GET_ISSUER_CERT',
  'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'CERT_SIGNATURE_FAILURE',
]);
/** Ends before any byte of a request left. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);

/** The code of the innermost error that has one; never its message, which may hold a URL. */
export function errorCode(error: unknown): string {
  let code = 'unknown';
  for (let one: unknown = error; typeof one === 'object' && one !== null; one = (one as { cause?: unknown }).cause) {
    const { code: inner, name } = one as { code?: unknown; name?: unknown };
    if (typeof inner === 'string') code = inner;
    else if (code === 'unknown' && typeof name === 'string') code = name;
  }
  return code;
}

/** What a request that ended without an answer came to: TLS settings that do not fit, certainly nothing sent, or nobody knows. */
export function withoutAnswer(error: unknown): { readonly code: string; readonly outcome: 'tls' | 'not-sent' | 'in-doubt' } {
  const code = errorCode(error);
  const tls = configuration.has(code) || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_');
  return { code, outcome: tls ? 'tls' : notSent.has(code) ? 'not-sent' : 'in-doubt' };
}

const saidOf = {
  tls: ['TLS refusé : vérifiez les certificats et l’autorité', 'TLS refused: check the certificates and the authority'],
  'not-sent': ['injoignable : vérifiez l’adresse, le réseau et le pare-feu', 'cannot be reached: check the address, the network and the firewall'],
  'in-doubt': ['ne répond pas comme attendu : vérifiez l’adresse, puis voyez avec le partenaire', 'does not answer as expected: check the address, then ask the partner'],
} as const;

/** What a check says of a partner that gave no answer: what to look at, and the code for whoever knows it. */
export function unanswered(error: unknown): { readonly ok: false; readonly text: string; readonly english: string } {
  const { code, outcome } = withoutAnswer(error);
  const [text, english] = saidOf[outcome];
  return { ok: false, text: `${text} (${code})`, english: `${english} (${code})` };
}
