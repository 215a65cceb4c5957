import { randomBytes } from 'node:crypto';
import * as openid from 'openid-client';
import type { OpenIdSettings } from '../../config/model.ts';
import { ApiFault } from '../api/fault.ts';
import { sameToken } from '../api/guard.ts';
import { Limits } from '../api/limits.ts';
import { givenBy, levelFits } from './claims.ts';
import type { Given } from './sessions.ts';

/** What is kept of a sign-in under way; the browser that began it holds `cookie`. */
interface Pending { readonly cookie: string; readonly verifier: string; readonly nonce: string; readonly until: number }
const pendingMs = 600_000;
const mostPending = 1000;
const timeoutS = 10;
const returnPath = '/api/session/openid/return';

/** A code of the library or of the provider (`access_denied`, `OAUTH_RESPONSE_IS_NOT_JSON`…), never a text of theirs: it may hold anything. */
function codeOf(error: unknown): string {
  const { error: oauth, code, name } = error as { readonly error?: unknown; readonly code?: unknown; readonly name?: unknown };
  return [oauth, code, name].find((one): one is string => typeof one === 'string' && /^[\w.-]{1,60}$/.test(one)) ?? 'unknown';
}

/** Sign-in by the authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 §3.1, RFC 7636), by openid-client. */
export class OpenIdLogin {
  readonly #settings: OpenIdSettings;
  readonly #secret: () => string;
  readonly #clock: () => number;
  readonly #pending = new Map<string, Pending>();
  readonly #pace: Limits;
  #found: Promise<openid.Configuration> | null = null;

  constructor(settings: OpenIdSettings, secret: () => string, clock: () => number) {
    this.#settings = settings; this.#secret = secret; this.#clock = clock;
    this.#pace = new Limits({ perSecond: 1 / 5, burst: 20 }, clock);
  }

  /** The provider's own configuration, read at the first sign-in. One that could not be read is asked again at the next. */
  #provider(): Promise<openid.Configuration> {
    const { issuer, clientId } = this.#settings;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the configuration lets http:// through on loopback only
    const insecure = issuer.startsWith('http:') ? { execute: [openid.allowInsecureRequests] } : {};
    this.#found ??= openid.discovery(new URL(issuer), clientId, this.#secret(), undefined, { timeout: timeoutS, ...insecure }).catch((error: unknown) => {
      this.#found = null;
      throw new ApiFault('api.openid-unreachable', [codeOf(error)], { cause: error });
    });
    return this.#found;
  }

  #return(): string { return new URL(returnPath, this.#settings.console).href; }

  /** Where to send the browser, and the cookie it must bring back. @throws ApiFault `api.openid-unreachable`, `api.too-many` */
  async start(address: string): Promise<{ readonly location: string; readonly cookie: string }> {
    const wait = Math.ceil(this.#pace.enter(address) / 1000);
    if (wait > 0) throw new ApiFault('api.too-many', [String(wait)], { retryAfter: wait });
    const provider = await this.#provider();
    const state = openid.randomState(), nonce = openid.randomNonce(), verifier = openid.randomPKCECodeVerifier(), cookie = randomBytes(32).toString('base64url');
    const now = this.#clock();
    for (const [key, { until }] of this.#pending) if (until <= now || this.#pending.size >= mostPending) this.#pending.delete(key);
    this.#pending.set(state, { cookie, verifier, nonce, until: now + pendingMs });
    const { scope, acrValues } = this.#settings;
    const location = openid.buildAuthorizationUrl(provider, {
      redirect_uri: this.#return(), scope, state, nonce, code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...(acrValues === null ? {} : { acr_values: acrValues }),
    });
    return { location: location.href, cookie };
  }

  /** Who came back. @throws ApiFault `api.openid-refused`, `api.openid-role` */
  async finish(query: Readonly<Record<string, string>>, cookie: string | undefined): Promise<Given> {
    const { state = '' } = query;
    const pending = this.#pending.get(state);
    // Used once, whatever comes of it.
    this.#pending.delete(state);
    if (pending === undefined || pending.until <= this.#clock()) throw new ApiFault('api.openid-refused', ['state'], { place: 'query/state' });
    if (!sameToken(cookie, pending.cookie)) throw new ApiFault('api.openid-refused', ['cookie'], { place: 'cookie' });
    const provider = await this.#provider();
    const claims = await this.#claims(provider, query, state, pending);
    const given = givenBy(claims, this.#settings);
    if (given === null) throw new ApiFault('api.openid-role');
    return given;
  }

  /** The ID token's claims and those of userinfo, where Pro Santé Connect puts a professional's. */
  async #claims(provider: openid.Configuration, query: Readonly<Record<string, string>>, state: string, { verifier, nonce }: Pending): Promise<Record<string, unknown>> {
    try {
      const back = new URL(`${this.#return()}?${new URLSearchParams(query).toString()}`);
      const tokens = await openid.authorizationCodeGrant(provider, back, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
      const identity = tokens.claims();
      if (identity === undefined) throw new ApiFault('api.openid-refused', ['id_token']);
      if (!levelFits(this.#settings.acrValues, identity)) throw new ApiFault('api.openid-refused', ['acr']);
      const more = provider.serverMetadata().userinfo_endpoint === undefined ? {} : await openid.fetchUserInfo(provider, tokens.access_token, identity.sub);
      return { ...more, ...identity };
    } catch (error) {
      if (error instanceof ApiFault) throw error;
      throw new ApiFault('api.openid-refused', [codeOf(error)], { cause: error });
    }
  }
}
