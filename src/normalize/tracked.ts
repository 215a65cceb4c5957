import type { Hl7Message, Segment } from '../formats/hl7v2/model.ts';
import { Cut, type Syntax } from './cut-segment.ts';
import { dateTime } from './datatypes/date-time.ts';
import { partialDate } from './datatypes/partial-date.ts';

/** Bit of a leaf among those of a field's first repetition; other leaves go to a set. Bit 0 says that all of the field is carried. */
const bit = (component: number): number => component < 31 ? 1 << component : 0;

const none: Part[] = [];

/** A repetition with something in it, or at least cut. */
const isValued = (components: readonly string[] | undefined): components is readonly string[] => components !== undefined && (components.length > 1 || components[0] !== '');

/**
 * A segment read with accounts kept: `text` counts a value as carried into the Bundle, `peek` only looks at it.
 * What nobody carried is the loss report (loss.ts), and the deletion test holds the mappers to it.
 */
export class Tracked {
  readonly segment: Segment;
  readonly #syntax: Syntax;
  readonly #bits: number[] = [];
  #others: Set<string> | null = null;
  #strange: Set<number> | null = null;
  #cut: Cut | null = null;

  constructor(segment: Segment, syntax: Syntax) {
    this.segment = segment;
    this.#syntax = syntax;
  }

  get cut(): Cut { return this.#cut ??= new Cut(this.segment, this.#syntax); }
  get name(): string { return this.segment.name; }
  get place(): string { return this.segment.place; }
  /** Place of a field: `OBX[2]-5`. */
  at(n: number): string { return `${this.segment.place}-${n}`; }

  isEmpty(n: number): boolean { return this.cut.raw(n) === ''; }
  /** The field as written, to compare with what the message repeats word for word. */
  raw(n: number): string { return this.cut.raw(n); }

  /** First repetition, component c, first subcomponent. */
  peek(n: number, c = 1): string { return this.cut.text(n, c); }

  text(n: number, c = 1): string {
    const text = this.cut.text(n, c);
    if (text !== '') this.mark(n, 1, c, 1);
    return text;
  }

  /** Field n as a FHIR dateTime, a time without offset read in the zone; '' and a note for the findings when it is none. */
  time(zone: string, n: number): string { const text = this.peek(n); return text === '' ? '' : this.#moment(n, dateTime(text, zone)); }

  /** Field n as a FHIR date. */
  date(n: number): string { const text = this.peek(n); return text === '' ? '' : this.#moment(n, partialDate(text)); }

  #moment(n: number, made: string): string {
    if (made === '') (this.#strange ??= new Set()).add(n);
    else this.mark(n, 1, 1, 1);
    return made;
  }

  /** Places of the fields that should hold a date and do not. */
  get notDates(): string[] { return this.#strange === null ? [] : [...this.#strange].map(n => this.at(n)); }

  /** The field is exactly `""`: the sender deletes the value. */
  isNull(n: number): boolean { return this.cut.raw(n) === '""'; }

  /** The same, when the caller carries the deletion. */
  isDeleted(n: number): boolean {
    if (!this.isNull(n)) return false;
    this.carry(n);
    return true;
  }

  /** Valued repetitions, to be read one by one. */
  parts(n: number): Part[] {
    const raw = this.cut.raw(n);
    if (raw === '' || raw === '""') return none;
    const repetitions = this.cut.repetitions(n), parts: Part[] = [];
    for (let i = 0; i < repetitions.length; i++) {
      const components = repetitions[i];
      if (isValued(components)) parts.push(new Part(this, n, i + 1, components));
    }
    return parts;
  }

  /** The first valued repetition. */
  part(n: number): Part | null {
    const raw = this.cut.raw(n);
    if (raw === '' || raw === '""') return null;
    const repetitions = this.cut.repetitions(n);
    for (let i = 0; i < repetitions.length; i++) {
      const components = repetitions[i];
      if (isValued(components)) return new Part(this, n, i + 1, components);
    }
    return null;
  }

  /** The whole field is carried, whatever it holds. */
  carry(n: number): void { this.#bits[n] = (this.#bits[n] ?? 0) | 1; }

  mark(field: number, repetition: number, component: number, sub: number): void {
    const flag = repetition === 1 && sub === 1 ? bit(component) : 0;
    if (flag === 0) (this.#others ??= new Set()).add(`${field}.${repetition}.${component}.${sub}`);
    else this.#bits[field] = (this.#bits[field] ?? 0) | flag;
  }

  isWhole(n: number): boolean { return ((this.#bits[n] ?? 0) & 1) === 1; }

  isRead(field: number, repetition: number, component: number, sub: number): boolean {
    const flag = repetition === 1 && sub === 1 ? bit(component) : 0;
    return flag === 0 ? this.#others?.has(`${field}.${repetition}.${component}.${sub}`) === true : ((this.#bits[field] ?? 0) & flag) !== 0;
  }
}

/** One repetition of a field, read the same way. */
export class Part {
  readonly #of: Tracked;
  readonly #field: number;
  readonly #rank: number;
  readonly #components: readonly string[];

  constructor(of: Tracked, field: number, rank: number, components: readonly string[]) {
    this.#of = of;
    this.#field = field;
    this.#rank = rank;
    this.#components = components;
  }

  get place(): string { return this.#of.cut.repetitions(this.#field).length > 1 ? `${this.#of.at(this.#field)}(${this.#rank})` : this.#of.at(this.#field); }
  get size(): number { return this.#components.length; }
  /** The repetition's components, for what the message repeats word for word. */
  get words(): string { return this.#components.join('\u0001'); }

  peek(c: number, s = 1): string {
    const component = this.#components[c - 1];
    return component === undefined ? '' : this.#of.cut.sub(component, s);
  }

  text(c: number, s = 1): string {
    const text = this.peek(c, s);
    if (text !== '') this.#of.mark(this.#field, this.#rank, c, s);
    return text;
  }

  /** Component c as a FHIR dateTime; what is none stays unread, and is reported as lost. */
  time(zone: string, c: number, s = 1): string {
    const text = this.peek(c, s), made = text === '' ? '' : dateTime(text, zone);
    if (made !== '') this.#of.mark(this.#field, this.#rank, c, s);
    return made;
  }

  /** Every subcomponent of a component, as one text: an address line, a comment. */
  line(c: number): string {
    const component = this.#components[c - 1];
    if (component === undefined || component === '') return '';
    if (this.#of.cut.isOneSub(component)) return this.text(c);
    return this.#of.cut.subs(component).map((_, i) => this.text(c, i + 1)).filter(text => text !== '').join(' ');
  }

  /** Whether every leaf has been read. */
  get isCarried(): boolean {
    const of = this.#of, { cut } = of, components = this.#components;
    for (let i = 0; i < components.length; i++) {
      const component = components[i] ?? '';
      if (component === '') continue;
      if (cut.isOneSub(component)) { if (!of.isRead(this.#field, this.#rank, i + 1, 1)) return false; continue; }
      if (!cut.subs(component).every((sub, j) => sub === '' || of.isRead(this.#field, this.#rank, i + 1, j + 1))) return false;
    }
    return true;
  }

  /** Every component, as one text in HL7 writing: nothing of it may be lost. */
  all(): string {
    return this.#components.map((component, i) => this.#of.cut.subs(component).map((_, j) => this.text(i + 1, j + 1)).join('&')).join('^');
  }
}

/** The segments of a message, each tracked once. */
export class Ledger {
  readonly message: Hl7Message;
  readonly #syntax: Syntax;
  readonly #tracked: (Tracked | undefined)[] = [];

  constructor(message: Hl7Message) {
    this.message = message;
    this.#syntax = { separators: message.separators, used: message.charset.used };
  }

  of(segment: Segment): Tracked {
    if (segment.index < 0) return new Tracked(segment, this.#syntax);
    return (this.#tracked[segment.index] ??= new Tracked(segment, this.#syntax));
  }

  first(name: string): Tracked { return this.of(this.message.first(name)); }
  all(name: string): Tracked[] { return this.message.all(name).map(segment => this.of(segment)); }
  isOpened(segment: Segment): boolean { return this.#tracked[segment.index] !== undefined; }

  /** Places that should hold a date and do not. */
  notDates(): string[] { return this.#tracked.flatMap(one => one?.notDates ?? []); }
}
