/** One at a time, in the order asked: the in-flight window of a connection is 1, so that answers cannot be mistaken. */
export class Turns {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  /** @returns false when the signal fired before the turn came */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (!this.#busy) { this.#busy = true; return true; }
    return new Promise((answer) => {
      const mine = (): void => { signal.removeEventListener('abort', left); answer(true); };
      const left = (): void => { this.#waiting.splice(this.#waiting.indexOf(mine), 1); answer(false); };
      this.#waiting.push(mine);
      signal.addEventListener('abort', left, { once: true });
    });
  }
  done(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false; else next();
  }
}
