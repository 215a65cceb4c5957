/** A slice shorter than this is copied together with its neighbours: a peer that drips bytes must not cost an object each. */
const small = 4096;
const block = 8192;

/** The bytes of a frame as they arrive: slices are kept, not copied, until the frame is whole. Linear in their sum. */
export class Pieces {
  #slices: Uint8Array[] = [];
  /** The last slice, when it is a block of our own with room left: the bytes used of it. */
  #used = -1;
  size = 0;

  add(slice: Uint8Array): void {
    if (slice.length === 0) return;
    this.size += slice.length;
    if (slice.length >= small) { this.#close(); this.#slices.push(slice); return; }
    let last = this.#used < 0 ? undefined : this.#slices.at(-1);
    if (last === undefined || this.#used + slice.length > last.length) {
      this.#close();
      // A first small slice is nearly always a whole message: a block is only made when a second one comes.
      if (this.#slices.length === 0) { this.#slices.push(slice); return; }
      last = new Uint8Array(block);
      this.#slices.push(last);
      this.#used = 0;
    }
    last.set(slice, this.#used);
    this.#used += slice.length;
  }

  /** Everything in one buffer of its own (it may be transferred to a worker), and starts again empty. */
  take(): Buffer {
    this.#close();
    const whole = Buffer.allocUnsafeSlow(this.size);
    let at = 0;
    for (const slice of this.#slices) { whole.set(slice, at); at += slice.length; }
    this.#slices = [];
    this.size = 0;
    return whole;
  }

  /** Forgets everything but a copy of the first `length` bytes. */
  cutTo(length: number): Uint8Array {
    this.#close();
    const head = new Uint8Array(Math.min(length, this.size));
    let at = 0;
    for (const slice of this.#slices) {
      if (at === head.length) break;
      const part = slice.subarray(0, head.length - at);
      head.set(part, at);
      at += part.length;
    }
    this.#slices = [];
    this.size = 0;
    return head;
  }

  #close(): void {
    const last = this.#slices.at(-1);
    if (this.#used >= 0 && last) this.#slices[this.#slices.length - 1] = last.subarray(0, this.#used);
    this.#used = -1;
  }
}
