import type { Response } from 'express';
import type { Language } from '../../domain/finding.ts';
import type { Audit } from '../audit/audit.ts';
import type { RouteShape } from './contract/route.ts';
import type { cookieJar } from './cookies.ts';
import { streamEvents } from './events.ts';
import type { Asked, Caller, Concerned, Served } from './served.ts';

/** What is known of a request while it is served. */
export interface Call {
  who: string;
  caller: Caller | null;
  /** Its session's id. */
  session: string | null;
  readonly address: string;
  concerned: Concerned;
  /** The row that told its act had begun. */
  begun: number | null;
  /** Done, and its end could not be written: its row stays without one. */
  untold: boolean;
  /** Whether its session is still open. */
  alive: () => boolean;
  readonly jar: ReturnType<typeof cookieJar>;
}
export interface Answering {
  readonly route: RouteShape; readonly handle: Served['handle']; readonly call: Call; readonly response: Response;
  readonly language: Language; readonly parts: { readonly params: unknown; readonly query: unknown; readonly body: unknown }; readonly audit: Audit;
}

/** Who does what, for the audit log. */
const toldOf = ({ who, caller, address, concerned: { objects = {}, reason } }: Call, act: string) => ({ who, role: caller?.role ?? null, organisation: caller?.organisation ?? null, address, act, objects, reason: reason ?? null });

/** The reason a person gave, where the body has one. */
const reasonIn = (body: unknown): { reason?: string } => {
  const { reason } = (typeof body === 'object' && body !== null ? body : {}) as { readonly reason?: unknown };
  return typeof reason === 'string' ? { reason } : {};
};

/** Calls the handler and sends what it answers. A row of the audit log is written before an act with an effect is done, and one before anything leaves. */
export async function answerWith({ route, handle, call, response, language, parts, audit }: Answering): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => { gone.abort(); });
  call.concerned = { ...call.concerned, ...reasonIn(parts.body) };
  const undoings: (() => void)[] = [];
  const asked = {
    ...parts, caller: call.caller, session: call.session, language, address: call.address, signal: gone.signal,
    concerns: ({ objects = {}, ...rest }: Concerned) => { call.concerned = { ...call.concerned, ...rest, objects: { ...call.concerned.objects, ...objects } }; },
    as: (caller: Caller) => { call.caller = caller; call.who = caller.account; },
    header: (name: string, value: string) => { response.set(name, value); },
    undo: (work: () => void) => { undoings.push(work); },
    cookie: call.jar.get, setCookie: call.jar.set,
  };
  // Nobody is known yet on a public route: its refusals are counted, and what it opens is closed again when it cannot be told.
  if (route.audit !== undefined && route.looks === undefined && route.role !== 'public') call.begun = audit.begin(toldOf(call, route.audit));
  const answer: unknown = await handle(asked as unknown as Asked<RouteShape>);
  if (route.audit !== undefined) {
    try { audit.write({ ...toldOf(call, route.audit), outcome: 'done', fault: null }, call.begun); } catch (error) {
      response.removeHeader('Set-Cookie');
      for (const undo of undoings) undo();
      call.untold = true;
      throw error;
    }
  }
  response.set('Cache-Control', 'no-store');
  if (route.answer === 'nothing') { response.status(204).end(); return; }
  if (route.answer === 'redirect') { response.redirect(302, (answer as { readonly location: string }).location); return; }
  if ('events' in route.answer) { await streamEvents(response, answer as AsyncIterable<unknown>, call.alive, gone.signal); return; }
  response.status(200).set('Content-Language', language).type('application/json').send(answer instanceof Uint8Array ? Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength) : JSON.stringify(answer));
}
