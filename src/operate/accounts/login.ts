import { ApiFault } from '../api/fault.ts';
import { Limits } from '../api/limits.ts';
import type { Account } from '../api/contract/accounts.ts';
import type { Accounts } from './accounts.ts';

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/**
 * Attempts to sign in. Somebody who guesses one account's password from one place has 5, then one each half minute; from many
 * places, 50 then one each 10 s; who tries many accounts from one place, 20 then one each 5 s. Whoever is refused for the pace is
 * refused before the password is looked at.
 */
export class Login {
  readonly #accounts: Accounts;
  readonly #pair: Limits;
  readonly #account: Limits;
  readonly #address: Limits;
  constructor(accounts: Accounts, clock: () => number) {
    this.#accounts = accounts;
    this.#pair = new Limits({ perSecond: 1 / 30, burst: 5 }, clock);
    this.#account = new Limits({ perSecond: 1 / 10, burst: 50 }, clock);
    this.#address = new Limits({ perSecond: 1 / 5, burst: 20 }, clock);
  }

  /** @throws ApiFault `api.login-failed`, `api.login-wait` */
  async by(name: string, address: string, attempt: () => Promise<Account | null>): Promise<Account> {
    const pair = `${address} ${name}`;
    const wait = Math.max(this.#pair.enter(pair), this.#account.enter(name), this.#address.enter(address));
    if (wait > 0) throw new ApiFault('api.login-wait', [String(secondsOf(wait))], { retryAfter: secondsOf(wait) });
    const account = await attempt();
    if (account === null) throw new ApiFault('api.login-failed');
    // Who signs in guesses nothing: a ward behind one address must not be kept waiting.
    this.#pair.clear(pair);
    this.#account.giveBack(name);
    this.#address.giveBack(address);
    return account;
  }

  login(name: string, password: string, address: string): Promise<Account> { return this.by(name, address, () => this.#accounts.login(name, password)); }
}
