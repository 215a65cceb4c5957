import { decode, type Used } from '../formats/hl7v2/charset.ts';
import { unescape } from '../formats/hl7v2/escape.ts';
import type { Segment, Separators } from '../formats/hl7v2/model.ts';

export interface Syntax { readonly separators: Separators; readonly used: Used }

/** A segment as texts, cut where it is asked: fields, repetitions, components, subcomponents. Texts are still escaped. */
export interface Cut {
  /** Number of the last field present. */
  readonly size: number;
  /** Field n as written; '' when absent. */
  raw(n: number): string;
  /** First repetition, component c, first subcomponent, unescaped; the null `""` has no text. */
  text(n: number, c: number): string;
  /** Repetitions of components, as written: a component still has its subcomponents. */
  repetitions(n: number): readonly (readonly string[])[];
  /** Subcomponents of a component, as written. */
  subs(component: string): readonly string[];
  /** Subcomponent s of a component, unescaped. */
  sub(component: string, s: number): string;
}

/** Above this many bytes a segment carries a document, and only the fields asked for are decoded. */
const large = 32_768;
const textOf = (bytes: Uint8Array, used: Used): string => bytes.length === 0 ? '' : decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length, used);

/**
 * Mapping asks for nearly every leaf of a small segment: one decoding and cuts of a text cost a tenth of decoding each leaf
 * from its bytes, which is what the reader's views do.
 */
export function cutSegment(segment: Segment, { separators, used }: Syntax): Cut {
  const { slice } = segment, { component, repetition, subcomponent, escape } = separators, isMsh = segment.name === 'MSH';
  const fields = slice.length > large ? null : textOf(slice, used).split(separators.field);
  const asked: (string | undefined)[] = [], cuts: (string[][] | undefined)[] = [];
  const raw = (n: number): string => fields ? (isMsh ? fields[n - 1] : fields[n]) ?? '' : asked[n] ??= textOf(segment.field(n).slice, used);
  const plain = (leaf: string): string => leaf === '""' ? '' : leaf.includes(escape) ? unescape(leaf, separators, used) : leaf;
  const repetitions = (n: number): string[][] => {
    const known = cuts[n];
    if (known !== undefined) return known;
    const field = raw(n);
    if (isMsh && n <= 2) return cuts[n] = [[field]];
    return cuts[n] = field.includes(repetition) ? field.split(repetition).map(one => one.split(component)) : [field.split(component)];
  };
  const sub = (part: string, s: number): string => {
    if (part === '') return '';
    const end = part.indexOf(subcomponent);
    if (end < 0) return s === 1 ? plain(part) : '';
    return plain((s === 1 ? part.slice(0, end) : part.split(subcomponent)[s - 1]) ?? '');
  };
  const text = (n: number, c: number): string => {
    const field = raw(n);
    if (field === '') return '';
    if (cuts[n] === undefined && !field.includes(component) && !field.includes(repetition) && !field.includes(subcomponent)) return c === 1 ? plain(field) : '';
    return sub(repetitions(n)[0]?.[c - 1] ?? '', 1);
  };
  return { size: fields ? fields.length - (isMsh ? 0 : 1) : segment.size, raw, text, repetitions, sub, subs: part => part.split(subcomponent) };
}
