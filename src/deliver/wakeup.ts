import type { Clock } from '../domain/clock.ts';
import type { Alarm } from './alarm.ts';

/** The one timer of a destination: set to the earliest thing that comes due. */
export class Wakeup {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #ring: () => void;
  #cancel: (() => void) | null = null;
  #at = Infinity;

  constructor(clock: Clock, alarm: Alarm, ring: () => void) { this.#clock = clock; this.#alarm = alarm; this.#ring = ring; }

  /** Rings no later than this; null: nothing comes due. */
  at(moment: number | null): void {
    if (moment === null || moment === Infinity || (this.#cancel !== null && this.#at <= moment)) return;
    this.clear();
    this.#at = moment;
    this.#cancel = this.#alarm(Math.max(0, moment - this.#clock()), () => { this.#cancel = null; this.#at = Infinity; this.#ring(); });
  }

  clear(): void { this.#cancel?.(); this.#cancel = null; this.#at = Infinity; }
}
