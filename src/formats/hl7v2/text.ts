import { decode, type Used } from './charset.ts';
import { unescape } from './escape.ts';
import type { Separators } from './model.ts';
import { areAscii, type Marks } from './separators.ts';

/** What every view of one message shares. */
export interface Context {
  readonly buffer: Buffer;
  readonly marks: Marks;
  readonly separators: Separators;
  readonly used: Used;
  /** Segments of each name: a place is `OBX[2]` only when there are several. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Lines up to this many bytes are made a string at the first question; in a longer one each text is decoded when it is asked for. */
export const shortLine = 4096;
const outsideAscii = /[\x80-\xff]/;

/**
 * The texts of one segment, which lies in [start, end) of the message. Most texts are a few bytes of a short line: they are cut
 * from one string of it, byte for character, as a call to the decoder for each would cost more than the rest of reading.
 */
export class Line {
  readonly context: Context;
  readonly start: number;
  readonly end: number;
  #bytes: string | null = null;
  #isAscii = false;
  /** Neither accent nor escape anywhere: what is cut is the text. */
  #isPlain = false;

  constructor(context: Context, start: number, end: number) {
    this.context = context;
    this.start = start;
    this.end = end;
  }

  /** Decoded and unescaped text of [from, to); the HL7 null `""` has no text. */
  text(from: number, to: number): string {
    const { buffer, used, separators } = this.context;
    if (from >= to || isNullAt(buffer, from, to)) return '';
    if (this.end - this.start > shortLine) return unescape(decode(buffer, from, to, used), separators, used);
    const cut = (this.#bytes ?? this.#read()).substring(from - this.start, to - this.start);
    if (this.#isPlain) return cut;
    return unescape(outsideAscii.test(cut) ? decode(buffer, from, to, used) : cut, separators, used);
  }

  /** The whole line decoded, still escaped; null when it is long, or when a separator is no ASCII and must be looked for in the bytes. */
  get whole(): string | null {
    const { buffer, used, marks } = this.context;
    if (this.end - this.start > shortLine || !areAscii(marks)) return null;
    const line = this.#bytes ?? this.#read();
    return this.#isAscii ? line : decode(buffer, this.start, this.end, used);
  }

  #read(): string {
    const line = this.context.buffer.toString('latin1', this.start, this.end);
    this.#isAscii = !outsideAscii.test(line);
    this.#isPlain = this.#isAscii && !line.includes(this.context.separators.escape);
    return (this.#bytes = line);
  }
}

export const isNullAt = (buffer: Buffer, from: number, to: number): boolean =>
  to - from === 2 && buffer[from] === 0x22 && buffer[from + 1] === 0x22;

/** `PID`, or `OBX[2]` when the message has several of that name. */
export const placeOf = (counts: ReadonlyMap<string, number>, name: string, rank: number): string =>
  ((counts.get(name) ?? 0) > 1 ? `${name}[${rank}]` : name);
