import { decode } from './charset.ts';
import { unescape } from './escape.ts';
import { FieldView, subText } from './field.ts';
import type { Field, Segment, Separators, Written } from './model.ts';
import { seek } from './separators.ts';
import { Line, placeOf, type Context } from './text.ts';

const upTo = (text: string, mark: string): string => {
  const end = text.indexOf(mark);
  return end < 0 ? text : text.slice(0, end);
};

/** First repetition, component c, first subcomponent of a field, still escaped; the null `""` has no text. */
function leafOf(field: string, c: number, { repetition, component, subcomponent }: Separators): string {
  if (field === '') return '';
  const first = upTo(field, repetition);
  const leaf = upTo(c === 1 ? upTo(first, component) : first.split(component)[c - 1] ?? '', subcomponent);
  return leaf === '""' ? '' : leaf;
}

/** A segment over [start, end) of the message. Its field offsets are looked for at the first question. */
export class SegmentView implements Segment {
  readonly name: string;
  readonly rank: number;
  readonly index: number;
  readonly #line: Line;
  #place = '';
  #starts: number[] | null = null;
  #written: Written | null | undefined = undefined;
  readonly #fields: (Field | undefined)[] = [];

  constructor(context: Context, name: string, rank: number, index: number, start: number, end: number) {
    this.name = name;
    this.rank = rank;
    this.index = index;
    this.#line = new Line(context, start, end);
  }

  get place(): string { return (this.#place ||= placeOf(this.#line.context.counts, this.name, this.rank)); }
  get slice(): Uint8Array { return this.#line.context.buffer.subarray(this.#line.start, this.#line.end); }
  get written(): Written | null {
    if (this.#written !== undefined) return this.#written;
    const line = this.#line.whole;
    return (this.#written = line === null ? null : { line, fields: line.split(this.#line.context.separators.field) });
  }

  get size(): number { return this.#offsets().length - 2; }

  field(n: number): Field {
    const known = this.#fields[n];
    if (known !== undefined) return known;
    const [from, to] = this.#range(n);
    const field = new FieldView(this.#line, this.place, n, from, to, this.name === 'MSH' && n <= 2);
    return (this.#fields[n] = field);
  }

  text(n: number, c = 1): string {
    const { buffer, marks, used, separators } = this.#line.context;
    // The fields of MSH are numbered from its separator on.
    const written = this.name === 'MSH' ? null : this.written;
    if (written !== null && n > 0) return unescape(leafOf(written.fields[n] ?? '', c, separators), separators, used);
    const [from, to] = this.#range(n);
    if (from >= to) return '';
    if (this.name === 'MSH' && n <= 2) return c === 1 ? decode(buffer, from, to, used) : '';
    const end = seek(buffer, marks.repetition, from, to);
    let start = from;
    let stop = seek(buffer, marks.component, start, end);
    for (let i = 1; i < c; i++) {
      if (stop >= end) return '';
      start = stop + marks.component.length;
      stop = seek(buffer, marks.component, start, end);
    }
    return subText(this.#line, start, stop, 1);
  }

  #range(n: number): readonly [number, number] {
    const starts = this.#offsets();
    const from = starts[n];
    const next = starts[n + 1];
    if (n < 1 || from === undefined || next === undefined) return [this.#line.end, this.#line.end];
    // MSH-1 is the separator itself: nothing stands between it and MSH-2.
    return [from, this.name === 'MSH' && n === 1 ? next : next - this.#line.context.marks.field.length];
  }

  /** starts[n] is where field n begins; the last entry is where the field after the last one would begin. */
  #offsets(): number[] {
    if (this.#starts !== null) return this.#starts;
    const { context: { buffer, marks: { field } }, start, end } = this.#line;
    const starts = [start];
    let at = start + 3;
    if (this.name === 'MSH' && at < end) starts.push(at);
    while (at < end) {
      at += field.length;
      starts.push(at);
      at = seek(buffer, field, at, end);
    }
    starts.push(end + field.length);
    return (this.#starts = starts);
  }
}
