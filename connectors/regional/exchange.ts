import { Client } from 'fhir-kit-client';
import { request, type Agent } from 'undici';
import type { Clock } from '../../src/domain/clock.ts';
import type { Receipt, Step } from '../../src/domain/delivery.ts';
import { createdAnswer, failure, noAnswer, transactionAnswer, type Verdict } from './answers.ts';
import type { RegionalConfig } from './config.ts';
import { credentialsFor, TokenRefused } from './credentials.ts';
import { dispatcherFor } from './dispatcher.ts';

/** The only part that speaks to the partner. Nothing it gives back holds a URL's query or a value of a body. */
export interface Exchange {
  /** One step of an envelope; never throws. */
  post(step: Step, body: Uint8Array, signal: AbortSignal): Promise<Receipt>;
  /** A batch of searches, answered in order; throws when the partner cannot answer it. */
  search(queries: readonly string[], to: 'base' | 'events', signal: AbortSignal): Promise<readonly SearchAnswer[]>;
  /** CapabilityStatement.software/fhirVersion in one line; throws when there is none. */
  capabilities(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}
/** Resources one search found; null when the partner did not answer that one. */
export type SearchAnswer = readonly unknown[] | null;

const fhirJson = 'application/fhir+json';

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3), in milliseconds from now. */
function retryAfter(header: string | string[] | undefined, now: number): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function parsed(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return null; }
}

/** Opens the way to a partner. Throws SettingFault when its TLS settings cannot be used. */
export function openExchange(config: RegionalConfig, clock: Clock): Exchange {
  const { quirks } = config;
  const dispatcher: Agent = dispatcherFor(config);
  const credentials = credentialsFor(config.auth, dispatcher, clock);
  const trimmed = (url: string): string => url.replace(/\/+$/, '');
  const urlOf = (path: string): string => (path === '' ? `${trimmed(config.baseUrl)}${quirks.trailingSlash ? '/' : ''}` : `${trimmed(config.eventUrl)}/${path}`);

  const once = async (step: Step, body: Uint8Array, signal: AbortSignal): Promise<Verdict> => {
    const { path = '', ifNoneExist, places = '' } = step.meta;
    const authentication = await credentials.headers(signal);
    const headers = { ...authentication, 'content-type': fhirJson, accept: quirks.acceptMime, ...(ifNoneExist === undefined ? {} : { 'if-none-exist': ifNoneExist }) };
    // Sent as ready bytes: docs/decisions/0002.
    const response = await request(urlOf(path), { dispatcher, signal, method: 'POST', headers, body });
    const text = await response.body.text();
    const answer = { status: response.statusCode, body: parsed(text), empty: text.trim() === '', retryAfterMs: retryAfter(response.headers['retry-after'], clock()) };
    const where = places.split(' ');
    if (answer.status < 200 || answer.status > 299) return failure(answer, where, quirks);
    if (step.name !== 'event') return transactionAnswer(answer.body, where.length, where, quirks);
    return createdAnswer(answer, response.headers.location, where, quirks);
  };

  const attempt = async (step: Step, body: Uint8Array, signal: AbortSignal): Promise<Verdict> => {
    try { return await once(step, body, signal); } catch (error) {
      if (error instanceof TokenRefused) return error.status >= 500 ? { kind: 'busy', fault: 'regional.server-error', raw: `token HTTP ${error.status}` } : { kind: 'refused', fault: 'regional.unauthorized', raw: `token HTTP ${error.status}`, args: [String(error.status)] };
      return noAnswer(error);
    }
  };

  /** The client for what builds a FHIR request; its errors hold URLs, so only what is read here leaves. */
  const client = async (url: string, signal: AbortSignal): Promise<Client> =>
    new Client({ baseUrl: trimmed(url), customHeaders: { ...await credentials.headers(signal), accept: quirks.acceptMime }, requestOptions: { dispatcher } });

  return {
    post: async (step, body, signal) => {
      const first = await attempt(step, body, signal);
      if (first.kind !== 'again') return first;
      if (first.what === 'token' && !credentials.renew()) return first.otherwise;
      const second = await attempt(step, body, signal);
      return second.kind === 'again' ? second.otherwise : second;
    },
    search: async (queries, to, signal) => {
      // In a batch the identifiers stand in the body: no access log sees them (invariant 10).
      const batch = { resourceType: 'Bundle' as const, type: 'batch' as const, entry: queries.map((url) => ({ request: { method: 'GET' as const, url } })) };
      const fhir = await client(to === 'base' ? config.baseUrl : config.eventUrl, signal);
      const answer = await fhir.batch({ body: batch, options: { signal } }) as { entry?: { resource?: { entry?: { resource?: unknown }[] }; response?: { status?: string } }[] };
      return queries.map((_, i) => {
        const one = answer.entry?.[i];
        if (one?.response?.status?.startsWith('2') !== true) return null;
        return (one.resource?.entry ?? []).map((entry) => entry.resource);
      });
    },
    capabilities: async (signal) => {
      const fhir = await client(config.baseUrl, signal);
      const { fhirVersion = '', software } = await fhir.capabilityStatement({ signal }) as { fhirVersion?: string; software?: { name?: string } };
      return `FHIR ${fhirVersion}${software?.name === undefined ? '' : `, ${software.name}`}`;
    },
    close: () => dispatcher.destroy(),
  };
}
