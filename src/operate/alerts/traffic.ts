import { isHoliday, sunday, weekday, type Day } from './calendar.ts';
import { quartersOfDay, type Quarter } from './local-quarter.ts';

/** Weeks that are looked back at; one more is kept, so that a public holiday among them finds its replacement. */
export const weeksKept = 9;
const mostSamples = 8;

const dayOf = (quarter: Quarter): Day => Math.floor(quarter / quartersOfDay);

/** How many messages a source sent in each quarter hour of the last weeks. */
export class Traffic {
  readonly #counts = new Map<Quarter, number>();
  #first: Quarter | null = null;
  #last: Quarter | null = null;
  /** Not yet written to the disk. */
  #fresh = new Set<Quarter>();

  /** As read back from the disk. */
  restore(quarter: Quarter, count: number): void {
    this.#counts.set(quarter, count);
    this.#first = Math.min(this.#first ?? quarter, quarter);
    this.#last = Math.max(this.#last ?? quarter, quarter);
  }

  add(quarter: Quarter, messages = 1): void {
    this.restore(quarter, this.at(quarter) + messages);
    this.#fresh.add(quarter);
  }

  at(quarter: Quarter): number { return this.#counts.get(quarter) ?? 0; }
  get first(): Quarter | null { return this.#first; }
  get last(): Quarter | null { return this.#last; }

  /** What changed since it was asked last. */
  fresh(): (readonly [Quarter, number])[] {
    const rows = [...this.#fresh].map((quarter) => [quarter, this.at(quarter)] as const);
    this.#fresh = new Set();
    return rows;
  }

  /** The disk did not take them: they are given again. */
  unsaved(rows: readonly (readonly [Quarter, number])[]): void { for (const [quarter] of rows) this.#fresh.add(quarter); }

  /** Drops what is older than the weeks kept. */
  forget(now: Quarter): void {
    const before = now - weeksKept * 7 * quartersOfDay;
    for (const quarter of this.#counts.keys()) if (quarter < before) this.#counts.delete(quarter);
    if (this.#first !== null) this.#first = Math.max(this.#first, before);
  }

  /**
   * The past days that were like this one, newest first, eight at most: the same weekday, public holidays apart; for a holiday,
   * Sundays and other holidays. The day on which the source was first heard is not whole, and is none of them.
   */
  like(day: Day): Day[] {
    if (this.#first === null) return [];
    const since = dayOf(this.#first);
    const idle = (one: Day): boolean => weekday(one) === sunday || isHoliday(one);
    const found: Day[] = [];
    const holiday = isHoliday(day) && weekday(day) !== sunday;
    for (let one = holiday ? day - 1 : day - 7; one > since && found.length < mostSamples; one -= holiday ? 1 : 7) {
      if (holiday ? idle(one) : weekday(one) === sunday || !isHoliday(one)) found.push(one);
    }
    return found;
  }
}
