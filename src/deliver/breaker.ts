export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Stops sending to a destination that fails whatever it is given, so that an outage burns no attempts. After `probeMs` one
 * delivery goes; its success closes the breaker, its failure opens it for another `probeMs`.
 */
export class Breaker {
  #failures = 0;
  #openUntil: number | null = null;
  #probing = false;
  readonly #rules: { readonly failures: number; readonly probeMs: number };
  constructor(rules: { readonly failures: number; readonly probeMs: number }) { this.#rules = rules; }

  state(now: number): BreakerState {
    if (this.#openUntil === null) return 'closed';
    return this.#probing || now >= this.#openUntil ? 'half-open' : 'open';
  }

  /** May one more delivery go? When it may only as a probe, nothing else goes until the probe is `over`. */
  mayGo(now: number): boolean {
    if (this.#openUntil === null) return true;
    return !this.#probing && now >= this.#openUntil;
  }

  /** A delivery was taken in hand. */
  started(): void { if (this.#openUntil !== null) this.#probing = true; }
  /** It ended without the partner being asked anything (held, deadline…): that proves nothing either way. */
  unused(): void { this.#probing = false; }

  succeeded(): void { this.#failures = 0; this.#openUntil = null; this.#probing = false; }

  /** @param atOnce a configuration fault: nothing will pass until it is mended */
  failed(now: number, atOnce: boolean): void {
    this.#failures += 1;
    const wasOpen = this.#openUntil !== null;
    this.#probing = false;
    if (atOnce || wasOpen || this.#failures >= this.#rules.failures) this.#openUntil = now + this.#rules.probeMs;
  }

  /** When a probe may go; null when closed. */
  get probeAt(): number | null { return this.#openUntil; }
}
