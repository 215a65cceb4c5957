/** So many a second over time, and `burst` at once. */
export interface Limit { readonly perSecond: number; readonly burst: number }

/**
 * The pace of each key (an account, an address), by the generic cell rate algorithm: one number a key. Keys whose pace is
 * caught up are forgotten, so that many addresses do not fill the memory.
 */
export class Limits {
  readonly #limit: Limit;
  readonly #clock: () => number;
  /** When the next request of a key would be due at an exact pace, ms. */
  readonly #due = new Map<string, number>();
  readonly #most: number;

  constructor(limit: Limit, clock: () => number, most = 10_000) { this.#limit = limit; this.#clock = clock; this.#most = most; }

  /** Takes a place. @returns 0 when it may go, else ms to wait, and no place is taken */
  enter(key: string): number {
    const now = this.#clock();
    const interval = 1000 / this.#limit.perSecond;
    const due = Math.max(this.#due.get(key) ?? 0, now);
    const wait = due - (this.#limit.burst - 1) * interval - now;
    if (wait > 0) return wait;
    if (this.#due.size >= this.#most && !this.#due.has(key)) this.#forget(now);
    this.#due.set(key, due + interval);
    return 0;
  }

  /** Gives back everything a key has taken. */
  clear(key: string): void { this.#due.delete(key); }

  /** Gives back the last place a key has taken: it turned out to be none that counts. */
  giveBack(key: string): void {
    const due = this.#due.get(key);
    if (due !== undefined) this.#due.set(key, due - 1000 / this.#limit.perSecond);
  }

  #forget(now: number): void {
    for (const [key, due] of this.#due) if (due <= now) this.#due.delete(key);
    // Still full: the oldest half begins anew, which lets some through rather than grow without end.
    if (this.#due.size >= this.#most) for (const key of [...this.#due.keys()].slice(0, this.#most / 2)) this.#due.delete(key);
  }
}
