import type { Language } from '../../domain/finding.ts';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Role, RouteShape } from './contract/route.ts';

/** What an account may see: ids, null meaning all of them. */
export interface Scope { readonly sources: readonly string[] | null; readonly destinations: readonly string[] | null }

/** Who asks. */
export interface Caller {
  readonly account: string;
  readonly role: Role;
  readonly organisation: string | null;
  readonly scope: Scope;
}

/** What an act was about, for its row of the audit log: ids by kind, and the reason given. Nothing of a patient. */
export interface Concerned { readonly objects?: Readonly<Record<string, string>>; readonly reason?: string }

/** A request that was let through: its parts are what their schemas say. */
export interface Asked<R extends RouteShape> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** Nobody on a public route without a session. */
  readonly caller: R['role'] extends 'public' ? Caller | null : Caller;
  /** What names the session it is asked in; null without one. */
  readonly session: string | null;
  readonly language: Language;
  /** The peer's address, without a port. */
  readonly address: string;
  /** Aborted when the peer is gone. */
  readonly signal: AbortSignal;
  /** Adds to the audit row of this request; the path's parameters and a body's `reason` are there without being told. */
  readonly concerns: (what: Concerned) => void;
  /** Who the request turned out to be from, for its audit row: a login. */
  readonly as: (caller: Caller) => void;
  /** What takes back an effect, called when the audit log cannot tell of it. */
  readonly undo: (work: () => void) => void;
  /** A header of the answer. */
  readonly header: (name: string, value: string) => void;
  /** Cookies of this gateway, by their own name: prefix and attributes (HttpOnly, Path, Secure off loopback) are added. Null takes one away. */
  readonly cookie: (name: string) => string | undefined;
  readonly setCookie: (name: string, value: string | null, sameSite?: 'Strict' | 'Lax') => void;
}

/** A route and what answers it, as the table holds it. */
export interface Served { readonly route: RouteShape; readonly handle: (asked: Asked<RouteShape>) => unknown }

/** Joins a route and its handler. JSON that is bytes already leaves as it is. A handler throws `ApiFault`, or any error whose `code` is of the fault catalogue with an HTTP status. */
export const serve = <R extends RouteShape>(route: R, handle: (asked: Asked<R>) => Promise<AnswerOf<R> | Uint8Array> | AnswerOf<R> | Uint8Array): Served => ({ route, handle: handle });

/** Whether a scope's list holds an id. */
export const holds = (ids: readonly string[] | null, id: string): boolean => ids === null || ids.includes(id);
