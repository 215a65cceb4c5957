import { withQuery, type Query } from './address.ts';
import type { Problem } from '../../../api/contract/problem.ts';
import type { Language } from '../words/languages.ts';

/** The gateway refused: RFC 9457's problem. `problem` is null when it did not answer at all, or not in those words. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly status: number;
  readonly problem: Problem | null;
  constructor(status: number, problem: Problem | null) { super(problem?.title ?? String(status)); this.status = status; this.problem = problem; }
}

/** Of the session under way; kept in memory only. */
const session: { csrf: string; language: Language; ended: () => void } = { csrf: '', language: 'fr', ended: () => undefined };
export const takeCsrf = (csrf: string): void => { session.csrf = csrf; };
export const speak = (language: Language): void => { session.language = language; };
/** `ended` is called when the gateway no longer knows our session. */
export const onSessionEnd = (ended: () => void): void => { session.ended = ended; };

/** Somebody touched the page since it last asked. What a page asks by itself must not keep a session open at an empty desk. */
let touched = true;
for (const input of ['pointerdown', 'keydown', 'wheel', 'touchstart']) globalThis.addEventListener(input, () => { touched = true; }, { capture: true, passive: true });
function passive(method: string): Record<string, string> {
  if (!touched && method === 'GET') return { 'x-passive': '1' };
  touched = false;
  return {};
}

async function problemOf(response: Response): Promise<Problem | null> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return null;
  const body = await response.json() as Partial<Problem>;
  return typeof body.title === 'string' && typeof body.detail === 'string' ? body as Problem : null;
}

async function ask(method: string, path: string, body: BodyInit | null, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { method, body, credentials: 'same-origin', cache: 'no-store', headers: { 'accept-language': session.language, ...passive(method), ...headers }, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiFault(0, null);
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && path !== '/api/session') session.ended();
  throw new ApiFault(response.status, problem);
}

/** GET. Rejects with ApiFault. */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return await (await ask('GET', withQuery(path, query), null, { accept: 'application/json' }, signal)).json() as T;
}

type Unsafe = 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** How far this machine's clock is from the gateway's, as of the last act; within a second or two it is the answer's own way. */
let ahead = 0;
function compare(response: Response): void {
  const theirs = Date.parse(response.headers.get('date') ?? '');
  const apart = Date.now() - theirs;
  ahead = Math.abs(apart) > 3000 ? apart : 0;
}
/** A moment of the gateway's clock on this machine's. What must end, ends on time wherever the clock stands. */
export const onThisClock = (at: number): number => at + ahead;

/** What changes something, with the session's CSRF token. An answer without content gives undefined. */
export async function act<T = undefined>(method: Unsafe, path: string, body?: unknown): Promise<T> {
  const response = await ask(method, path, body === undefined ? null : JSON.stringify(body), { accept: 'application/json', 'x-csrf-token': session.csrf, ...(body === undefined ? {} : { 'content-type': 'application/json' }) });
  compare(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A file as it is. */
export async function sendBytes<T>(path: string, bytes: Blob): Promise<T> {
  return await (await ask('POST', path, bytes, { accept: 'application/json', 'x-csrf-token': session.csrf, 'content-type': 'application/octet-stream' })).json() as T;
}

/** A stream of events. Rejects with ApiFault when it is refused. */
export const open = (path: string, signal: AbortSignal): Promise<Response> => ask('GET', path, null, { accept: 'text/event-stream' }, signal);
