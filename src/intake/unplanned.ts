/**
 * Sequence numbers of each source that are stored but have no plan yet. A delivery may not be claimed while a lower one of
 * its source is among them: its plan could still concern the same patient (invariant 6).
 */
export class Unplanned {
  readonly #open = new Map<string, Set<number>>();
  readonly #removed: (source: string) => void;

  /** @param removed told when one of a source got its plan or failed: what was held back for it must be looked at again */
  constructor(removed: (source: string) => void = () => undefined) { this.#removed = removed; }

  add(source: string, seq: number): void {
    const open = this.#open.get(source) ?? new Set<number>();
    open.add(seq);
    this.#open.set(source, open);
  }

  remove(source: string, seq: number): void {
    const open = this.#open.get(source);
    open?.delete(seq);
    if (open?.size === 0) this.#open.delete(source);
    this.#removed(source);
  }

  before(source: string, seq: number): boolean {
    for (const one of this.#open.get(source) ?? []) if (one < seq) return true;
    return false;
  }
}
