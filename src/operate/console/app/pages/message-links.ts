import type { Link, PlaceSpan } from '../../../api/contract/story.ts';

/** Spans that do not overlap, the smallest first served: a component rather than the field it is in; in the order of the text. */
export function leaves(places: readonly PlaceSpan[]): readonly PlaceSpan[] {
  const kept: PlaceSpan[] = [];
  // A text of n places is cut at most n times; where one goes is looked for by halves.
  const indexOf = (start: number): number => {
    let low = 0, high = kept.length;
    while (low < high) { const middle = (low + high) >>> 1; if ((kept[middle]?.start ?? 0) < start) low = middle + 1; else high = middle; }
    return low;
  };
  for (const one of [...places].filter(({ start, end }) => end > start).sort((a, b) => (a.end - a.start) - (b.end - b.start))) {
    const at = indexOf(one.start);
    if ((kept[at - 1]?.end ?? 0) <= one.start && (kept[at]?.start ?? Infinity) >= one.end) kept.splice(at, 0, one);
  }
  return kept;
}

export interface Links { readonly paths: ReadonlyMap<string, readonly string[]>; readonly places: ReadonlyMap<string, readonly string[]> }
/** From a place to what it became, and back. */
export function linksOf(links: readonly Link[]): Links {
  const paths = new Map<string, string[]>(), places = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string): void => { const list = map.get(key); if (list === undefined) map.set(key, [value]); else list.push(value); };
  for (const { place, path } of links) { add(paths, place, path); add(places, path, place); }
  return { paths, places };
}

/** A line of indented JSON with the FHIRPath it stands at. */
export interface JsonLine { readonly path: string; readonly depth: number; readonly text: string }
/** JSON as lines, as `JSON.stringify` with an indent writes it. */
export function jsonLines(value: unknown, path = 'Bundle', depth = 0, before = '', after = ''): JsonLine[] {
  if (value === null || typeof value !== 'object') return [{ path, depth, text: `${before}${JSON.stringify(value)}${after}` }];
  const list = Array.isArray(value);
  const parts: readonly (readonly [string, string, unknown])[] = list ? value.map((one: unknown, at) => [`${path}[${String(at)}]`, '', one] as const) : Object.entries(value).map(([name, one]) => [`${path}.${name}`, `${JSON.stringify(name)}: `, one] as const);
  const [begin, end] = list ? ['[', ']'] as const : ['{', '}'] as const;
  if (parts.length === 0) return [{ path, depth, text: `${before}${begin}${end}${after}` }];
  return [{ path, depth, text: before + begin }, ...parts.flatMap(([inner, name, one], at) => jsonLines(one, inner, depth + 1, name, at === parts.length - 1 ? '' : ',')), { path, depth, text: end + after }];
}

/** Whether a line is at a path or within it. */
export const within = (line: string, path: string): boolean => line === path || line.startsWith(`${path}.`) || line.startsWith(`${path}[`);

/** The texts and numbers at these paths, longest first: what a field became, as it is written. */
export function valuesAt(json: unknown, paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown, path: string, inside: boolean): void => {
    const here = inside || paths.includes(path);
    if (value !== null && typeof value === 'object') {
      for (const [name, one] of Object.entries(value)) look(one, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, here);
    } else if (here && (typeof value === 'string' || typeof value === 'number')) found.add(String(value));
  };
  if (paths.length > 0) look(json, 'Bundle', false);
  return [...found].sort((a, b) => b.length - a.length);
}

/** Beyond this a body is shown as it left: it carries a document, and is drawn again at each field pointed at. */
const longestIndented = 500_000;

/** JSON on lines of its own, every character of its values as it left (5.10 stays 5.10); anything else as it is. */
export function indented(text: string): string {
  if (text.length > longestIndented || !/^\s*[{[]/.test(text)) return text;
  let out = '', depth = 0;
  const line = (): void => { out += `\n${'  '.repeat(depth)}`; };
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (token === '{' || token === '[') { out += token; depth += 1; line(); } else if (token === '}' || token === ']') { depth -= 1; line(); out += token; } else if (token === ',') { out += token; line(); } else out += token === ':' ? ': ' : token;
  }
  return out.replace(/([{[])\s+([}\]])/g, '$1$2');
}

/** The links of the field at a line: its own, else those of the nearest one that holds it. */
export function placesAt(line: string, { places }: Links): readonly string[] {
  for (let path = line; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0))) {
    const found = places.get(path);
    if (found !== undefined) return found;
  }
  return [];
}

/** A carriage return ends a segment (HL7 v2 §2.5.4) but breaks no line in a page; places keep their offsets. */
export const broken = (text: string): string => text.replace(/\r\n?/g, (end) => (end.length === 2 ? ' \n' : '\n'));
