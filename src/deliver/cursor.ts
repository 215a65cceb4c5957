import type { DeliveryHead } from '../journal/journal.ts';

const pageSize = 256;

/**
 * How far the waiting deliveries of a destination have been looked at, a page at a time. What is offered while the end has
 * been reached needs no reading; what is offered before that will be come to.
 */
export class Cursor {
  readonly #waiting: (after: number, limit: number) => Promise<readonly DeliveryHead[]>;
  #page: readonly DeliveryHead[] = [];
  #at = 0;
  #after = 0;
  /** The highest id ever taken, by page, offer or lane: what lies below may be stale or done. */
  #highest = 0;
  #reading = false;
  #caughtUp = false;
  /** Something was offered that the page being read may not show. */
  #missed = false;

  constructor(waiting: (after: number, limit: number) => Promise<readonly DeliveryHead[]>) { this.#waiting = waiting; }

  /** May there be something waiting that was not come to yet? */
  get pending(): boolean { return this.#at < this.#page.length || !this.#caughtUp; }

  /** Was this id, or one after it, already come to? */
  passed(id: number): boolean { return id <= Math.max(this.#after, this.#highest); }

  /** A delivery beyond the cursor was offered. @returns true when it can be taken at once, nothing lying before it */
  skipTo(id: number, open: boolean): boolean {
    if (this.#caughtUp && open && this.#at >= this.#page.length) { this.#after = id; return true; }
    this.#caughtUp = false;
    this.#missed = true;
    return false;
  }

  reached(id: number): void { this.#highest = Math.max(this.#highest, id); }

  rewind(after: number): void {
    this.#after = Math.min(this.#after, after);
    this.#page = [];
    this.#at = 0;
    this.#caughtUp = false;
    this.#missed = true;
  }

  next(): DeliveryHead | null {
    const head = this.#page[this.#at];
    if (head === undefined) return null;
    this.#at += 1;
    return head;
  }

  /** Reads the next page, unless one is being read or there is none. @returns whether there is something new to look at */
  async read(): Promise<boolean> {
    if (this.#reading || this.#caughtUp) return false;
    this.#reading = true;
    this.#missed = false;
    const from = this.#after;
    try {
      const page = await this.#waiting(from, pageSize);
      // A rewind while reading: what was read is not where it must go on.
      if (this.#after !== from) return true;
      this.#page = page;
      this.#at = 0;
      this.#after = page.at(-1)?.id ?? from;
      this.#caughtUp = page.length < pageSize && !this.#missed;
      return page.length > 0 || !this.#caughtUp;
    } finally {
      this.#reading = false;
    }
  }
}
