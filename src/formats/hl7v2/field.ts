import { decode } from './charset.ts';
import type { Component, Field, Repetition } from './model.ts';
import { seek, type Mark } from './separators.ts';
import { isNullAt, textOf, type Context } from './text.ts';

/** Ranges between the marks of [from, to); an empty range has no part. */
function split(buffer: Buffer, mark: Mark, from: number, to: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let start = from;
  while (from < to) {
    const stop = seek(buffer, mark, start, to);
    parts.push([start, stop]);
    if (stop >= to) break;
    start = stop + mark.length;
  }
  return parts;
}

/** A field over [from, to). `literal` is MSH-1 and MSH-2, whose characters separate nothing. */
export class FieldView implements Field {
  readonly #context: Context;
  readonly #segment: string;
  readonly #n: number;
  readonly #from: number;
  readonly #to: number;
  readonly #literal: boolean;
  #repetitions: readonly Repetition[] | null = null;

  constructor(context: Context, segment: string, n: number, from: number, to: number, literal: boolean) {
    this.#context = context;
    this.#segment = segment;
    this.#n = n;
    this.#from = from;
    this.#to = to;
    this.#literal = literal;
  }

  get place(): string { return `${this.#segment}-${this.#n}`; }
  get isEmpty(): boolean { return this.#from >= this.#to; }
  get isNull(): boolean { return isNullAt(this.#context.buffer, this.#from, this.#to); }
  get slice(): Uint8Array { return this.#context.buffer.subarray(this.#from, this.#to); }
  get text(): string { return this.repetition(1).text(1); }

  get repetitions(): readonly Repetition[] {
    if (this.#repetitions !== null) return this.#repetitions;
    const { buffer, marks } = this.#context;
    const ranges = this.#literal ? [[this.#from, this.#to] as const] : split(buffer, marks.repetition, this.#from, this.#to);
    const several = ranges.length > 1;
    return (this.#repetitions = ranges.map(([from, to], i) =>
      new RepetitionView(this.#context, several ? `${this.place}(${i + 1})` : this.place, from, to, this.#literal)));
  }

  repetition(n: number): Repetition {
    return this.repetitions[n - 1] ?? new RepetitionView(this.#context, n > 1 ? `${this.place}(${n})` : this.place, this.#to, this.#to, false);
  }
}

class RepetitionView implements Repetition {
  readonly place: string;
  readonly #context: Context;
  readonly #from: number;
  readonly #to: number;
  readonly #literal: boolean;
  #components: readonly Component[] | null = null;

  constructor(context: Context, place: string, from: number, to: number, literal: boolean) {
    this.#context = context;
    this.place = place;
    this.#from = from;
    this.#to = to;
    this.#literal = literal;
  }

  get isEmpty(): boolean { return this.#from >= this.#to; }

  get components(): readonly Component[] {
    if (this.#components !== null) return this.#components;
    const { buffer, marks } = this.#context;
    const ranges = this.#literal ? [[this.#from, this.#to] as const] : split(buffer, marks.component, this.#from, this.#to);
    return (this.#components = ranges.map(([from, to], i) => new ComponentView(this.#context, `${this.place}-${i + 1}`, from, to, this.#literal)));
  }

  component(n: number): Component {
    return this.components[n - 1] ?? new ComponentView(this.#context, `${this.place}-${n}`, this.#to, this.#to, false);
  }

  text(c: number, s = 1): string { return this.component(c).sub(s); }
}

class ComponentView implements Component {
  readonly place: string;
  readonly #context: Context;
  readonly #from: number;
  readonly #to: number;
  readonly #literal: boolean;

  constructor(context: Context, place: string, from: number, to: number, literal: boolean) {
    this.#context = context;
    this.place = place;
    this.#from = from;
    this.#to = to;
    this.#literal = literal;
  }

  get isEmpty(): boolean { return this.#from >= this.#to; }
  get slice(): Uint8Array { return this.#context.buffer.subarray(this.#from, this.#to); }
  get text(): string { return this.sub(1); }
  get subs(): readonly string[] {
    if (this.#literal) return [this.sub(1)];
    return split(this.#context.buffer, this.#context.marks.subcomponent, this.#from, this.#to).map(([from, to]) => textOf(this.#context, from, to));
  }

  sub(n: number): string {
    const { buffer, marks, used } = this.#context;
    if (this.#literal) return n === 1 ? decode(buffer, this.#from, this.#to, used) : '';
    let start = this.#from;
    let stop = seek(buffer, marks.subcomponent, start, this.#to);
    for (let i = 1; i < n; i++) {
      if (stop >= this.#to) return '';
      start = stop + marks.subcomponent.length;
      stop = seek(buffer, marks.subcomponent, start, this.#to);
    }
    return textOf(this.#context, start, stop);
  }
}
