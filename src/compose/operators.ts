import type { RequestHandler } from 'express';
import { isLoopbackHost } from '../config/loopback.ts';
import type { Config, ListenerSettings } from '../config/model.ts';
import type { Clock } from '../domain/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Database } from '../journal/sqlite/database.ts';
import { installationSecret, type KeyRing } from '../journal/keys.ts';
import { readSecretText } from '../net/secret.ts';
import { Accounts } from '../operate/accounts/accounts.ts';
import { openAccountsDatabase } from '../operate/accounts/database.ts';
import { Login } from '../operate/accounts/login.ts';
import { accountHandlers, openSessionHandlers, sessionHandlers, type AccountPorts } from '../operate/accounts/routes.ts';
import { openidHandlers } from '../operate/accounts/openid-routes.ts';
import type { PasswordCost } from '../operate/accounts/password.ts';
import { scopeIn, Sessions } from '../operate/accounts/sessions.ts';
import { description } from '../operate/api/contract/description.ts';
import { Limits } from '../operate/api/limits.ts';
import { openApi } from '../operate/api/openapi.ts';
import { peerOf } from '../operate/api/peer.ts';
import { apiRouter } from '../operate/api/router.ts';
import { serve, type Served } from '../operate/api/served.ts';
import { journalAnchor } from '../operate/audit/anchor.ts';
import type { Audit } from '../operate/audit/audit.ts';
import { openAudit } from '../operate/audit/open.ts';
import { auditHandlers } from '../operate/audit/routes.ts';
import type { EventLog } from '../operate/log/log.ts';
import { version } from '../version.ts';

/** How often the head of the audit chain is kept in the journal: a tail cut off is seen unless it is younger. */
const anchorEveryMs = 60_000;

/** What the rows of the audit log are hashed with: of keys kept outside the data folder. */
export const auditSecret = (keys: KeyRing): Uint8Array => installationSecret(keys, 'audit row');

/** The audit log of a configuration's data folder, its head anchored in the journal of the same folder. */
export const auditOf = (config: Config, journal: Journal, keys: KeyRing, clock: Clock): Audit => openAudit(config.data, clock, auditSecret(keys), journalAnchor(journal, installationSecret(keys, 'audit head')));

export const sessionsOf = ({ access: { sessionHours, idleMinutes }, sources }: Config, db: Database, clock: Clock): Sessions => new Sessions(db, clock, { idleMs: idleMinutes * 60_000, wholeMs: sessionHours * 3_600_000 }, scopeIn(sources));

export interface OperatorParts { readonly config: Config; readonly keys: KeyRing; readonly journal: Journal; readonly clock: Clock; readonly log: EventLog; /** scrypt's, lower in tests. */ readonly passwordCost?: PasswordCost | undefined }

/** What people do with the gateway: their accounts, their sessions, the audit log, and the API that all of it is reached by. */
export interface Operators {
  readonly audit: Audit;
  /** The one-time password of a gateway without accounts, to be shown once; null when there are, or when nothing serves them. */
  readonly first: { readonly account: string; readonly oneTimePassword: string } | null;
  /** The API of one listener. `others`: what the rest of the gateway adds to the table. */
  api(listener: ListenerSettings, others: readonly Served[]): { readonly router: RequestHandler; close(): void };
  close(): Promise<void>;
}

/** Nobody is signed in yet: whoever starts the gateway gets the administrator. */
async function firstAccount(accounts: Accounts, audit: Audit): Promise<Operators['first']> {
  const told = { who: '-', role: 'command-line', organisation: null, address: null, reason: null };
  let begun: { readonly act: string; readonly objects: Record<string, string>; readonly seq: number } | null = null;
  const first = await accounts.first((act, account) => {
    const objects = { account, role: 'administrator', ...(act === 'account-add' ? {} : { password: 'new' }) };
    begun = { act, objects, seq: audit.begin({ ...told, act, objects }) };
  });
  const { seq, ...entry } = begun as { readonly act: string; readonly objects: Record<string, string>; readonly seq: number } | null ?? { seq: null, act: '', objects: {} };
  if (seq !== null) audit.write({ ...told, ...entry, outcome: 'done', fault: null }, seq);
  return first;
}

export async function openOperators({ config, keys, journal, clock, log, passwordCost }: OperatorParts): Promise<Operators> {
  const audit = auditOf(config, journal, keys, clock);
  const db = openAccountsDatabase(config.data);
  const accounts = new Accounts(db, clock, passwordCost);
  const { requestsPerSecond } = config.access;
  const sessions = sessionsOf(config, db, clock);
  const unique = (names: readonly string[]): string[] => [...new Set(names)];
  const ports: AccountPorts = {
    accounts, sessions, login: new Login(accounts, clock), openid: config.access.openid?.name ?? null, language: config.language,
    known: { organisations: unique(config.sources.map(({ organisation }) => organisation)), sources: config.sources.map(({ id }) => id), destinations: config.destinations.map(({ id }) => id) },
  };
  const { openid } = config.access;
  const provider = openid === null ? null : new (await import('../operate/accounts/openid.ts')).OpenIdLogin(openid, () => readSecretText(openid.clientSecret), clock);
  const limits = {
    account: new Limits({ perSecond: requestsPerSecond, burst: requestsPerSecond * 5 }, clock),
    address: new Limits({ perSecond: requestsPerSecond * 4, burst: requestsPerSecond * 20 }, clock),
  };
  const anchored = (): Promise<void> => audit.anchor().then(
    // Told apart from both files: whoever could put the data folder back as it was cannot do so with what was told.
    (head) => { if (head !== null) log.event('operate', 'audit-anchored', head); },
    () => { log.event('operate', 'audit-anchor', {}, 'error'); },
  );
  await anchored();
  const timer = setInterval(() => { void anchored(); }, anchorEveryMs);
  timer.unref();
  const first = config.listeners.some(({ roles }) => roles.includes('api')) ? await firstAccount(accounts, audit) : null;
  return {
    audit, first,
    api: (listener, others) => {
      const table: Served[] = [...sessionHandlers(ports), ...openidHandlers(provider, sessions), ...openSessionHandlers(ports), ...accountHandlers(ports), ...auditHandlers(audit), ...others];
      const routes = [description, ...table.map(({ route }) => route)];
      table.unshift(serve(description, () => openApi(routes, version)));
      return apiRouter({
        table, session: (token, passive) => sessions.find(token, passive), audit, limits, clock, peer: peerOf(config.access.trustedProxies), secure: !isLoopbackHost(listener.host),
        failed: (route, error) => { log.event('operate', 'api-failed', { route, error }, 'error'); },
      });
    },
    close: async () => {
      clearInterval(timer);
      await anchored();
      audit.close();
      db.close();
    },
  };
}
