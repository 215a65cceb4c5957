import { FhirPathError } from './ast.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'temporal' | 'symbol' | 'variable' | 'focus' | 'end';
  readonly text: string;
}

const space = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['temporal', /@(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?|\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['string', /'(?:[^'\\]|\\.)*'/y],
  ['quoted', /`(?:[^`\\]|\\.)*`/y],
  ['variable', /%(?:[A-Za-z_][\w-]*|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/y],
  ['focus', /\$(?:this|index|total)/y],
  ['word', /[A-Za-z_]\w*/y],
  ['symbol', /<=|>=|!=|!~|[.()[\]{},+\-*/|&<>=~]/y],
];

/** The tokens of an expression, ended by one `end` token. Throws FhirPathError. */
export function tokens(text: string): Token[] {
  const list: Token[] = [];
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const token = next(text, position);
    if (token === undefined) throw new FhirPathError(`unexpected character at ${position}`);
    list.push({ kind: token.kind, text: value(token) });
    position = skipSpace(text, position + token.text.length);
  }
  list.push({ kind: 'end', text: '' });
  return list;
}

function next(text: string, position: number): Token | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const found = pattern.exec(text);
    if (found !== null) return { kind, text: found[0] };
  }
  return undefined;
}

function skipSpace(text: string, position: number): number {
  space.lastIndex = position;
  return position + (space.exec(text)?.[0].length ?? 0);
}

function value({ kind, text }: Token): string {
  if (kind === 'string' || kind === 'quoted') return unescape(text.slice(1, -1));
  if (kind === 'temporal') return text.slice(1);
  if (kind !== 'variable') return text;
  return /^%['`]/.test(text) ? unescape(text.slice(2, -1)) : text.slice(1);
}

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', f: '\f' };

function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_whole, code: string | undefined, mark: string | undefined) =>
    code === undefined ? escapes[mark ?? ''] ?? mark ?? '' : String.fromCharCode(Number.parseInt(code, 16)));
}
