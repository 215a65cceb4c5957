/** Places in a queue per stream: what was read in order is committed in order, whatever order the workers finish in. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Takes the next place. Wait for `before`, act, then call `done` (always: a place not given up would stop its stream). */
  enter(stream: string): { readonly before: Promise<void>; done(): void } {
    const before = this.#last.get(stream) ?? Promise.resolve();
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => { release = resolve; });
    this.#last.set(stream, mine);
    return { before, done: () => { release(); if (this.#last.get(stream) === mine) this.#last.delete(stream); } };
  }

  /** When nobody of the stream has a place any more; null when nobody has one now. */
  free(stream: string): Promise<void> | null { return this.#last.get(stream) ?? null; }
}

/** One at a time per key: a second message under the same control id waits until the first one's answer is stored. */
export class OneAtATime {
  readonly #running = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    for (let other = this.#running.get(key); other !== undefined; other = this.#running.get(key)) await other.catch(() => undefined);
    const mine = work();
    this.#running.set(key, mine);
    try { return await mine; } finally { if (this.#running.get(key) === mine) this.#running.delete(key); }
  }
}
