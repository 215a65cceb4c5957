import type { JsonParser } from './json-parser.ts';

const plain = /[^"\\\u0000-\u001F]*/y;
const hexadecimal = /[0-9A-Fa-f]{4}/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
};

/** A string at its opening quote; the parser is left after the closing one. Strings without escapes are one slice. */
export function readString(parser: JsonParser): string {
  const text = parser.text;
  const start = parser.position + 1;
  let position = plainEnd(text, start);
  if (text.charCodeAt(position) === 0x22) {
    parser.position = position + 1;
    return text.slice(start, position);
  }
  let value = text.slice(start, position);
  for (;;) {
    const mark = text.charAt(position);
    if (mark === '') parser.stop('unexpected-end', text.length, '"');
    if (mark === '"') {
      parser.position = position + 1;
      return value;
    }
    if (mark === '\\') {
      const { character, length } = readEscape(parser, position);
      value += character;
      position += length;
    } else {
      parser.report('control-character', position);
      value += mark;
      position += 1;
    }
    const next = plainEnd(text, position);
    value += text.slice(position, next);
    position = next;
  }
}

function plainEnd(text: string, start: number): number {
  plain.lastIndex = start;
  plain.test(text);
  return plain.lastIndex;
}

function readEscape(parser: JsonParser, position: number): { character: string; length: number } {
  const letter = parser.text.charAt(position + 1);
  const simple = escapes[letter];
  if (simple !== undefined) return { character: simple, length: 2 };
  if (letter === 'u') {
    hexadecimal.lastIndex = position + 2;
    if (hexadecimal.test(parser.text)) {
      const digits = parser.text.slice(position + 2, position + 6);
      return { character: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 };
    }
  }
  parser.report('escape', position);
  return { character: letter, length: letter === '' ? 1 : 2 };
}
