import { decode } from './charset.ts';
import { asBuffer } from './lines.ts';
import type { Hl7Message, Segment } from './model.ts';
import { unescape } from './escape.ts';

/** Where a place stands in the message's text: UTF-16 offsets, end exclusive; `text` is what it holds, unescaped, of the leaves only. */
export interface Span { readonly place: string; readonly start: number; readonly end: number; readonly text: string | null }

/** A text of many MB is one field: what a reader highlights is elsewhere. */
const mostSpans = 20_000;
const longestLeaf = 4096;

/** The whole message as text, and where each segment, field, repetition, component and subcomponent that holds something stands in it. */
export function spansOf(message: Hl7Message): { readonly text: string; readonly spans: readonly Span[] } {
  const buffer = asBuffer(message.bytes);
  const { used } = message.charset;
  const spans: Span[] = [];
  let text = '', done = 0;
  for (const segment of message.segments) {
    const from = segment.slice.byteOffset - buffer.byteOffset;
    text += decode(buffer, done, from, used);
    const own = decode(buffer, from, from + segment.slice.length, used);
    if (spans.length < mostSpans) addSegment(spans, message, segment, own, text.length);
    text += own;
    done = from + segment.slice.length;
  }
  return { text: text + decode(buffer, done, buffer.length, used), spans };
}

function* cut(text: string, mark: string, start: number): Generator<{ readonly part: string; readonly start: number; readonly rank: number }> {
  let at = start, rank = 0;
  for (const part of text.split(mark)) {
    rank += 1;
    yield { part, start: at, rank };
    at += part.length + mark.length;
  }
}

function addSegment(spans: Span[], message: Hl7Message, { name, place }: Segment, text: string, start: number): void {
  const { separators: { field, component, repetition, subcomponent } } = message;
  spans.push({ place, start, end: start + text.length, text: null });
  for (const one of cut(text, field, start)) {
    const n = name === 'MSH' ? one.rank : one.rank - 1;
    if (n < 1 || one.part === '' || (name === 'MSH' && n <= 2)) continue;
    const at = `${place}-${n}`;
    addParts(spans, message, one.part, one.start, at, [
      { mark: repetition, of: (upper, rank, many) => (many ? `${upper}(${rank})` : upper) },
      { mark: component, of: (upper, rank, many) => (many ? `${upper}-${rank}` : upper) },
      { mark: subcomponent, of: (upper, rank, many) => (many ? `${upper}-${rank}` : upper) },
    ]);
  }
}

interface Level { readonly mark: string; readonly of: (upper: string, rank: number, many: boolean) => string }

/** A field and each of its parts, outer first; a part that is alone in its level has the name of the upper one. */
function addParts(spans: Span[], message: Hl7Message, text: string, start: number, place: string, [level, ...lower]: readonly Level[]): void {
  const parts = level === undefined ? [] : [...cut(text, level.mark, start)];
  const last = spans.at(-1);
  if (parts.length <= 1 && level !== undefined) { addParts(spans, message, text, start, level.of(place, 1, false), lower); return; }
  const leaf = level === undefined;
  if (last?.place !== place || leaf) spans.push({ place, start, end: start + text.length, text: leaf ? text.length > longestLeaf ? null : unescape(text, message.separators, message.charset.used) : null });
  for (const one of parts) if (one.part !== '' && level !== undefined) addParts(spans, message, one.part, one.start, level.of(place, one.rank, true), lower);
}
