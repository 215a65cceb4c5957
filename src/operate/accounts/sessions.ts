import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../journal/sqlite/database.ts';
import type { Role } from '../api/contract/route.ts';
import type { SessionRow } from '../api/contract/sessions.ts';
import type { OpenSession } from '../api/router.ts';
import type { Scope } from '../api/served.ts';
import type { AccountScope } from './accounts.ts';

/** Who a session is of, when it is no account of ours: as the OpenID Connect provider said at login. */
export interface Given extends AccountScope { readonly account: string; readonly role: Role }
/** ms: without any request, and whatever is done. */
export interface SessionTimes { readonly idleMs: number; readonly wholeMs: number }
export interface SessionNow extends OpenSession { readonly given: AccountScope; readonly passwordHere: boolean; readonly endsAt: number; readonly idleEndsAt: number }

interface Row {
  readonly account: string; readonly given: string | null; readonly started_at: number; readonly seen_at: number;
  readonly role: Role | null; readonly organisation: string | null; readonly sources: string | null; readonly destinations: string | null; readonly must_change: number | null;
}
const columns = 'session.account, given, started_at, seen_at, role, organisation, sources, destinations, must_change';
const joined = 'session LEFT JOIN account ON name = account AND given IS NULL';
/** A session's last use is written no more often: a request must not cost a disk. */
const seenEveryMs = 30_000;
/** What has ended is kept so long, to tell `expired` from `never was`. */
const endedMs = 86_400_000;
const idOf = (token: string): Buffer => createHash('sha256').update(token).digest();
/** How a session is named to administrators and in the audit log: from it nobody makes the token. */
const shownId = (id: Uint8Array): string => Buffer.from(id).toString('base64url');
/** Another secret made of the token, which no page can read: nothing more is kept. */
const csrfOf = (token: string): string => createHash('sha256').update(`csrf ${token}`).digest('base64url');

/**
 * Sessions, on this side only: the cookie holds 256 random bits, the file their SHA-256. They survive a restart of the gateway,
 * so that an update does not throw operators out; closing an account's sessions holds at the next request.
 */
export class Sessions {
  readonly #db: Database;
  readonly #clock: () => number;
  readonly #times: SessionTimes;
  readonly #scopeOf: (given: AccountScope) => Scope;

  /** @param scopeOf what the configuration makes of an account's scope */
  constructor(db: Database, clock: () => number, times: SessionTimes, scopeOf: (given: AccountScope) => Scope) { this.#db = db; this.#clock = clock; this.#times = times; this.#scopeOf = scopeOf; }

  /** @returns the cookie's value */
  open(account: string, address: string, given: Given | null = null): string {
    const token = randomBytes(32).toString('base64url');
    const now = this.#clock();
    const oldest = now - this.#times.wholeMs - endedMs;
    this.#db.statement('DELETE FROM session WHERE started_at < ?').run(oldest);
    this.#db.statement('INSERT INTO session(id, account, given, started_at, seen_at, address) VALUES(?, ?, ?, ?, ?, ?)').run(idOf(token), account, given === null ? null : JSON.stringify(given), now, now, address);
    return token;
  }

  close(token: string): void { this.#db.statement('DELETE FROM session WHERE id = ?').run(idOf(token)); }

  /** Those that are open, newest first. `own`: the id of the one that asks. */
  list(own: string | null): SessionRow[] {
    const now = this.#clock();
    const rows = this.#db.statement<Row & { id: Uint8Array; address: string | null }>(`SELECT id, address, ${columns} FROM ${joined} WHERE started_at > ? AND seen_at > ? ORDER BY started_at DESC`).all(now - this.#times.wholeMs, now - this.#times.idleMs);
    return rows.flatMap((row) => {
      const given = givenOf(row);
      const id = shownId(row.id);
      return given === null ? [] : [{
        id, account: row.account, role: given.role, organisation: given.organisation, openid: row.given !== null, address: row.address, startedAt: row.started_at, lastUsedAt: row.seen_at,
        endsAt: Math.min(row.started_at + this.#times.wholeMs, row.seen_at + this.#times.idleMs), own: id === own,
      }];
    });
  }

  /** @returns whether there was one */
  revoke(id: string): boolean { return this.#db.statement('DELETE FROM session WHERE id = ?').run(Buffer.from(id, 'base64url')) === 1; }
  /** @returns how many of an account's were open */
  revokeAll(account: string): number {
    const open = this.list(null).filter((one) => one.account === account).length;
    this.#db.statement('DELETE FROM session WHERE account = ?').run(account);
    return open;
  }

  /** @param passive looks without using it: a page that asks by itself must not keep a session open */
  find(token: string, passive: boolean): SessionNow | { readonly expired: string } | null {
    const id = idOf(token);
    const row = this.#db.statement<Row>(`SELECT ${columns} FROM ${joined} WHERE id = ?`).get(id);
    if (row === undefined) return null;
    const now = this.#clock();
    const endsAt = row.started_at + this.#times.wholeMs;
    if (now >= endsAt || now >= row.seen_at + this.#times.idleMs) return { expired: row.account };
    const given = givenOf(row);
    if (given === null) return null;
    const use = !passive && now - row.seen_at >= seenEveryMs;
    if (use) this.#db.statement('UPDATE session SET seen_at = ? WHERE id = ?').run(now, id);
    return {
      caller: { account: row.account, role: given.role, organisation: given.organisation, scope: this.#scopeOf(given) }, given, id: shownId(id), csrf: csrfOf(token),
      passwordMustChange: row.must_change === 1, passwordHere: row.given === null, endsAt, idleEndsAt: Math.min(endsAt, (passive ? row.seen_at : now) + this.#times.idleMs),
    };
  }
}

/** Null: the account went away since. */
function givenOf({ account, given, role, organisation, sources, destinations }: Row): Given | null {
  if (given !== null) return JSON.parse(given) as Given;
  return role === null ? null : { account, role, organisation, sources: JSON.parse(sources ?? '[]') as string[], destinations: JSON.parse(destinations ?? '[]') as string[] };
}

/** An organisation is that of its sources. An account of one that has no source sees no message. */
export function scopeIn(known: readonly { readonly id: string; readonly organisation: string }[]) {
  return ({ organisation, sources, destinations }: AccountScope): Scope => {
    const ofOrganisation = organisation === null ? null : known.filter((one) => one.organisation === organisation).map(({ id }) => id);
    const named = sources.length === 0 ? null : sources;
    return { sources: ofOrganisation === null ? named : named === null ? ofOrganisation : ofOrganisation.filter((id) => named.includes(id)), destinations: destinations.length === 0 ? null : destinations };
  };
}
