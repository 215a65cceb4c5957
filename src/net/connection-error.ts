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
