import { ApiFault } from '../api/fault.ts';
import { Limits } from '../api/limits.ts';
import type { Account } from '../api/contract/accounts.ts';
import type { Accounts } from './accounts.ts';

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
const dayMs = 86_400_000;
/** Pairs that are remembered: an account's owner comes from a few places. */
const mostKnown = 10_000, knownMs = 30 * dayMs;

/**
 * Attempts to sign in. Somebody who guesses one account's password from one place has 5, then one each half minute; from many
 * places, 50 then one each 10 s; who tries many accounts from one place, 20 then one each 5 s. Whoever is refused for the pace is
 * refused before the password is looked at, and takes no place further on. Where an account signed in from before, only the
 * tries from there count: strangers cannot keep its owner out.
 */
export class Login {
  readonly #accounts: Accounts;
  readonly #clock: () => number;
  readonly #pair: Limits;
  readonly #account: Limits;
  readonly #address: Limits;
  /** Pairs that signed in, with the time; the longest ago first. */
  readonly #known = new Map<string, number>();
  constructor(accounts: Accounts, clock: () => number) {
    this.#accounts = accounts; this.#clock = clock;
    this.#pair = new Limits({ perSecond: 1 / 30, burst: 5 }, clock);
    this.#account = new Limits({ perSecond: 1 / 10, burst: 50 }, clock);
    this.#address = new Limits({ perSecond: 1 / 5, burst: 20 }, clock);
  }

  /** @throws ApiFault `api.login-failed`, `api.login-wait` */
  async by(name: string, address: string, attempt: () => Promise<Account | null>): Promise<Account> {
    const pair = `${address} ${name}`;
    const since = this.#known.get(pair);
    const known = since !== undefined && this.#clock() - since < knownMs;
    const gates: readonly (readonly [Limits, string])[] = known ? [[this.#pair, pair]] : [[this.#pair, pair], [this.#address, address], [this.#account, name]];
    for (const [limits, key] of gates) {
      const wait = limits.enter(key);
      if (wait > 0) throw new ApiFault('api.login-wait', [String(secondsOf(wait))], { retryAfter: secondsOf(wait) });
    }
    const account = await attempt();
    if (account === null) throw new ApiFault('api.login-failed');
    // Who signs in guesses nothing: a ward behind one address must not be kept waiting.
    for (const [limits, key] of gates) limits.giveBack(key);
    this.#pair.clear(pair);
    this.#remember(pair);
    return account;
  }

  login(name: string, password: string, address: string): Promise<Account> { return this.by(name, address, () => this.#accounts.login(name, password)); }

  #remember(pair: string): void {
    this.#known.delete(pair);
    this.#known.set(pair, this.#clock());
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}
