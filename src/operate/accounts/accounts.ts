import type { Database } from '../../journal/sqlite/database.ts';
import type { Account } from '../api/contract/accounts.ts';
import type { Role } from '../api/contract/route.ts';
import { ApiFault } from '../api/fault.ts';
import { oneTimePassword, passwordFits, sealPassword, usualCost, type PasswordCost } from './password.ts';

/** The scope asked for an account: null and empty mean all. */
export interface AccountScope { readonly organisation: string | null; readonly sources: readonly string[]; readonly destinations: readonly string[] }
export interface NewAccount extends AccountScope { readonly name: string; readonly role: Role }
export interface AccountChange extends Partial<AccountScope> { readonly role?: Role; readonly newPassword?: boolean }
/** An account and the password to be shown once, null when it stays. */
export interface Written { readonly account: Account; readonly oneTimePassword: string | null }

interface Row {
  readonly name: string; readonly role: Role; readonly organisation: string | null; readonly sources: string; readonly destinations: string; readonly password: string; readonly password_at: number;
  readonly must_change: number; readonly first: number; readonly created_at: number; readonly last_login_at: number | null; readonly sessions: number;
}
const list = (text: string): string[] => JSON.parse(text) as string[];
const shown = (row: Row): Account => ({
  name: row.name, role: row.role, organisation: row.organisation, sources: list(row.sources), destinations: list(row.destinations),
  passwordMustChange: row.must_change === 1, createdAt: row.created_at, lastLoginAt: row.last_login_at, sessions: row.sessions,
});
const select = 'SELECT account.*, (SELECT count(*) FROM session WHERE session.account = account.name AND session.given IS NULL) AS sessions FROM account';
export const firstAccount = 'admin';
/** A one-time password lies about in a terminal, a ticket, a mail: after this it opens nothing. */
const oneTimeMs = 72 * 3_600_000;

/** The accounts of this gateway. Every change of a role, a scope or a password closes the account's sessions. */
export class Accounts {
  readonly #db: Database;
  readonly #clock: () => number;
  readonly #cost: PasswordCost;
  constructor(db: Database, clock: () => number, cost: PasswordCost = usualCost) { this.#db = db; this.#clock = clock; this.#cost = cost; }

  #row(name: string): Row | null { return this.#db.statement<Row>(`${select} WHERE name = ?`).get(name) ?? null; }

  get(name: string): Account | null { const row = this.#row(name); return row === null ? null : shown(row); }
  list(): Account[] { return this.#db.statement<Row>(`${select} ORDER BY name`).all().map(shown); }

  /** @throws ApiFault `api.account-exists`, `api.administrator-scope` */
  async add({ name, role, ...scope }: NewAccount, first = false): Promise<{ readonly account: Account; readonly oneTimePassword: string }> {
    scopeFits(role, scope);
    const password = oneTimePassword();
    const sealed = await sealPassword(password, this.#cost);
    this.#locked(() => {
      if (this.#row(name) !== null) throw new ApiFault('api.account-exists', [name], { place: 'body/name' });
      this.#db.statement('INSERT INTO account(name, role, organisation, sources, destinations, password, password_at, must_change, first, created_at, last_login_at) VALUES(?, ?, ?, ?, ?, ?, ?, 1, ?, ?, NULL)')
        .run(name, role, scope.organisation, JSON.stringify(scope.sources), JSON.stringify(scope.destinations), sealed, this.#clock(), first ? 1 : 0, this.#clock());
    });
    return { account: this.#present(name), oneTimePassword: password };
  }

  /**
   * Without any account: an administrator, whose one-time password is for whoever starts the gateway. While nobody has changed it,
   * each start gives another, the one before being void. `told` is called before. @returns null when there are accounts
   */
  async first(told: (act: 'account-add' | 'account-change', account: string) => void = () => undefined): Promise<{ readonly account: string; readonly oneTimePassword: string } | null> {
    const accounts = this.#db.statement<Row>(`${select} LIMIT 2`).all();
    const [only] = accounts;
    if (only === undefined) told('account-add', firstAccount);
    if (only === undefined) return { account: firstAccount, oneTimePassword: (await this.add({ name: firstAccount, role: 'administrator', organisation: null, sources: [], destinations: [] }, true)).oneTimePassword };
    if (accounts.length > 1 || only.first !== 1 || only.must_change !== 1) return null;
    told('account-change', only.name);
    return { account: only.name, oneTimePassword: (await this.change(only.name, { newPassword: true })).oneTimePassword ?? '' };
  }

  /** @throws ApiFault `api.not-found`, `api.last-administrator`, `api.administrator-scope` */
  async change(name: string, { role, newPassword = false, ...scope }: AccountChange): Promise<Written> {
    const password = newPassword ? oneTimePassword() : null;
    const sealed = password === null ? null : await sealPassword(password, this.#cost);
    this.#locked(() => {
      const before = this.#present(name);
      const wanted: NewAccount = { name, role: role ?? before.role, organisation: scope.organisation === undefined ? before.organisation : scope.organisation, sources: scope.sources ?? before.sources, destinations: scope.destinations ?? before.destinations };
      scopeFits(wanted.role, wanted);
      if (before.role === 'administrator' && wanted.role !== 'administrator') this.#notLast(name);
      this.#db.statement('UPDATE account SET role = ?, organisation = ?, sources = ?, destinations = ? WHERE name = ?').run(wanted.role, wanted.organisation, JSON.stringify(wanted.sources), JSON.stringify(wanted.destinations), name);
      if (sealed !== null) this.#db.statement('UPDATE account SET password = ?, password_at = ?, must_change = 1 WHERE name = ?').run(sealed, this.#clock(), name);
      this.#closeSessions(name);
    });
    return { account: this.#present(name), oneTimePassword: password };
  }

  /** @throws ApiFault `api.not-found`, `api.last-administrator` */
  remove(name: string): void {
    this.#locked(() => {
      if (this.#present(name).role === 'administrator') this.#notLast(name);
      this.#db.statement('DELETE FROM account WHERE name = ?').run(name);
      this.#closeSessions(name);
    });
  }

  /** Takes as long whether there is such an account or not. @returns null when they do not fit */
  async login(name: string, password: string): Promise<Account | null> {
    const row = this.#row(name);
    if (!await passwordFits(password, row?.password ?? null, this.#cost) || row === null) return null;
    if (row.must_change === 1 && this.#clock() - row.password_at >= oneTimeMs) return null;
    this.#db.statement('UPDATE account SET last_login_at = ? WHERE name = ?').run(this.#clock(), name);
    return shown(row);
  }

  /** One's own password, by somebody who knows the present one. @throws ApiFault `api.login-failed`, `api.password-same`, `api.password-name` */
  async ownPassword(name: string, present: string, wanted: string): Promise<Account> {
    if (!await passwordFits(present, this.#row(name)?.password ?? null, this.#cost)) throw new ApiFault('api.login-failed', [], { place: 'body/present' });
    if (present === wanted) throw new ApiFault('api.password-same', [], { place: 'body/wanted' });
    if (wanted.toLowerCase().includes(name.toLowerCase())) throw new ApiFault('api.password-name', [], { place: 'body/wanted' });
    const sealed = await sealPassword(wanted, this.#cost);
    this.#locked(() => {
      this.#db.statement('UPDATE account SET password = ?, password_at = ?, must_change = 0, first = 0 WHERE name = ?').run(sealed, this.#clock(), name);
      this.#closeSessions(name);
    });
    return this.#present(name);
  }

  #present(name: string): Account {
    const found = this.get(name);
    if (found === null) throw new ApiFault('api.not-found');
    return found;
  }
  #notLast(name: string): void {
    const others = this.#db.statement<{ n: number }>("SELECT count(*) AS n FROM account WHERE role = 'administrator' AND name <> ?").get(name)?.n ?? 0;
    if (others === 0) throw new ApiFault('api.last-administrator', [name]);
  }
  #closeSessions(name: string): void { this.#db.statement('DELETE FROM session WHERE account = ? AND given IS NULL').run(name); }
  #locked(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try { work(); this.#db.exec('COMMIT'); } catch (error) { this.#db.exec('ROLLBACK'); throw error; }
  }
}

/** An administrator gives accounts and scopes: one with a scope could give itself the rest. */
function scopeFits(role: Role, { organisation, sources, destinations }: AccountScope): void {
  if (role === 'administrator' && (organisation !== null || sources.length > 0 || destinations.length > 0)) throw new ApiFault('api.administrator-scope', [], { place: 'body/role' });
}
