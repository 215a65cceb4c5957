export interface AdmissionLimits {
  /** Messages between reception and answer, over all listeners. */
  readonly inFlight: number;
  /** A message that waited its turn so long is refused as overloaded. */
  readonly waitMs: number;
  /** Bytes of messages held in memory: arriving, waiting and in flight. */
  readonly bytes: number;
}
interface Waiter { readonly since: number; readonly resolve: (admitted: boolean) => void }

/**
 * Who may hand a message in next. Each turn of the event loop admits at most one message per sender (design.md §4), in
 * rotation, so that a sender in a hurry takes nothing from the others and the work of delivering gets its turns too.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #waiting = new Map<object, Waiter[]>();
  #inFlight = 0;
  #held = 0;
  #turn: NodeJS.Immediate | null = null;
  #sweep: NodeJS.Timeout | null = null;

  constructor(limits: AdmissionLimits) { this.#limits = limits; }

  /** Resolves in order per sender: true, and `leave` must be called once; false when it waited too long. */
  enter(sender: object): Promise<boolean> {
    return new Promise(resolve => {
      const waiter = { since: performance.now(), resolve };
      const queue = this.#waiting.get(sender);
      if (queue) queue.push(waiter); else this.#waiting.set(sender, [waiter]);
      this.#schedule();
    });
  }

  leave(): void { this.#inFlight--; this.#schedule(); }

  /** Accounts for memory; false when the budget is spent, and then nothing was taken. */
  hold(bytes: number): boolean {
    if (this.#held + bytes > this.#limits.bytes) return false;
    this.#held += bytes;
    return true;
  }
  release(bytes: number): void { this.#held -= bytes; }

  #schedule(): void {
    if (this.#waiting.size === 0) return;
    if (this.#inFlight < this.#limits.inFlight) {
      if (this.#turn === null) this.#turn = setImmediate(() => { this.#turn = null; this.#admit(); });
    } else if (this.#sweep === null) {
      this.#sweep = setTimeout(() => { this.#sweep = null; this.#expire(); }, Math.max(5, this.#limits.waitMs / 4)).unref();
    }
  }

  #admit(): void {
    for (const [sender, queue] of [...this.#waiting]) {
      if (this.#inFlight >= this.#limits.inFlight) break;
      const waiter = queue.shift();
      // To the end of the rotation: a turn cut short by the high-water mark goes on with the next sender.
      this.#waiting.delete(sender);
      if (queue.length > 0) this.#waiting.set(sender, queue);
      if (waiter) { this.#inFlight++; waiter.resolve(true); }
    }
    this.#schedule();
  }

  #expire(): void {
    const limit = performance.now() - this.#limits.waitMs;
    for (const [sender, queue] of [...this.#waiting]) {
      while (queue[0] && queue[0].since <= limit) queue.shift()?.resolve(false);
      if (queue.length === 0) this.#waiting.delete(sender);
    }
    this.#schedule();
  }
}
