/** Things that come due, earliest first: a binary heap, so that a hundred thousand blocked lanes cost one timer. */
export class Due<T> {
  readonly #heap: { at: number; item: T }[] = [];

  add(at: number, item: T): void {
    const heap = this.#heap;
    let child = heap.push({ at, item }) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#at(parent) <= at) break;
      this.#swap(parent, child);
      child = parent;
    }
  }

  /** When the earliest comes due; null when there is nothing. */
  get earliest(): number | null { return this.#heap[0]?.at ?? null; }

  /** Takes the earliest out when it is due. */
  take(now: number): { readonly at: number; readonly item: T } | null {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.at > now) return null;
    const last = heap.pop();
    if (last !== undefined && last !== first) { heap[0] = last; this.#sink(); }
    return first;
  }

  #sink(): void {
    const size = this.#heap.length;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      if (left >= size) return;
      const child = left + 1 < size && this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(parent) <= this.#at(child)) return;
      this.#swap(parent, child);
      parent = child;
    }
  }
  #at(index: number): number { return this.#heap[index]?.at ?? Infinity; }
  #swap(a: number, b: number): void {
    const x = this.#heap[a], y = this.#heap[b];
    if (x !== undefined && y !== undefined) { this.#heap[a] = y; this.#heap[b] = x; }
  }
}
