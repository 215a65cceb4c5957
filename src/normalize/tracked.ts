import { dateTime } from './datatypes/date-time.ts';
import { partialDate } from './datatypes/partial-date.ts';
import type { Component, Field, Hl7Message, Repetition, Segment } from '../formats/hl7v2/model.ts';

/** One leaf of a segment in a small integer; what does not fit is never counted as read, so it is reported as lost. */
const leaf = (field: number, repetition: number, component: number, sub: number): number =>
  field < 256 && repetition < 256 && component < 64 && sub < 32 ? (((field * 256 + repetition) * 64 + component) * 32) + sub : -1;

/**
 * A segment read with accounts kept: `text` counts a value as carried into the Bundle, `peek` only looks at it.
 * What nobody carried is the loss report (loss.ts), and the deletion test holds the mappers to it.
 */
export class Tracked {
  readonly segment: Segment;
  readonly #read = new Set<number>();
  readonly #whole = new Set<number>();
  /** Fields that should hold a date and do not. */
  readonly strange = new Set<number>();

  constructor(segment: Segment) { this.segment = segment; }

  get name(): string { return this.segment.name; }
  get place(): string { return this.segment.place; }
  /** Place of a field: `OBX[2]-5`. */
  at(n: number): string { return `${this.segment.place}-${n}`; }

  peek(n: number, c = 1): string { return this.segment.text(n, c); }

  /** First repetition, component c, first subcomponent. */
  text(n: number, c = 1): string {
    const text = this.segment.text(n, c);
    if (text !== '') this.#read.add(leaf(n, 1, c, 1));
    return text;
  }

  /** Field n as a FHIR dateTime, a time without offset read in the zone; '' and a note for the findings when it is none. */
  time(zone: string, n: number): string { return this.#moment(n, dateTime(this.peek(n), zone)); }

  /** Field n as a FHIR date. */
  date(n: number): string { return this.#moment(n, partialDate(this.peek(n))); }

  #moment(n: number, made: string): string {
    if (made !== '') this.#read.add(leaf(n, 1, 1, 1));
    else if (this.peek(n) !== '') this.strange.add(n);
    return made;
  }

  /** The field is exactly `""`: the sender deletes the value. Counts as read: the caller carries the deletion. */
  isNull(n: number): boolean {
    const field = this.segment.field(n);
    if (field.isEmpty || !field.isNull) return false;
    this.#whole.add(n);
    return true;
  }

  /** Valued repetitions, to be read one by one. */
  parts(n: number): Part[] {
    const field = this.segment.field(n);
    if (field.isEmpty || field.isNull) return [];
    return field.repetitions.flatMap((repetition, i) => repetition.isEmpty ? [] : [new Part(this, n, i + 1, repetition)]);
  }

  part(n: number): Part | null { return this.parts(n)[0] ?? null; }

  /** The received bytes of a field as a key for what the message repeats word for word. */
  raw(n: number): string {
    const { slice } = this.segment.field(n);
    return Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength).toString('latin1');
  }

  /** The whole field is carried, whatever it holds. */
  carry(n: number): void { this.#whole.add(n); }

  mark(field: number, repetition: number, component: number, sub: number): void { this.#read.add(leaf(field, repetition, component, sub)); }
  isWhole(n: number): boolean { return this.#whole.has(n); }
  isRead(field: number, repetition: number, component: number, sub: number): boolean { return this.#read.has(leaf(field, repetition, component, sub)); }
  field(n: number): Field { return this.segment.field(n); }
}

/** One repetition of a field, read the same way. */
export class Part {
  readonly #of: Tracked;
  readonly #field: number;
  readonly #rank: number;
  readonly #repetition: Repetition;

  constructor(of: Tracked, field: number, rank: number, repetition: Repetition) {
    this.#of = of;
    this.#field = field;
    this.#rank = rank;
    this.#repetition = repetition;
  }

  /** The untracked repetition, to look at. */
  get repetition(): Repetition { return this.#repetition; }
  get place(): string { return this.#repetition.place; }
  get size(): number { return this.#repetition.components.length; }
  peek(c: number, s = 1): string { return this.#repetition.text(c, s); }
  component(c: number): Component { return this.#repetition.component(c); }

  text(c: number, s = 1): string {
    const text = this.#repetition.text(c, s);
    if (text !== '') this.#of.mark(this.#field, this.#rank, c, s);
    return text;
  }

  /** Component c as a FHIR dateTime; what is none stays unread, and is reported as lost. */
  time(zone: string, c: number, s = 1): string {
    const made = dateTime(this.peek(c, s), zone);
    if (made !== '') this.#of.mark(this.#field, this.#rank, c, s);
    return made;
  }

  /** Every subcomponent of a component, as one text: an address line, a comment. */
  line(c: number): string {
    const component = this.#repetition.component(c);
    if (component.isEmpty) return '';
    component.subs.forEach((_, i) => this.#of.mark(this.#field, this.#rank, c, i + 1));
    return component.subs.filter(sub => sub !== '').join(' ');
  }

  /** Whether every leaf has been read. */
  get isCarried(): boolean {
    return this.#repetition.components.every((component, i) => component.isEmpty
      || component.subs.every((sub, j) => sub === '' || this.#of.isRead(this.#field, this.#rank, i + 1, j + 1)));
  }

  /** Every component, as one text in HL7 writing: nothing of it may be lost. */
  all(): string {
    const texts: string[] = [];
    for (let c = 1; c <= this.size; c++) {
      const { subs } = this.#repetition.component(c);
      subs.forEach((_, i) => this.#of.mark(this.#field, this.#rank, c, i + 1));
      texts.push(subs.join('&'));
    }
    return texts.join('^');
  }
}

/** The segments of a message, each tracked once. */
export class Ledger {
  readonly message: Hl7Message;
  readonly #tracked: (Tracked | undefined)[] = [];

  constructor(message: Hl7Message) { this.message = message; }

  of(segment: Segment): Tracked {
    if (segment.index < 0) return new Tracked(segment);
    return (this.#tracked[segment.index] ??= new Tracked(segment));
  }

  first(name: string): Tracked { return this.of(this.message.first(name)); }
  all(name: string): Tracked[] { return this.message.all(name).map(segment => this.of(segment)); }
  /** Places that should hold a date and do not. */
  notDates(): string[] { return this.#tracked.flatMap(one => one ? [...one.strange].map(n => one.at(n)) : []); }

  opened(segment: Segment): Tracked | undefined { return this.#tracked[segment.index]; }
}
