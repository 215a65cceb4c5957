import { setTimeout as wait } from 'node:timers/promises';

/** The directory counts calls by application and by sliding second: a late timer brings two calls nearer to each other. */
const margin = 1.1;

/** At most so many calls a second, evenly (mss.md §5.1). */
export class Pace {
  readonly #everyMs: number;
  #next = 0;
  constructor(perSecond: number) { this.#everyMs = (1000 / perSecond) * margin; }

  /** Waits for its turn. @throws AbortError */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#everyMs;
    if (at > now) await wait(at - now, undefined, { signal });
  }
}
