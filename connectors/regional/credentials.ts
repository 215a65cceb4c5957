import { request, type Dispatcher } from 'undici';
import type { Clock } from '../../src/domain/clock.ts';
import { readSecretText } from '../../src/net/secret.ts';
import type { Auth } from './config.ts';

/** The token endpoint did not give a token; `status` is its HTTP status. No secret in the message. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly status: number;
  constructor(status: number) { super(`token endpoint answered HTTP ${status}`); this.status = status; }
}

/** Headers that authenticate a request; `renew` forgets a token the partner no longer takes. */
export interface Credentials { headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>; renew(): boolean }

/** A token is not used in its last seconds, as the request takes time. */
const marginMs = 30_000;

/** OAuth 2.0 client credentials (RFC 6749 §4.4), over the same mutual TLS; ViaTrajectoire adds `struct_idnat`. */
function clientCredentials(auth: Extract<Auth, { type: 'client_credentials' }>, dispatcher: Dispatcher, clock: Clock): Credentials {
  let token: { value: string; until: number } | null = null;
  let asking: Promise<string> | null = null;
  const ask = async (signal: AbortSignal): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: auth.clientId, client_secret: readSecretText(auth.clientSecret), ...(auth.scope === undefined ? {} : { scope: auth.scope }) });
    const { statusCode, body } = await request(auth.tokenUrl, { dispatcher, signal, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }, body: form.toString() });
    const text = await body.text();
    if (statusCode !== 200) throw new TokenRefused(statusCode);
    const answer = JSON.parse(text) as { access_token?: unknown; expires_in?: unknown };
    if (typeof answer.access_token !== 'string') throw new TokenRefused(statusCode);
    token = { value: answer.access_token, until: clock() + Number(answer.expires_in ?? 300) * 1000 - marginMs };
    return token.value;
  };
  return {
    headers: async (signal) => {
      const current = token !== null && token.until > clock() ? token.value : await (asking ??= ask(signal).finally(() => { asking = null; }));
      return { authorization: `Bearer ${current}`, ...(auth.structIdnat === undefined ? {} : { struct_idnat: auth.structIdnat }) };
    },
    renew: () => { token = null; return true; },
  };
}

/** How this partner wants to be told who calls. Secrets are read when they are used, never kept in a setting. */
export function credentialsFor(auth: Auth, dispatcher: Dispatcher, clock: Clock): Credentials {
  switch (auth.type) {
    case 'none': case 'mtls': return { headers: () => Promise.resolve({}), renew: () => false };
    case 'apiKey': return { headers: () => Promise.resolve({ [auth.header.toLowerCase()]: readSecretText(auth.key) }), renew: () => false };
    case 'client_credentials': return clientCredentials(auth, dispatcher, clock);
  }
}
