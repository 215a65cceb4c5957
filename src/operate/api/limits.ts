/** So many a second over time, and `burst` at once. */
export interface Limit { readonly perSecond: number; readonly burst: number }

/** No key of ours is empty. */
const sharedKey = '';

/**
 * The pace of each key (an account, an address), by the generic cell rate algorithm: one number a key. Keys whose pace is
 * caught up are forgotten, so that many addresses do not fill the memory; when it is full of others, new keys share one pace, for
 * whoever brings many keys must not reset another's.
 */
export class Limits {
  readonly #limit: Limit;
  readonly #clock: () => number;
  /** When the next request of a key would be due at an exact pace, ms. */
  readonly #due = new Map<string, number>();
  readonly #most: number;
  #forgotAt = Number.NEGATIVE_INFINITY;

  constructor(limit: Limit, clock: () => number, most = 10_000) { this.#limit = limit; this.#clock = clock; this.#most = most; }

  /** Takes a place. @returns 0 when it may go, else ms to wait, and no place is taken */
  enter(key: string): number {
    const now = this.#clock();
    const interval = 1000 / this.#limit.perSecond;
    const kept = this.#kept(key, now);
    const due = Math.max(this.#due.get(kept) ?? 0, now);
    const wait = due - (this.#limit.burst - 1) * interval - now;
    if (wait > 0) return wait;
    this.#due.set(kept, due + interval);
    return 0;
  }

  /** Gives back everything a key has taken. */
  clear(key: string): void { this.#due.delete(key); }

  /** Gives back the last place a key has taken: it turned out to be none that counts. */
  giveBack(key: string): void {
    const due = this.#due.get(key);
    if (due !== undefined) this.#due.set(key, due - 1000 / this.#limit.perSecond);
  }

  /** The key a pace is kept under. */
  #kept(key: string, now: number): string {
    if (this.#due.size < this.#most || this.#due.has(key)) return key;
    // Looked at whole once a second at most: a flood of keys must not cost more than it does.
    if (now - this.#forgotAt >= 1000) {
      this.#forgotAt = now;
      for (const [one, due] of this.#due) if (due <= now) this.#due.delete(one);
    }
    return this.#due.size < this.#most ? key : sharedKey;
  }
}
