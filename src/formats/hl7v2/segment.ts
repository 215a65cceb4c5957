import { decode } from './charset.ts';
import { FieldView } from './field.ts';
import type { Field, Segment } from './model.ts';
import { seek } from './separators.ts';
import { placeOf, textOf, type Context } from './text.ts';

/** A segment over [start, end) of the message. Its field offsets are looked for at the first question. */
export class SegmentView implements Segment {
  readonly name: string;
  readonly rank: number;
  readonly index: number;
  readonly #context: Context;
  readonly #start: number;
  readonly #end: number;
  #starts: number[] | null = null;
  readonly #fields: (Field | undefined)[] = [];

  constructor(context: Context, name: string, rank: number, index: number, start: number, end: number) {
    this.#context = context;
    this.name = name;
    this.rank = rank;
    this.index = index;
    this.#start = start;
    this.#end = end;
  }

  get place(): string { return placeOf(this.#context.counts, this.name, this.rank); }
  get slice(): Uint8Array { return this.#context.buffer.subarray(this.#start, this.#end); }
  get size(): number { return this.#offsets().length - 2; }

  field(n: number): Field {
    const known = this.#fields[n];
    if (known !== undefined) return known;
    const [from, to] = this.#range(n);
    const field = new FieldView(this.#context, this.place, n, from, to, this.name === 'MSH' && n <= 2);
    return (this.#fields[n] = field);
  }

  text(n: number, c = 1): string {
    const { buffer, marks } = this.#context;
    const [from, to] = this.#range(n);
    if (from >= to) return '';
    if (this.name === 'MSH' && n <= 2) return c === 1 ? decode(buffer, from, to, this.#context.used) : '';
    const end = seek(buffer, marks.repetition, from, to);
    let start = from;
    let stop = seek(buffer, marks.component, start, end);
    for (let i = 1; i < c; i++) {
      if (stop >= end) return '';
      start = stop + marks.component.length;
      stop = seek(buffer, marks.component, start, end);
    }
    return textOf(this.#context, start, seek(buffer, marks.subcomponent, start, stop));
  }

  #range(n: number): readonly [number, number] {
    const starts = this.#offsets();
    const from = starts[n];
    const next = starts[n + 1];
    if (n < 1 || from === undefined || next === undefined) return [this.#end, this.#end];
    // MSH-1 is the separator itself: nothing stands between it and MSH-2.
    return [from, this.name === 'MSH' && n === 1 ? next : next - this.#context.marks.field.length];
  }

  /** starts[n] is where field n begins; the last entry is where the field after the last one would begin. */
  #offsets(): number[] {
    if (this.#starts !== null) return this.#starts;
    const { buffer, marks: { field } } = this.#context;
    const starts = [this.#start];
    let at = this.#start + 3;
    if (this.name === 'MSH' && at < this.#end) starts.push(at);
    while (at < this.#end) {
      at += field.length;
      starts.push(at);
      at = seek(buffer, field, at, this.#end);
    }
    starts.push(this.#end + field.length);
    return (this.#starts = starts);
  }
}
