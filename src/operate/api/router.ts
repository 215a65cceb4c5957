import express, { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Language } from '../../domain/finding.ts';
import type { Audit } from '../audit/audit.ts';
import { answerWith, type Call } from './answer.ts';
import { partsOf } from './checked.ts';
import type { RouteShape } from './contract/route.ts';
import { cookieJar } from './cookies.ts';
import { ApiFault, asFault, problemOf, statusOf } from './fault.ts';
import { needsToken, opens, sameOrigin, sameToken, withinScope } from './guard.ts';
import type { Limits } from './limits.ts';
import type { Peer } from './peer.ts';
import { sendRefusedPage, wantsPage } from './refused-page.ts';
import { Refusals } from './refusals.ts';
import type { Caller, Served } from './served.ts';

/** A session that is open now. `id` names it, and opens nothing. */
export interface OpenSession { readonly id: string; readonly caller: Caller; readonly csrf: string; readonly passwordMustChange: boolean }

export interface ApiPorts {
  readonly table: readonly Served[];
  /** The session of a cookie's value; `expired` names whose it was. Null: there never was one. `passive`: looked at, not used. */
  session(token: string, passive: boolean): OpenSession | { readonly expired: string } | null;
  readonly audit: Audit;
  readonly limits: { readonly account: Limits; readonly address: Limits };
  readonly clock: () => number;
  /** From where a request comes. */
  readonly peer: (request: Request) => Peer;
  /** Off loopback: cookies are sent over TLS only. Behind a proxy that says so, too. */
  readonly secure: boolean;
  /** A defect of ours, for the log: the route and the kind of error, no value. */
  failed(route: string, error: string): void;
}

/** Name of the session's cookie. */
export const sessionCookie = 'session';
const defaultBody = 64 * 1024;
/** Streams an account may have open at once: pages and their copies. */
const mostStreams = 6;
/** What is refused for who asks, rather than for what is asked: always in the audit log. */
const accessFaults: ReadonlySet<string> = new Set(['api.signed-out', 'api.session-expired', 'api.password-must-change', 'api.role', 'api.csrf', 'api.other-origin', 'api.too-many', 'api.login-wait', 'api.not-found', 'api.whole-destination']);

const languageOf = (request: Request): Language => (request.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr');
const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/ches$/, 'ch').replace(/s$/, '');

/** The parameters of a path, named by what they are: `/api/messages/:trace` gives `message`. */
export function objectsOf(path: string, params: Readonly<Record<string, unknown>>): Record<string, string> {
  const parts = path.split('/');
  return Object.fromEntries(parts.flatMap((part, i) => { const value = part.startsWith(':') ? params[part.slice(1)] : undefined; return typeof value === 'string' || typeof value === 'number' ? [[singular(parts[i - 1] ?? ''), String(value).slice(0, 200)]] : []; }));
}

function paced(wait: number): void {
  if (wait > 0) throw new ApiFault('api.too-many', [String(secondsOf(wait))], { retryAfter: secondsOf(wait) });
}

export function sendProblem(request: Request, response: Response, fault: ApiFault): void {
  if (response.headersSent) { response.destroy(); return; }
  if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
  const language = languageOf(request);
  response.status(statusOf(fault)).set({ 'Cache-Control': 'no-store', 'Content-Language': language }).type('application/problem+json').send(JSON.stringify(problemOf(fault, language)));
}

/** Everything a request passes before its handler: pace, session, origin, role, token, the shape of its parts, scope. In this order, and the body is read last. */
function entrance(ports: ApiPorts, { route, handle }: Served, refusals: Refusals, streams: Map<string, number>): RequestHandler[] {
  const parts = partsOf(route);
  const named = `${route.method} ${route.path}`;
  const calls = new WeakMap<Request, Call>();
  const readBody = bodyReader(route);

  const admit = (request: Request, response: Response): Call => {
    const { address, https } = ports.peer(request);
    const call: Call = { who: '-', caller: null, session: null, address, concerned: { objects: objectsOf(route.path, parts.named(request.params)) }, begun: null, untold: false, alive: () => true, jar: cookieJar(request, response, ports.secure || https) };
    calls.set(request, call);
    paced(ports.limits.address.enter(address));
    const token = call.jar.get(sessionCookie);
    const found = token === undefined || token === '' ? null : ports.session(token, request.get('x-passive') !== undefined);
    const open = found !== null && 'caller' in found ? found : null;
    if (found !== null && 'expired' in found) call.who = found.expired;
    if (open !== null && token !== undefined) {
      call.who = open.caller.account;
      call.caller = open.caller;
      call.session = open.id;
      call.alive = () => { const now = ports.session(token, true); return now !== null && 'caller' in now; };
      paced(ports.limits.account.enter(open.caller.account));
    }
    if (!sameOrigin({ method: route.method, origin: request.get('origin'), site: request.get('sec-fetch-site'), host: request.get('host') })) throw new ApiFault('api.other-origin');
    if (route.role === 'public') return call;
    if (open === null) throw new ApiFault(found === null ? 'api.signed-out' : 'api.session-expired');
    if (!opens(route.role, open.caller.role)) throw new ApiFault('api.role', [open.caller.role, route.role]);
    if (needsToken(route) && !sameToken(request.get('x-csrf-token'), open.csrf)) throw new ApiFault('api.csrf', [], { place: 'x-csrf-token' });
    if (open.passwordMustChange && route.role !== 'session') throw new ApiFault('api.password-must-change');
    return call;
  };

  const first: RequestHandler = (request, response, next) => { admit(request, response); next(); };
  const last: RequestHandler = async (request, response) => {
    const call = calls.get(request);
    if (call === undefined) throw new ApiFault('api.failed');
    const { params, query } = parts.path({ params: { ...request.params }, query: { ...request.query }, body: undefined });
    const body = parts.body(request.body);
    if (call.caller !== null) withinScope(route, params as Record<string, unknown>, call.caller);
    if (call.caller !== null && typeof route.answer === 'object' && 'events' in route.answer) takeStream(streams, call.caller.account, response);
    await answerWith({ route, handle, call, response, language: languageOf(request), parts: { params, query, body }, audit: ports.audit });
  };
  const refused = (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const fault = bodyFault(error, route) ?? asFault(error);
    const call = calls.get(request);
    const status = statusOf(fault);
    if (status >= 500) ports.failed(named, fault.cause instanceof Error ? fault.cause.name : fault.code);
    let told = fault;
    try {
      if (call === undefined || call.untold) { /* nothing more can be told */ }
      else if (call.begun !== null) ports.audit.write(entryOf(route, call, fault), call.begun);
      // Somebody without a session must not make the disk turn by being refused.
      else if (accessFaults.has(fault.code) || (call.caller === null && route.audit !== undefined)) refusals.write(entryOf(route, call, fault));
      else if (route.audit !== undefined) ports.audit.write(entryOf(route, call, fault));
    } catch { told = new ApiFault('api.audit-unavailable'); }
    // Where a browser is sent by itself, a person reads what comes.
    if (route.answer === 'redirect' && !response.headersSent && wantsPage(request)) sendRefusedPage(response, told);
    else sendProblem(request, response, told);
  };
  return [first, ...readBody, last, refused as unknown as RequestHandler];
}

/** @throws ApiFault `api.too-many` */
function takeStream(streams: Map<string, number>, account: string, response: Response): void {
  const open = streams.get(account) ?? 0;
  if (open >= mostStreams) throw new ApiFault('api.too-many', ['10'], { retryAfter: 10 });
  streams.set(account, open + 1);
  response.once('close', () => { const left = (streams.get(account) ?? 1) - 1; if (left === 0) streams.delete(account); else streams.set(account, left); });
}

function entryOf(route: RouteShape, call: Call, fault: ApiFault) {
  const { objects, reason } = call.concerned;
  return {
    who: call.who, role: call.caller?.role ?? null, organisation: call.caller?.organisation ?? null, address: call.address, act: route.audit ?? 'request',
    objects: { route: `${route.method} ${route.path}`, ...objects }, reason: reason ?? null, outcome: statusOf(fault) >= 500 ? 'failed' as const : 'refused' as const, fault: fault.code,
  };
}

function bodyReader({ body, maxBytes = defaultBody }: RouteShape): RequestHandler[] {
  if (body === undefined) return [];
  if (body === 'bytes') return [express.raw({ type: () => true, limit: maxBytes })];
  const onlyJson: RequestHandler = (request, _response, next) => { if (request.is('application/json') === false) throw new ApiFault('api.not-json', [], { place: 'content-type' }); next(); };
  return [onlyJson, express.json({ limit: maxBytes, type: 'application/json' })];
}

/** What express' body readers throw. */
function bodyFault(error: unknown, { maxBytes = defaultBody }: RouteShape): ApiFault | null {
  const { type } = error as { readonly type?: unknown };
  if (type === 'entity.too.large') return new ApiFault('api.too-large', [String(maxBytes)]);
  return typeof type === 'string' && /^(entity|encoding|charset|request|stream)\./.test(type) ? new ApiFault('api.invalid', ['body', type], { place: 'body' }) : null;
}

/** The whole API, to be mounted at `/`. Answers every path under `/api`. */
export function apiRouter(ports: ApiPorts): { readonly router: Router; close(): void } {
  const router = Router({ caseSensitive: true, strict: true });
  const refusals = new Refusals(ports.audit, ports.clock);
  const streams = new Map<string, number>();
  const paths = new Map<string, string[]>();
  for (const served of ports.table) {
    const { method, path } = served.route;
    paths.set(path, [...paths.get(path) ?? [], method]);
    router[method.toLowerCase() as 'get'](path, ...entrance(ports, served, refusals, streams));
  }
  for (const [path, methods] of paths) router.all(path, (request, response) => { response.set('Allow', methods.join(', ')); sendProblem(request, response, new ApiFault('api.method', [methods.join(', ')])); });
  router.use('/api', (request, response) => { sendProblem(request, response, new ApiFault('api.no-such-route')); });
  return { router, close: () => { refusals.close(); } };
}
