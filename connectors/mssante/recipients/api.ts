import { request, type Dispatcher } from 'undici';
import { knownFrom } from './fhir.ts';
import type { Known, Wanted } from './mailbox.ts';
import { Pace } from './pace.ts';

export interface DirectoryApi {
  readonly url: string;
  readonly apiKey: () => string;
  readonly perSecond: number;
  readonly dispatcher?: Dispatcher;
}
/** It gave no answer to this question: later it may, or its settings are wrong (`status` 400–404). */
export class DirectoryUnanswered extends Error {
  override readonly name = 'DirectoryUnanswered';
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  constructor(status: number | null, retryAfterMs: number | null, options?: ErrorOptions) { super(`directory ${String(status)}`, options); this.status = status; this.retryAfterMs = retryAfterMs; }
}

const mostPages = 20;
const mostBytes = 8 << 20;
type Json = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value as Json[] : []);

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3). */
function retryAfterOf(value: unknown, now: number): number | null {
  if (typeof value !== 'string') return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** The Annuaire Santé's FHIR API, version 2 (mss.md §5.1): asked by identifier; mailboxes are filtered here, the server's filters are not to be relied on. */
export class FhirDirectory {
  readonly #settings: DirectoryApi;
  readonly #pace: Pace;
  readonly #base: string;
  constructor(settings: DirectoryApi) {
    this.#settings = settings;
    this.#pace = new Pace(settings.perSecond);
    this.#base = settings.url.replace(/\/$/, '');
  }

  /** @throws DirectoryUnanswered */
  async known({ rpps, structure }: Wanted, signal: AbortSignal): Promise<Known> {
    if (rpps === '') return knownFrom(await this.#all(`Organization?identifier=${encodeURIComponent(structure)}`, signal));
    const person = await this.#all(`Practitioner?identifier=${encodeURIComponent(rpps)}&_revinclude=PractitionerRole%3Apractitioner`, signal);
    const id = person.find(({ resourceType }) => resourceType === 'Practitioner')?.id;
    // Neither chaining nor _has: where the person works takes a second question.
    if (structure === '' || typeof id !== 'string') return knownFrom(person);
    const roles = await this.#all(`PractitionerRole?practitioner=${encodeURIComponent(id)}&_include=PractitionerRole%3Aorganization`, signal);
    return knownFrom([...person.filter(({ resourceType }) => resourceType === 'Practitioner'), ...roles]);
  }

  /** Every resource of every page. A next page elsewhere is not followed: the key would go with it. */
  async #all(query: string, signal: AbortSignal): Promise<readonly Json[]> {
    const found: Json[] = [];
    for (let url = `${this.#base}/${query}`, page = 0; url !== '' && page < mostPages; page += 1) {
      const bundle = await this.#get(url, signal);
      found.push(...list(bundle.entry).map(({ resource }) => resource).filter((one): one is Json => typeof one === 'object' && one !== null));
      const next = list(bundle.link).find(({ relation }) => relation === 'next')?.url;
      url = typeof next === 'string' && next.startsWith(`${this.#base}/`) ? next : '';
    }
    return found;
  }

  async #get(url: string, signal: AbortSignal): Promise<Json> {
    try {
      await this.#pace.turn(signal);
      const { dispatcher, apiKey } = this.#settings;
      const { statusCode, headers, body } = await request(url, { headers: { 'esante-api-key': apiKey(), accept: 'application/fhir+json' }, signal, ...(dispatcher === undefined ? {} : { dispatcher }) });
      let text = '';
      for await (const chunk of body.setEncoding('utf8')) {
        text += chunk as string;
        if (text.length > mostBytes) { body.destroy(); throw new DirectoryUnanswered(null, null); }
      }
      if (statusCode !== 200) throw new DirectoryUnanswered(statusCode, retryAfterOf(headers['retry-after'], Date.now()));
      const answer: unknown = JSON.parse(text);
      if (typeof answer !== 'object' || answer === null || (answer as Json).resourceType !== 'Bundle') throw new DirectoryUnanswered(statusCode, null);
      return answer as Json;
    } catch (error) {
      throw error instanceof DirectoryUnanswered ? error : new DirectoryUnanswered(null, null, { cause: error });
    }
  }
}
