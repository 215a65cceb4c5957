import { request } from 'undici';
import { readSecretText } from '../../src/net/secret.ts';
import type { MailAuth, TokenSource } from './config.ts';

/** nodemailer's `customAuth` handlers: SASL EXTERNAL is not in it, and its XOAUTH2 keeps tokens. */
interface Dialogue { readonly sendCommand: (command: string) => Promise<{ readonly status: number }>; readonly reject: (error: Error) => void }
type Handler = (dialogue: Dialogue) => Promise<void>;

export interface SmtpAuth {
  readonly auth?: { readonly type: 'custom'; readonly method: string; readonly user: string; readonly pass: string } | { readonly type: 'login'; readonly user: string; readonly pass: string };
  readonly authMethod?: string;
  readonly customAuth?: Readonly<Record<string, Handler>>;
}

class AuthRefused extends Error { override readonly name = 'AuthRefused' }
/** The server that gives tokens does not answer, or says to come again: the operator was asked nothing. */
export class TokenUnavailable extends Error { override readonly name = 'TokenUnavailable' }

/** One line to the server, and a second one where it asks for more (334). Rejects unless it ends in 235. */
async function say({ sendCommand }: Dialogue, first: string, more: string): Promise<void> {
  let { status } = await sendCommand(first);
  if (status === 334) ({ status } = await sendCommand(more));
  if (status !== 235) throw new AuthRefused(String(status));
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** `access_token` of an answer (RFC 6749 §5.1); null when it holds none. */
function tokenIn(text: string): string | null {
  try {
    const { access_token: token } = JSON.parse(text) as { readonly access_token?: unknown };
    return typeof token === 'string' && token !== '' ? token : null;
  } catch { return null; }
}

/** Node's and undici's codes; a deadline that passed has a name only. */
const reasonOf = (error: unknown): string => { const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown }; return typeof code === 'string' ? code : String(name); };

async function tokenOf(source: TokenSource, timeoutMs: number): Promise<string> {
  if ('secret' in source) return readSecretText(source.secret);
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: source.clientId, client_secret: readSecretText(source.clientSecret), ...(source.scope === undefined ? {} : { scope: source.scope }) });
  const { statusCode, text } = await request(source.url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString(), signal: AbortSignal.timeout(timeoutMs) })
    .then(async (answer) => ({ statusCode: answer.statusCode, text: await answer.body.text() }))
    .catch((error: unknown) => { throw new TokenUnavailable(reasonOf(error), { cause: error }); });
  if (statusCode >= 500 || statusCode === 408 || statusCode === 429) throw new TokenUnavailable(`HTTP ${String(statusCode)}`);
  const token = statusCode === 200 ? tokenIn(text) : null;
  if (token === null) throw new AuthRefused(`token HTTP ${String(statusCode)}`);
  return token;
}

/** How a connection says who we are, over TLS. Secrets are read now; a token at each connection (CONF.28), within `timeoutMs`. Throws SettingFault. */
export function smtpAuth(auth: MailAuth, timeoutMs: number): SmtpAuth {
  switch (auth.type) {
    case 'none': return {};
    case 'plain': return { auth: { type: 'login', user: auth.user, pass: readSecretText(auth.password) }, authMethod: 'PLAIN' };
    case 'external': return {
      auth: { type: 'custom', method: 'EXTERNAL', user: auth.identity === '' ? '=' : auth.identity, pass: '-' },
      customAuth: { EXTERNAL: (dialogue) => say(dialogue, `AUTH EXTERNAL ${auth.identity === '' ? '=' : base64(auth.identity)}`, '') },
    };
    case 'xoauth2': return {
      auth: { type: 'custom', method: 'XOAUTH2', user: auth.user, pass: '-' },
      // To a refused token the server answers 334 with a reason, and waits for an empty line before its 535.
      customAuth: { XOAUTH2: async (dialogue) => say(dialogue, `AUTH XOAUTH2 ${base64(`user=${auth.user}\u0001auth=Bearer ${await tokenOf(auth.token, timeoutMs)}\u0001\u0001`)}`, '') },
    };
  }
}
