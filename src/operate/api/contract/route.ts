import type { Static, TObject, TSchema } from '@sinclair/typebox';

/** What an account may do: each of the first three may all that the one before it may; a vendor sees `/api/vendor` and its own session only. */
export const roles = ['viewer', 'operator', 'administrator', 'vendor'] as const;
export type Role = (typeof roles)[number];
/** `public`: nobody need be signed in. `session`: anybody who is, even before a password that must be changed was. `vendor`: vendors, operators and administrators. */
export type Access = Role | 'public' | 'session';

/** What answers besides JSON: server-sent events (each `data:` one JSON of this shape), no content (204), a redirection (302). */
export interface EventStream<E extends TSchema = TSchema> { readonly events: E }

/**
 * One entry of the API's table: what serves it, checks it and documents it (`openapi.json`). Nothing of a patient is in a path
 * or a query: such a value goes in a body.
 */
export interface RouteShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parameters as `:name`. */
  readonly path: `/api/${string}`;
  readonly role: Access;
  /**
   * What an account with a scope may see of it. `rows`: the handler leaves out what `caller.scope` does not hold. Else the name
   * of the parameter that is a source or a destination: outside the scope it is 404, before the handler is called.
   */
  readonly scope?: 'rows' | { readonly source: string } | { readonly destination: string };
  readonly summary: { readonly fr: string; readonly en: string };
  readonly params?: TObject;
  /** Texts of the query, turned into what the schema says. */
  readonly query?: TObject;
  /** `bytes`: the body as it came, whatever its type. */
  readonly body?: TSchema | 'bytes';
  /** Largest body, bytes; 64 KiB unless said. */
  readonly maxBytes?: number;
  readonly answer: TSchema | EventStream | 'nothing' | 'redirect';
  /** The act's name in the audit log, in kebab case; its row is written before the answer leaves. Refusals are written whatever it is. */
  readonly audit?: string;
  /** An act that only looks: one row, before its answer leaves. Every other has a row before it is done, and one after. */
  readonly looks?: true;
}

/** Declares a route and keeps its literal types. */
export const route = <const R extends RouteShape>(declared: R): R => declared;

export type ParamsOf<R extends RouteShape> = R extends { readonly params: infer P extends TSchema } ? Static<P> : Record<string, never>;
export type QueryOf<R extends RouteShape> = R extends { readonly query: infer Q extends TSchema } ? Static<Q> : Record<string, never>;
export type BodyOf<R extends RouteShape> = R extends { readonly body: infer B } ? (B extends TSchema ? Static<B> : Uint8Array) : undefined;
export type AnswerOf<R extends RouteShape> = R['answer'] extends infer A
  ? A extends TSchema ? Static<A> : A extends EventStream<infer E> ? AsyncIterable<Static<E>> : A extends 'redirect' ? { readonly location: string } : undefined
  : never;
