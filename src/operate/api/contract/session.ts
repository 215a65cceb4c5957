import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';

export const RoleName = Type.Union([Type.Literal('viewer'), Type.Literal('operator'), Type.Literal('administrator'), Type.Literal('vendor')]);

/** Who asks. `organisation`, `sources`, `destinations`: the account's scope, empty meaning all. */
export const SignedIn = Type.Object({
  signedIn: Type.Literal(true),
  account: Type.String(),
  role: RoleName,
  organisation: Type.Union([Type.String(), Type.Null()]),
  sources: Type.Array(Type.String()),
  destinations: Type.Array(Type.String()),
  /** To be sent as `x-csrf-token` with every POST, PUT, PATCH and DELETE. */
  csrf: Type.String(),
  /** Nothing but the session's own routes answers until the password is changed. */
  passwordMustChange: Type.Boolean(),
  /** The account has its password here; false when it comes from OpenID Connect. */
  passwordHere: Type.Boolean(),
  /** Epoch ms: the end of the session whatever is done, and its end if nothing more is asked. Requests with the header `x-passive: 1`, those a page makes by itself, do not count. */
  endsAt: Type.Integer(),
  idleEndsAt: Type.Integer(),
}, { additionalProperties: false });
export type SignedIn = Static<typeof SignedIn>;

/** Nobody is signed in. `openid`: the name of the provider one may sign in with, at `GET /api/session/openid`. */
export const SignedOut = Type.Object({
  signedIn: Type.Literal(false),
  openid: Type.Union([Type.String(), Type.Null()]),
  /** The gateway's own language. */
  language: Type.Union([Type.Literal('fr'), Type.Literal('en')]),
}, { additionalProperties: false });
export type SignedOut = Static<typeof SignedOut>;

export const password = Type.String({ minLength: 1, maxLength: 200 });

export const whoami = route({
  method: 'GET', path: '/api/session', role: 'public', answer: Type.Union([SignedIn, SignedOut]),
  summary: { fr: 'Qui est connecté, et le jeton anti-CSRF de sa session.', en: 'Who is signed in, and the CSRF token of the session.' },
});
/** The only unsafe method without `x-csrf-token`: there is no session yet. JSON only, from this origin only. */
export const login = route({
  method: 'POST', path: '/api/session', role: 'public', audit: 'login', answer: SignedIn,
  body: Type.Object({ account: Type.String({ minLength: 1, maxLength: 100 }), password }, { additionalProperties: false }),
  summary: { fr: 'Ouvre une session (cookie HttpOnly, SameSite=Strict).', en: 'Opens a session (HttpOnly, SameSite=Strict cookie).' },
});
export const logout = route({
  method: 'DELETE', path: '/api/session', role: 'session', audit: 'logout', answer: 'nothing',
  summary: { fr: 'Ferme la session.', en: 'Closes the session.' },
});
/** Every session of the account is closed, and this one goes on under a new cookie and a new CSRF token. */
export const changePassword = route({
  method: 'PUT', path: '/api/session/password', role: 'session', audit: 'change-password', answer: SignedIn,
  body: Type.Object({ present: password, wanted: Type.String({ minLength: 12, maxLength: 200 }) }, { additionalProperties: false }),
  summary: { fr: 'Change son propre mot de passe (12 caractères au moins) ; ferme ses autres sessions.', en: 'Changes one’s own password (12 characters at least); closes one’s other sessions.' },
});
export const openidStart = route({
  method: 'GET', path: '/api/session/openid', role: 'public', answer: 'redirect',
  summary: { fr: 'Renvoie vers le fournisseur OpenID Connect (Pro Santé Connect…).', en: 'Redirects to the OpenID Connect provider (Pro Santé Connect…).' },
});
/** `code`, `state`, `iss`… as the provider sends them; read by the OpenID Connect library, which wants all of them. */
export const openidReturn = route({
  method: 'GET', path: '/api/session/openid/return', role: 'public', audit: 'login', answer: 'redirect',
  query: Type.Object({}, { additionalProperties: Type.String({ maxLength: 4096 }) }),
  summary: { fr: 'Retour du fournisseur OpenID Connect : ouvre la session et renvoie à la console.', en: 'Back from the OpenID Connect provider: opens the session and redirects to the console.' },
});
