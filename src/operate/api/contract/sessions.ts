import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { RoleName } from './session.ts';
import { Count, nullable, Time } from './words.ts';

const SessionId = Type.String({ pattern: '^[\\w-]{43}$' });

/** A session that is open. Its id opens nothing: the cookie is another secret. */
export const SessionRow = Type.Object({
  id: SessionId,
  /** `openid:…` for somebody of the OpenID Connect provider. */
  account: Type.String(), role: RoleName, organisation: nullable(Type.String()),
  openid: Type.Boolean(),
  /** From where it was opened; null when that was before it was kept. */
  address: nullable(Type.String()),
  startedAt: Time,
  /** Within half a minute. */
  lastUsedAt: Time,
  /** Its end if nothing more is asked. */
  endsAt: Time,
  /** The one that asks. */
  own: Type.Boolean(),
}, { additionalProperties: false });
export type SessionRow = Static<typeof SessionRow>;
export const SessionsAnswer = Type.Object({ sessions: Type.Array(SessionRow) }, { additionalProperties: false });
export type SessionsAnswer = Static<typeof SessionsAnswer>;

export const sessionList = route({
  method: 'GET', path: '/api/sessions', role: 'administrator', answer: SessionsAnswer,
  summary: { fr: 'Les sessions ouvertes, celles d’OpenID Connect comprises, la plus récente d’abord.', en: 'The sessions that are open, those of OpenID Connect included, newest first.' },
});
export const sessionRevoke = route({
  method: 'DELETE', path: '/api/sessions/:id', role: 'administrator', audit: 'session-revoke', answer: 'nothing', params: Type.Object({ id: SessionId }, { additionalProperties: false }),
  summary: { fr: 'Ferme une session : ses flux et ses droits de voir finissent avec elle.', en: 'Closes a session: its streams and its rights to look end with it.' },
});
export const SessionsOf = Type.Object({ account: Type.String({ minLength: 1, maxLength: 300 }) }, { additionalProperties: false });
/** Somebody of the provider may sign in again: their right is withdrawn at the provider, or by the rules of `access.openid.roles`. */
export const sessionRevokeAll = route({
  method: 'POST', path: '/api/sessions/revoke', role: 'administrator', audit: 'session-revoke', body: SessionsOf, answer: Type.Object({ closed: Count }, { additionalProperties: false }),
  summary: { fr: 'Ferme toutes les sessions d’un compte.', en: 'Closes every session of an account.' },
});
