import { decode } from './charset.ts';
import type { Component, Field, Repetition } from './model.ts';
import { seek } from './separators.ts';
import { isNullAt, shortLine, type Line } from './text.ts';

/** A field over [from, to). `literal` is MSH-1 and MSH-2, whose characters separate nothing. */
export class FieldView implements Field {
  readonly line: Line;
  readonly literal: boolean;
  readonly #segment: string;
  readonly #n: number;
  readonly #from: number;
  readonly #to: number;
  #repetitions: readonly Repetition[] | null = null;

  constructor(line: Line, segment: string, n: number, from: number, to: number, literal: boolean) {
    this.line = line;
    this.literal = literal;
    this.#segment = segment;
    this.#n = n;
    this.#from = from;
    this.#to = to;
  }

  get place(): string { return `${this.#segment}-${this.#n}`; }
  get isEmpty(): boolean { return this.#from >= this.#to; }
  get isNull(): boolean { return isNullAt(this.line.context.buffer, this.#from, this.#to); }
  get slice(): Uint8Array { return this.line.context.buffer.subarray(this.#from, this.#to); }
  get text(): string { return this.repetition(1).text(1); }
  get repetitions(): readonly Repetition[] { return (this.#repetitions ??= this.#split()); }

  repetition(n: number): Repetition {
    return this.repetitions[n - 1] ?? new RepetitionView(this, n > 1 ? n : 0, this.#to, this.#to);
  }

  #split(): Repetition[] {
    const { buffer, marks: { repetition } } = this.line.context;
    const to = this.#to;
    if (this.#from >= to && !this.literal) return [];
    const first = this.literal ? to : seek(buffer, repetition, this.#from, to);
    if (first >= to) return [new RepetitionView(this, 0, this.#from, to)];
    const found = [new RepetitionView(this, 1, this.#from, first)];
    for (let stop = first; stop < to;) {
      const from = stop + repetition.length;
      stop = seek(buffer, repetition, from, to);
      found.push(new RepetitionView(this, found.length + 1, from, stop));
    }
    return found;
  }
}

/** `rank` is 0 when the field does not repeat. */
class RepetitionView implements Repetition {
  readonly field: FieldView;
  readonly #rank: number;
  readonly #from: number;
  readonly #to: number;
  #components: readonly Component[] | null = null;

  constructor(field: FieldView, rank: number, from: number, to: number) {
    this.field = field;
    this.#rank = rank;
    this.#from = from;
    this.#to = to;
  }

  get place(): string { return this.#rank === 0 ? this.field.place : `${this.field.place}(${this.#rank})`; }
  get isEmpty(): boolean { return this.#from >= this.#to; }
  get components(): readonly Component[] { return (this.#components ??= this.#split()); }

  component(n: number): Component {
    return this.components[n - 1] ?? new ComponentView(this, n, this.#to, this.#to);
  }

  /** Found without making the components, as it is asked most of all; a long repetition is searched once. */
  text(c: number, s = 1): string {
    const { line, literal } = this.field;
    if (literal || this.#components !== null || this.#to - this.#from > shortLine) return this.component(c).sub(s);
    const { buffer, marks } = line.context;
    let from = this.#from;
    let to = seek(buffer, marks.component, from, this.#to);
    for (let i = 1; i < c; i++) {
      if (to >= this.#to) return '';
      from = to + marks.component.length;
      to = seek(buffer, marks.component, from, this.#to);
    }
    return subText(line, from, to, s);
  }

  #split(): Component[] {
    const { buffer, marks: { component } } = this.field.line.context;
    const to = this.#to;
    if (this.#from >= to && !this.field.literal) return [];
    const found: Component[] = [];
    for (let from = this.#from; ;) {
      const stop = this.field.literal ? to : seek(buffer, component, from, to);
      found.push(new ComponentView(this, found.length + 1, from, stop));
      if (stop >= to) return found;
      from = stop + component.length;
    }
  }
}

class ComponentView implements Component {
  readonly #repetition: RepetitionView;
  readonly #n: number;
  readonly #from: number;
  readonly #to: number;

  constructor(repetition: RepetitionView, n: number, from: number, to: number) {
    this.#repetition = repetition;
    this.#n = n;
    this.#from = from;
    this.#to = to;
  }

  get place(): string { return `${this.#repetition.place}-${this.#n}`; }
  get isEmpty(): boolean { return this.#from >= this.#to; }
  get slice(): Uint8Array { return this.#repetition.field.line.context.buffer.subarray(this.#from, this.#to); }
  get text(): string { return this.sub(1); }

  get subs(): readonly string[] {
    const { line, literal } = this.#repetition.field;
    if (literal) return [this.sub(1)];
    const { buffer, marks: { subcomponent } } = line.context;
    const found: string[] = [];
    if (this.isEmpty) return found;
    for (let from = this.#from; ;) {
      const stop = seek(buffer, subcomponent, from, this.#to);
      found.push(line.text(from, stop));
      if (stop >= this.#to) return found;
      from = stop + subcomponent.length;
    }
  }

  sub(n: number): string {
    const { line, literal } = this.#repetition.field;
    if (literal) return n === 1 ? decode(line.context.buffer, this.#from, this.#to, line.context.used) : '';
    return subText(line, this.#from, this.#to, n);
  }
}

/** Text of subcomponent n of the component over [from, to). */
export function subText(line: Line, from: number, to: number, n: number): string {
  const { buffer, marks: { subcomponent } } = line.context;
  let start = from;
  let stop = seek(buffer, subcomponent, start, to);
  for (let i = 1; i < n; i++) {
    if (stop >= to) return '';
    start = stop + subcomponent.length;
    stop = seek(buffer, subcomponent, start, to);
  }
  return line.text(start, stop);
}
