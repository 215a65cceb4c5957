import * as accountRoutes from '../api/contract/accounts.ts';
import * as sessionRoutes from '../api/contract/session.ts';
import { sessionList, sessionRevoke, sessionRevokeAll } from '../api/contract/sessions.ts';
import { ApiFault } from '../api/fault.ts';
import { sessionCookie } from '../api/router.ts';
import { serve, type Served } from '../api/served.ts';
import type { Accounts, AccountScope } from './accounts.ts';
import type { Login } from './login.ts';
import type { Sessions, SessionNow } from './sessions.ts';

export interface AccountPorts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly login: Login;
  /** The provider's name, null without one. */
  readonly openid: string | null;
  readonly language: 'fr' | 'en';
  /** The configuration's own names. */
  readonly known: { readonly organisations: readonly string[]; readonly sources: readonly string[]; readonly destinations: readonly string[] };
}
type SignedIn = ReturnType<typeof shown>;

const shown = ({ caller: { account, role }, given, csrf, passwordMustChange, passwordHere, endsAt, idleEndsAt }: SessionNow) => ({
  signedIn: true as const, account, role, organisation: given.organisation, sources: [...given.sources], destinations: [...given.destinations], csrf, passwordMustChange, passwordHere, endsAt, idleEndsAt,
});

/** The session behind a cookie's value, as its owner is told. */
function signedIn(sessions: Sessions, token: string): { readonly session: SessionNow; readonly told: SignedIn } {
  const session = sessions.find(token, true);
  if (session === null || 'expired' in session) throw new ApiFault('api.session-expired');
  return { session, told: shown(session) };
}

export function sessionHandlers({ accounts, sessions, login, openid, language }: AccountPorts): Served[] {
  return [
    serve(sessionRoutes.whoami, ({ cookie, caller }) => {
      const token = cookie(sessionCookie);
      return caller === null || token === undefined ? { signedIn: false as const, openid, language } : signedIn(sessions, token).told;
    }),
    serve(sessionRoutes.login, async ({ body, address, concerns, as, setCookie, undo }) => {
      // What is typed as a name may be anything, a password even: only names of accounts are told.
      if (accounts.get(body.account) !== null) concerns({ objects: { account: body.account } });
      const account = await login.login(body.account, body.password, address);
      const token = sessions.open(account.name, address);
      undo(() => { sessions.close(token); });
      const { session, told } = signedIn(sessions, token);
      as(session.caller);
      setCookie(sessionCookie, token);
      return told;
    }),
    serve(sessionRoutes.logout, ({ cookie, setCookie }) => {
      sessions.close(cookie(sessionCookie) ?? '');
      setCookie(sessionCookie, null);
      return undefined;
    }),
    serve(sessionRoutes.changePassword, async ({ body, caller, address, setCookie, undo }) => {
      const account = await login.by(caller.account, address, () => accounts.ownPassword(caller.account, body.present, body.wanted));
      const token = sessions.open(account.name, address);
      undo(() => { sessions.close(token); });
      setCookie(sessionCookie, token);
      return signedIn(sessions, token).told;
    }),
  ];
}

/** A scope that names what the configuration does not have would see nothing, and nobody would know why. @throws ApiFault `api.unknown-scope` */
export function knownScope({ organisation, sources = [], destinations = [] }: Partial<AccountScope>, known: AccountPorts['known']): void {
  const check = (names: readonly string[], among: readonly string[], what: string): void => {
    for (const name of names) if (!among.includes(name)) throw new ApiFault('api.unknown-scope', [name, what], { place: `body/${what}` });
  };
  check(organisation === null || organisation === undefined ? [] : [organisation], known.organisations, 'organisations');
  check(sources, known.sources, 'sources');
  check(destinations, known.destinations, 'destinations');
}

/** Whose sessions are open, for administrators. */
export function openSessionHandlers({ sessions }: Pick<AccountPorts, 'sessions'>): Served[] {
  return [
    serve(sessionList, ({ session }) => ({ sessions: sessions.list(session) })),
    serve(sessionRevoke, ({ params: { id }, session, concerns }) => {
      const found = sessions.list(session).find((one) => one.id === id);
      if (found === undefined) throw new ApiFault('api.not-found');
      concerns({ objects: { account: found.account } });
      sessions.revoke(id);
      return undefined;
    }),
    serve(sessionRevokeAll, ({ body: { account }, concerns }) => {
      concerns({ objects: { account } });
      const closed = sessions.revokeAll(account);
      if (closed === 0) throw new ApiFault('api.not-found');
      return { closed };
    }),
  ];
}

export function accountHandlers({ accounts, sessions, known }: AccountPorts): Served[] {
  return [
    serve(accountRoutes.accountList, () => {
      // Those that have ended are kept a while, and are not open.
      const open = sessions.list(null);
      return { accounts: accounts.list().map((one) => ({ ...one, sessions: open.filter(({ account }) => account === one.name).length })) };
    }),
    serve(accountRoutes.accountAdd, ({ body: { name, role, organisation = null, sources = [], destinations = [] }, concerns }) => {
      concerns({ objects: { account: name, role } });
      knownScope({ organisation, sources, destinations }, known);
      return accounts.add({ name, role, organisation, sources, destinations });
    }),
    serve(accountRoutes.accountChange, ({ params, body: { role, organisation, sources, destinations, newPassword }, concerns }) => {
      concerns({ objects: { ...(role === undefined ? {} : { role }), ...(newPassword === undefined ? {} : { password: 'new' }) } });
      const scope = { ...(organisation === undefined ? {} : { organisation }), ...(sources === undefined ? {} : { sources }), ...(destinations === undefined ? {} : { destinations }) };
      knownScope(scope, known);
      return accounts.change(params.name, { ...scope, ...(role === undefined ? {} : { role }), newPassword: newPassword === true });
    }),
    serve(accountRoutes.accountRemove, ({ params }) => { accounts.remove(params.name); return undefined; }),
  ];
}
