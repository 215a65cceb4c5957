import { mkdirSync } from 'node:fs';
import { keyRingOf } from '../compose/keys.ts';
import { auditOf, auditSecret, sessionsOf } from '../compose/operators.ts';
import { loadConfig } from '../config/load.ts';
import { Accounts, type Written } from '../operate/accounts/accounts.ts';
import { openAccountsDatabase } from '../operate/accounts/database.ts';
import { knownScope } from '../operate/accounts/routes.ts';
import type { Sessions } from '../operate/accounts/sessions.ts';
import type { Role } from '../operate/api/contract/route.ts';
import { ApiFault } from '../operate/api/fault.ts';
import { openAudit } from '../operate/audit/open.ts';
import { askControl } from '../operate/control/socket.ts';
import { withJournal } from './journal-of.ts';
import { CommandFault, type Output } from './output.ts';

export interface AddOptions { readonly role: Role; readonly organisation?: string; readonly source: readonly string[]; readonly destination: readonly string[] }
type Act = 'account-add' | 'account-change' | 'account-remove' | 'session-revoke';

/** Names of accounts are written otherwise. */
const isSession = (target: string): boolean => /^[\w-]{43}$/.test(target);

/** A log's first row must find its anchor in the journal: a gateway that runs has put it there at its start. */
async function anchored(file: string | null, config: ReturnType<typeof loadConfig>): Promise<void> {
  const running = await askControl(config.data);
  if (running !== null) { running.close(); return; }
  await withJournal(file, async (journal) => {
    const audit = auditOf(config, journal, keyRingOf(config), Date.now);
    try { await audit.anchor(); } finally { audit.close(); }
  });
}

/** The accounts of a data folder, with or without a gateway on it; the act is a row of the audit log, done or refused. */
async function acting<T>(file: string | null, act: Act, account: string, by: string, work: (accounts: Accounts, config: ReturnType<typeof loadConfig>, sessions: Sessions) => Promise<T> | T): Promise<T> {
  const config = loadConfig(file);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  await anchored(file, config);
  const audit = openAudit(config.data, Date.now, auditSecret(keyRingOf(config)));
  const db = openAccountsDatabase(config.data);
  const entry = { who: by, role: 'command-line', organisation: null, address: null, act, objects: isSession(account) ? { session: account } : { account }, reason: null };
  let begun: number | null = null;
  try {
    begun = audit.begin(entry);
    const made = await work(new Accounts(db, Date.now), config, sessionsOf(config, db, Date.now));
    audit.write({ ...entry, outcome: 'done', fault: null }, begun);
    return made;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (begun !== null && code !== 'api.audit-unavailable') audit.write({ ...entry, ...(typeof code === 'string' ? { outcome: 'refused', fault: code } : { outcome: 'failed', fault: null }) }, begun);
    throw error;
  } finally {
    db.close();
    audit.close();
  }
}

export function list(file: string | null, output: Output): number {
  const config = loadConfig(file);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const db = openAccountsDatabase(config.data);
  try {
    const open = sessionsOf(config, db, Date.now).list(null);
    const all = new Accounts(db, Date.now).list().map((one) => ({ ...one, sessions: open.filter(({ account }) => account === one.name).length }));
    for (const one of all) {
      output.record(one);
      const scope = [one.organisation, ...one.sources, ...one.destinations].filter((name) => name !== null).join(', ');
      output.line(`${one.name.padEnd(24)} ${one.role.padEnd(14)} ${scope}${one.passwordMustChange ? output.words(' (mot de passe à changer)', ' (password to be changed)') : ''}`.trimEnd());
    }
    if (all.length === 0) output.line(output.words('Aucun compte : « start » crée le premier administrateur.', 'No account: "start" makes the first administrator.'));
  } finally { db.close(); }
  return 0;
}

function told({ account, oneTimePassword }: Written, output: Output): number {
  output.record({ account, oneTimePassword });
  output.line(output.words(`${account.name} (${account.role}), mot de passe à usage unique : ${oneTimePassword ?? ''}`, `${account.name} (${account.role}), one-time password: ${oneTimePassword ?? ''}`));
  output.line(output.words('Il n’est montré qu’ici, et doit être changé à la première connexion.', 'It is shown here only, and must be changed at the first login.'));
  return 0;
}

export async function add(file: string | null, name: string, { role, organisation: asked, source, destination }: AddOptions, by: string, output: Output): Promise<number> {
  const organisation = asked ?? null;
  if (!/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(name)) throw new CommandFault(output.words('un nom de compte est fait de minuscules sans accent, de chiffres et de « . _ @ - »', 'an account’s name is made of lower-case letters without accent, digits and ". _ @ -"'), 2);
  return told(await acting(file, 'account-add', name, by, (accounts, config) => {
    knownScope({ organisation, sources: source, destinations: destination }, { organisations: config.sources.map((one) => one.organisation), sources: config.sources.map(({ id }) => id), destinations: config.destinations.map(({ id }) => id) });
    return accounts.add({ name, role, organisation, sources: source, destinations: destination });
  }), output);
}

export async function password(file: string | null, name: string, by: string, output: Output): Promise<number> {
  return told(await acting(file, 'account-change', name, by, (accounts) => accounts.change(name, { newPassword: true })), output);
}

export async function remove(file: string | null, name: string, by: string, output: Output): Promise<number> {
  await acting(file, 'account-remove', name, by, (accounts) => { accounts.remove(name); });
  output.record({ removed: name });
  output.line(output.words(`Compte ${name} supprimé, ses sessions fermées.`, `Account ${name} removed, its sessions closed.`));
  return 0;
}

/** Whose sessions are open, those of the OpenID Connect provider included. */
export function sessions(file: string | null, output: Output): number {
  const config = loadConfig(file);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const db = openAccountsDatabase(config.data);
  try {
    const open = sessionsOf(config, db, Date.now).list(null);
    for (const { own: _own, ...one } of open) {
      output.record(one);
      const at = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
      output.line(`${one.id}  ${one.account.padEnd(24)} ${one.role.padEnd(14)} ${(one.address ?? '–').padEnd(16)} ${output.words(`depuis ${at(one.startedAt)}, dernier usage ${at(one.lastUsedAt)} (UTC)`, `since ${at(one.startedAt)}, last used ${at(one.lastUsedAt)} (UTC)`)}`);
    }
    if (open.length === 0) output.line(output.words('Aucune session ouverte.', 'No session is open.'));
  } finally { db.close(); }
  return 0;
}

/** Closes a session by its id, or every session of an account by its name. While the gateway runs, they end at once. */
export async function revoke(file: string | null, target: string, by: string, output: Output): Promise<number> {
  const closed = await acting(file, 'session-revoke', target, by, (_accounts, _config, open) => {
    const count = isSession(target) ? Number(open.revoke(target)) : open.revokeAll(target);
    if (count === 0) throw new ApiFault('api.not-found');
    return count;
  });
  output.record({ revoked: target, closed });
  output.line(output.words(`${closed} session(s) fermée(s).`, `${closed} session(s) closed.`));
  return 0;
}
