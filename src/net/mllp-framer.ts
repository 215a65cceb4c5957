import { Pieces } from './pieces.ts';

const VT = 0x0b, FS = 0x1c, CR = 0x0d, LF = 0x0a, SP = 0x20;
const loneFs = Uint8Array.of(FS);
const restart = Buffer.from('\x0bMSH|');
/** What is kept of a frame that is not: enough for MSH-10. */
const headBytes = 1024;

/**
 * What a stream of bytes was found to hold, in order. `garbage` is what stood between two frames, white space apart.
 * `skipped` is a frame over the size cap (or refused for want of memory): only its head was kept.
 * `truncated` is a frame that never ended: the peer closed, or started the next one inside it.
 */
export type Framed =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'skipped'; readonly why: 'size' | 'memory'; readonly head: Uint8Array; readonly size: number }
  | { readonly kind: 'truncated'; readonly head: Uint8Array; readonly size: number }
  | { readonly kind: 'garbage'; readonly size: number };

/**
 * MLLP (HL7 v2.5 Appendix C): 0x0B, the message, 0x1C 0x0D. Strictly linear in the bytes given, however they are cut.
 * A message is free of control characters but CR, so that 0x1C before 0x0A or 0x0B ends it too; before anything else
 * it is a damaged message's own byte, and the frame goes on: ending it there could pass half a message as a whole one.
 */
export class Framer {
  readonly #maxBytes: number;
  readonly #headBytes: number;
  #state: 'between' | 'frame' | 'separator' = 'between';
  readonly #pieces = new Pieces();
  #skipping: { readonly why: 'size' | 'memory'; readonly head: Uint8Array; size: number } | null = null;
  #garbage = 0;

  constructor(maxBytes: number) { this.#maxBytes = maxBytes; this.#headBytes = Math.min(headBytes, maxBytes); }

  push(chunk: Uint8Array): Framed[] {
    const found: Framed[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.#state === 'between') {
        const start = chunk.indexOf(VT, at);
        const until = start < 0 ? chunk.length : start;
        for (; at < until; at++) { const byte = chunk[at]; if (byte !== CR && byte !== LF && byte !== SP) this.#garbage++; }
        if (start >= 0) { at++; this.#reportGarbage(found); this.#state = 'frame'; }
      } else if (this.#state === 'frame') {
        const end = chunk.indexOf(FS, at);
        this.#keep(chunk.subarray(at, end < 0 ? chunk.length : end));
        if (end < 0) break;
        this.#state = 'separator';
        at = end + 1;
      } else {
        const next = chunk[at];
        if (next === CR || next === LF || next === VT) {
          this.#finish(found);
          if (next !== VT) at++;
        } else { this.#keep(loneFs); this.#state = 'frame'; }
      }
    }
    return found;
  }

  /** 0x1C was the last byte and nothing followed for a while: the peer leaves 0x0D out, and waits for its answer. */
  settle(): Framed[] {
    const found: Framed[] = [];
    if (this.#state === 'separator') this.#finish(found);
    return found;
  }

  /** The stream ended. */
  end(): Framed[] {
    const found = this.settle();
    if (this.#state === 'frame') {
      const { head, size } = this.#cut();
      found.push({ kind: 'truncated', head, size });
      this.#state = 'between';
    }
    this.#reportGarbage(found);
    return found;
  }

  /** Gives the memory of the frame in progress back; its end is still awaited, and reported as `skipped`. */
  skip(why: 'memory' | 'size'): void {
    if (this.#skipping || this.#state === 'between') return;
    const size = this.#pieces.size;
    this.#skipping = { why, head: this.#pieces.cutTo(this.#headBytes), size };
  }

  /** Bytes held in memory for the frame in progress. */
  get held(): number { return this.#pieces.size; }
  /** Bytes seen of the frame in progress; null between frames. */
  get partial(): number | null { return this.#state === 'between' ? null : this.#skipping?.size ?? this.#pieces.size; }
  /** The frame in progress ended with 0x1C and waits for 0x0D. */
  get endingOpen(): boolean { return this.#state === 'separator'; }

  #keep(slice: Uint8Array): void {
    if (this.#skipping) { this.#skipping.size += slice.length; return; }
    this.#pieces.add(slice);
    if (this.#pieces.size > this.#maxBytes) this.skip('size');
  }

  #cut(): { head: Uint8Array; size: number } {
    const { size } = this.#pieces;
    const cut = this.#skipping ?? { head: this.#pieces.cutTo(this.#headBytes), size };
    this.#skipping = null;
    return { head: cut.head, size: cut.size };
  }

  #finish(found: Framed[]): void {
    this.#state = 'between';
    if (this.#skipping) {
      const { why } = this.#skipping;
      found.push({ kind: 'skipped', why, ...this.#cut() });
      return;
    }
    let bytes = this.#pieces.take();
    // A peer that broke off and began again on the same connection: the two must not be read as one message, which would
    // mix two patients. A bare 0x0B is left alone: texts pasted from word processors have it.
    const again = bytes.includes(VT) ? bytes.lastIndexOf(restart) : -1;
    if (again >= 0) {
      if (again > 0) found.push({ kind: 'truncated', head: Uint8Array.from(bytes.subarray(0, Math.min(again, this.#headBytes))), size: again });
      const kept = Buffer.allocUnsafeSlow(bytes.length - again - 1);
      bytes.copy(kept, 0, again + 1);
      bytes = kept;
    }
    found.push({ kind: 'frame', bytes });
  }

  #reportGarbage(found: Framed[]): void {
    if (this.#garbage > 0) found.push({ kind: 'garbage', size: this.#garbage });
    this.#garbage = 0;
  }
}

/** 0x0B, the message, 0x1C 0x0D. */
export function framed(bytes: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(bytes.length + 3);
  frame[0] = 0x0b;
  frame.set(bytes, 1);
  frame[frame.length - 2] = 0x1c;
  frame[frame.length - 1] = 0x0d;
  return frame;
}
