import type { Receipt } from '../../src/domain/delivery.ts';

const most = 1000;

/**
 * Answers that come after their attempt was given up: the evidence of the evidence window. An answer to anything else
 * (another message, one already answered) says nothing and is only counted.
 */
export class LateAnswers {
  readonly #awaited = new Map<string, Receipt | null>();
  /** Answers that fitted nothing we wait for. */
  unexpected = 0;

  await(controlId: string): void {
    this.#awaited.set(controlId, null);
    const [oldest] = this.#awaited.keys();
    if (this.#awaited.size > most && oldest !== undefined) this.#awaited.delete(oldest);
  }
  came(controlId: string, receipt: Receipt): void {
    if (this.#awaited.get(controlId) === null) this.#awaited.set(controlId, receipt);
    else this.unexpected += 1;
  }
  /** What was said of it meanwhile, once. A late refusal to take it now is no outcome: it may be sent again. */
  take(controlId: string): Receipt | null {
    const receipt = this.#awaited.get(controlId) ?? null;
    this.#awaited.delete(controlId);
    return receipt?.kind === 'delivered' || receipt?.kind === 'refused' ? receipt : null;
  }
}
