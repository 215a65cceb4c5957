/** Who may speak: at most so many at once, in the order they asked. */
export class Turns {
  readonly #most: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];
  constructor(most: number) { this.#most = most; }

  /** Resolves to false when the signal fires first; only who got a turn gives it back with `done`. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#taken < this.#most) { this.#taken += 1; return true; }
    return new Promise((resolve) => {
      const mine = (): void => { signal.removeEventListener('abort', givenUp); resolve(true); };
      const givenUp = (): void => { this.#waiting.splice(this.#waiting.indexOf(mine), 1); resolve(false); };
      signal.addEventListener('abort', givenUp, { once: true });
      this.#waiting.push(mine);
    });
  }
  done(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1; else next();
  }
}
