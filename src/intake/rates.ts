/** What a source may send: so many messages a second over time, and `burst` at once. */
export interface RateLimit { readonly perSecond: number; readonly burst: number }
/** `null`: it may go now, or may after the wait. Else how long it would have had to wait, ms. */
export type Paced = number | null;

/**
 * The pace of each source that has a limit (design.md §7). Who goes faster waits its turn, in order, so that its connection
 * fills and is read no more; a turn too far away is refused, and takes no place. Nothing is lost: what is refused was not
 * answered AA.
 */
export class Rates {
  readonly #limits: ReadonlyMap<string, RateLimit>;
  readonly #told: (source: string, what: 'delayed' | 'refused') => void;
  readonly #now: () => number;
  /** When the next message of a source would be due, were it to keep its pace exactly (generic cell rate algorithm). */
  readonly #due = new Map<string, number>();
  /** The last of a source that waits: the next one goes after it, whatever the timers do. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(limits: ReadonlyMap<string, RateLimit>, told: (source: string, what: 'delayed' | 'refused') => void, now: () => number = () => performance.now()) {
    this.#limits = limits; this.#told = told; this.#now = now;
  }

  has(source: string): boolean { return this.#limits.has(source); }

  /** @param mostMs the longest it may be made to wait */
  async enter(source: string, mostMs: number): Promise<Paced> {
    const limit = this.#limits.get(source);
    if (limit === undefined) return null;
    const interval = 1000 / limit.perSecond;
    const now = this.#now();
    const due = Math.max(this.#due.get(source) ?? 0, now);
    const wait = due - (limit.burst - 1) * interval - now;
    if (wait > mostMs) { this.#told(source, 'refused'); return wait; }
    this.#due.set(source, due + interval);
    const before = this.#last.get(source);
    if (wait <= 0 && before === undefined) return null;
    this.#told(source, 'delayed');
    const until = now + wait;
    const mine = Promise.resolve(before).then(() => new Promise<void>((go) => { setTimeout(go, Math.max(0, until - this.#now())); }));
    this.#last.set(source, mine);
    await mine;
    if (this.#last.get(source) === mine) this.#last.delete(source);
    return null;
  }
}
