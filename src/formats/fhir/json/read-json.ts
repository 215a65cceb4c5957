import { decode } from '../decode.ts';
import { type FhirText, type TextLimits, textLimits } from '../fhir-text.ts';
import { Offsets } from '../offsets.ts';
import { lineCounter } from '../position.ts';
import type { TextProblem } from '../problem.ts';
import { refused } from '../refused.ts';
import { Unreadable } from '../unreadable.ts';
import { JsonParser } from './json-parser.ts';

/**
 * Reads FHIR JSON text strictly (R4 json.html; RFC 8259). Never throws: what is wrong is in `problems`, with line,
 * column and path.
 *
 * `locate` reads the text a second time, noting offsets, at its first call only: a valid message pays nothing for it.
 */
export function readJson(input: string | Uint8Array, limits: Partial<TextLimits> = {}): FhirText {
  const caps = { ...textLimits, ...limits };
  if (input.length > caps.maxLength) return refused('size');
  const { text, encoding } = decode(input, 'json');
  const at = lineCounter(text);
  const parser = new JsonParser(text, caps);
  const resource = parse(parser);
  const problems: TextProblem[] = parser.found.map(({ offset, ...found }) => ({ ...found, ...at(offset) }));
  if (encoding === 'invalid') {
    problems.unshift({ ...at(Math.max(0, text.indexOf('\uFFFD'))), severity: 'error', code: 'encoding', path: [] });
  }
  let places: { root: unknown; offsets: Offsets } | undefined;
  return {
    resource, problems, decimals: parser.decimals, pointed: parser.pointed,
    locate: path => {
      places ??= placesOf(text, caps);
      return at(places.offsets.nearest(places.root, path));
    },
  };
}

function parse(parser: JsonParser): unknown {
  try {
    return parser.document();
  } catch (stop) {
    if (stop instanceof Unreadable) return undefined;
    throw stop;
  }
}

function placesOf(text: string, limits: TextLimits): { root: unknown; offsets: Offsets } {
  const offsets = new Offsets();
  return { root: parse(new JsonParser(text, limits, offsets)), offsets };
}
