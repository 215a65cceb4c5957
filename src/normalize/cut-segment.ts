import { decode, type Used } from '../formats/hl7v2/charset.ts';
import { unescape } from '../formats/hl7v2/escape.ts';
import { asBuffer } from '../formats/hl7v2/lines.ts';
import type { Segment, Separators } from '../formats/hl7v2/model.ts';

export interface Syntax { readonly separators: Separators; readonly used: Used }

/** Above this many bytes a segment carries a document, and only the fields asked for are decoded. */
const large = 32_768;
const textOf = (bytes: Uint8Array, used: Used): string => bytes.length === 0 ? '' : decode(asBuffer(bytes), 0, bytes.length, used);

/**
 * A segment as texts, cut where it is asked: fields, repetitions, components, subcomponents. Texts are still escaped.
 * Mapping asks for nearly every leaf of a small segment: one decoding and cuts of a text cost a tenth of decoding each leaf
 * from its bytes, which is what the reader's views do. Most segments have neither escapes nor subcomponents anywhere: that is
 * looked for once.
 */
export class Cut {
  /** Number of the last field present. */
  readonly size: number;
  readonly #segment: Segment;
  readonly #syntax: Syntax;
  readonly #isMsh: boolean;
  /** Null for a segment too large to be decoded whole. */
  readonly #fields: readonly string[] | null;
  readonly #asked: (string | undefined)[] = [];
  readonly #cuts: (readonly (readonly string[])[] | undefined)[] = [];
  readonly #hasEscapes: boolean;
  readonly #hasSubs: boolean;
  readonly #hasRepetitions: boolean;

  constructor(segment: Segment, syntax: Syntax) {
    const { written } = segment, { separators: { field, escape, subcomponent, repetition }, used } = syntax;
    this.#segment = segment;
    this.#syntax = syntax;
    this.#isMsh = segment.name === 'MSH';
    const slice = written === null ? segment.slice : null, whole = written?.line ?? (slice === null || slice.length > large ? null : textOf(slice, used));
    this.#fields = written?.fields ?? (whole === null ? null : whole.split(field));
    this.#hasEscapes = whole === null || whole.includes(escape);
    this.#hasSubs = whole === null || whole.includes(subcomponent);
    this.#hasRepetitions = whole === null || whole.includes(repetition);
    this.size = this.#fields === null ? segment.size : this.#fields.length - (this.#isMsh ? 0 : 1);
  }

  /** Field n as written; '' when absent. */
  raw(n: number): string {
    if (this.#fields !== null) return this.#fields[this.#isMsh ? n - 1 : n] ?? '';
    return this.#asked[n] ??= textOf(this.#segment.field(n).slice, this.#syntax.used);
  }

  /** First repetition, component c, first subcomponent, unescaped; the null `""` has no text. */
  text(n: number, c: number): string {
    const field = this.raw(n);
    if (field === '') return '';
    if (this.#cuts[n] === undefined && this.isOneValue(field)) return c === 1 ? this.#plain(field) : '';
    return this.sub(this.repetitions(n)[0]?.[c - 1] ?? '', 1);
  }

  /** Neither repetitions, components nor subcomponents in it. */
  isOneValue(field: string): boolean {
    const { component, repetition, subcomponent } = this.#syntax.separators;
    return !field.includes(component) && !(this.#hasRepetitions && field.includes(repetition)) && !(this.#hasSubs && field.includes(subcomponent));
  }

  /** Repetitions of components, as written: a component still has its subcomponents. */
  repetitions(n: number): readonly (readonly string[])[] {
    return this.#cuts[n] ??= this.#repetitionsOf(n);
  }

  #repetitionsOf(n: number): readonly (readonly string[])[] {
    const field = this.raw(n), { repetition, component } = this.#syntax.separators;
    if (this.#isMsh && n <= 2) return [[field]];
    if (this.#hasRepetitions && field.includes(repetition)) return field.split(repetition).map(one => one.split(component));
    return [field.includes(component) ? field.split(component) : [field]];
  }

  /** The component is its own only subcomponent. */
  isOneSub(component: string): boolean { return !(this.#hasSubs && component.includes(this.#syntax.separators.subcomponent)); }

  /** Subcomponents of a component, as written. */
  subs(component: string): readonly string[] {
    return this.isOneSub(component) ? [component] : component.split(this.#syntax.separators.subcomponent);
  }

  /** Subcomponent s of a component, unescaped. */
  sub(component: string, s: number): string {
    if (component === '') return '';
    const { subcomponent } = this.#syntax.separators, end = this.#hasSubs ? component.indexOf(subcomponent) : -1;
    if (end < 0) return s === 1 ? this.#plain(component) : '';
    return this.#plain((s === 1 ? component.slice(0, end) : component.split(subcomponent)[s - 1]) ?? '');
  }

  #plain(leaf: string): string {
    if (leaf === '""') return '';
    return this.#hasEscapes && leaf.includes(this.#syntax.separators.escape) ? unescape(leaf, this.#syntax.separators, this.#syntax.used) : leaf;
  }
}
