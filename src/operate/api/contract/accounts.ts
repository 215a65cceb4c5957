import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { RoleName } from './session.ts';

const names = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 1000 });
const organisation = Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]);
const accountName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9][a-z0-9._@-]*$' });

/** An account of this gateway. Scope: rows of sources of `organisation`, of `sources`, of `destinations`; null and empty mean all. An administrator has none. */
export const Account = Type.Object({
  name: Type.String(),
  role: RoleName,
  organisation,
  sources: names,
  destinations: names,
  passwordMustChange: Type.Boolean(),
  createdAt: Type.Integer(),
  /** Epoch ms; null when never. */
  lastLoginAt: Type.Union([Type.Integer(), Type.Null()]),
  /** Sessions open now. */
  sessions: Type.Integer(),
}, { additionalProperties: false });
export type Account = Static<typeof Account>;

/** `oneTimePassword` is shown once, and must be changed at the next login; null when the password stays. */
export const AccountWritten = Type.Object({ account: Account, oneTimePassword: Type.Union([Type.String(), Type.Null()]) }, { additionalProperties: false });
export type AccountWritten = Static<typeof AccountWritten>;

const params = Type.Object({ name: accountName });

export const accountList = route({
  method: 'GET', path: '/api/accounts', role: 'administrator', answer: Type.Object({ accounts: Type.Array(Account) }, { additionalProperties: false }),
  summary: { fr: 'Les comptes.', en: 'The accounts.' },
});
export const accountAdd = route({
  method: 'POST', path: '/api/accounts', role: 'administrator', audit: 'account-add', answer: AccountWritten,
  body: Type.Object({ name: accountName, role: RoleName, organisation: Type.Optional(organisation), sources: Type.Optional(names), destinations: Type.Optional(names) }, { additionalProperties: false }),
  summary: { fr: 'Crée un compte, avec un mot de passe à usage unique montré une fois.', en: 'Makes an account, with a one-time password shown once.' },
});
/** What is absent stays. Every session of the account is closed. */
export const accountChange = route({
  method: 'PATCH', path: '/api/accounts/:name', role: 'administrator', audit: 'account-change', answer: AccountWritten, params,
  body: Type.Object({
    role: Type.Optional(RoleName), organisation: Type.Optional(organisation), sources: Type.Optional(names), destinations: Type.Optional(names),
    newPassword: Type.Optional(Type.Literal(true)),
  }, { additionalProperties: false, minProperties: 1 }),
  summary: { fr: 'Change le rôle, le périmètre ou le mot de passe d’un compte ; ferme ses sessions.', en: 'Changes an account’s role, scope or password; closes its sessions.' },
});
export const accountRemove = route({
  method: 'DELETE', path: '/api/accounts/:name', role: 'administrator', audit: 'account-remove', answer: 'nothing', params,
  summary: { fr: 'Supprime un compte et ferme ses sessions.', en: 'Removes an account and closes its sessions.' },
});
