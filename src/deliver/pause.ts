import { Stopping } from '../domain/stopping.ts';
import { JournalFault } from '../journal/journal.ts';
import type { Alarm } from './alarm.ts';

const firstMs = 250;
const longestMs = 15_000;

/** What the journal would refuse again, whatever its disk does: a misplaced call, or a row that cannot be read. Only that lane waits. */
const misplaced: ReadonlySet<string> = new Set(['journal.corrupt', 'journal.wrong-key', 'journal.misuse', 'journal.unknown', 'journal.final', 'journal.in-flight', 'journal.not-waiting', 'journal.frozen', 'journal.asked-since']);

/** The journal itself cannot write or read now. */
export const isTrouble = (error: unknown): error is JournalFault => error instanceof JournalFault && !misplaced.has(error.code);

/**
 * A journal that refuses (disk full, read-only) pauses all sending: an attempt that cannot be journaled must not leave
 * (invariants 1, 8). It resumes by itself, trying again after a growing wait.
 */
export class Pause {
  readonly #alarm: Alarm;
  readonly #resumed: () => void;
  readonly #told: (code: string) => void;
  readonly #waiting = new Set<{ go: () => void; leave: (why: Stopping) => void }>();
  #cancel: (() => void) | null = null;
  #ms = firstMs;
  #stopped = false;

  constructor(alarm: Alarm, resumed: () => void, told: (code: string) => void) {
    this.#alarm = alarm;
    this.#resumed = resumed;
    this.#told = told;
  }

  get paused(): boolean { return this.#cancel !== null; }

  because(error: unknown): void {
    if (this.#cancel !== null || this.#stopped) return;
    this.#told(error instanceof JournalFault ? error.code : error instanceof Error ? error.name : 'unknown');
    this.#cancel = this.#alarm(this.#ms, () => { this.#resume(); });
    this.#ms = Math.min(this.#ms * 2, longestMs);
  }

  /** The journal wrote: the next refusal starts from the shortest wait again. */
  wrote(): void { this.#ms = firstMs; }

  /** Does it until the journal takes it: for an outcome that must not be forgotten. @throws Stopping */
  async until<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const written = await write();
        this.wrote();
        return written;
      } catch (error) {
        if (!isTrouble(error)) throw error;
        this.because(error);
      }
      await this.#over();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
    for (const one of this.#waiting) one.leave(new Stopping('the engine is stopping'));
    this.#waiting.clear();
  }

  #over(): Promise<void> {
    if (this.#stopped) return Promise.reject(new Stopping('the engine is stopping'));
    if (this.#cancel === null) return Promise.resolve();
    return new Promise((go, leave) => { this.#waiting.add({ go, leave }); });
  }

  #resume(): void {
    this.#cancel = null;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const one of waiting) one.go();
    this.#resumed();
  }
}
