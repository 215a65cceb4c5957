import { lineAt, readFields, type Fields } from './fields.ts';
import { quotedPrintable, textOf } from './text.ts';

/** A part of a mail, or the mail itself. `from`–`to` is its body in the mail's text. */
export interface Part {
  /** `multipart/report`, lower case; '' when the part does not say. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly fields: Fields;
  readonly from: number;
  readonly to: number;
  /** Parts of a multipart; the enclosed mail of a message/rfc822. */
  readonly children: readonly Part[];
}

/** Bytes of a mail that are looked at, depth of its parts, and their number: what lies beyond is kept and not read. */
export const mostRead = 4 << 20;
const mostDepth = 4;
const mostParts = 64;

/** Content-Type's value: its type and parameters (RFC 2045 §5.1), quotes and stray blanks left out. */
export function contentType(value: string): Pick<Part, 'type' | 'parameters'> {
  const [type = '', ...rest] = value.split(';');
  const parameters = new Map<string, string>();
  for (const one of rest) {
    const at = one.indexOf('=');
    if (at > 0) parameters.set(one.slice(0, at).trim().toLowerCase(), one.slice(at + 1).trim().replace(/^"/, '').replace(/"$/, ''));
  }
  return { type: type.trim().toLowerCase(), parameters };
}

/** Dashes of a delimiter: a word processor makes an em or en dash (UTF-8 or Windows-1252) of two hyphens. */
const dashes = (text: string): string => text.replace(/\xe2\x80[\x93\x94]|[\x96\x97]/g, '--');

/** The lines that part a multipart's body: [where the line starts, where the part after it starts]. */
function delimiters(text: string, from: number, to: number, boundary: string): readonly (readonly [number, number])[] {
  const wanted = `--${dashes(boundary).trim()}`;
  const found: (readonly [number, number])[] = [];
  for (let at = from; at < to && found.length < mostParts;) {
    const { line, next } = lineAt(text, at, to);
    const first = line.charCodeAt(0);
    if (first === 0x2d || first === 0xe2 || first === 0x96 || first === 0x97) {
      const plain = dashes(line.slice(0, wanted.length + 20)).trimEnd();
      if (plain.startsWith(wanted) && /^[- \t]*$/.test(plain.slice(wanted.length))) found.push([at, next]);
    }
    at = next;
  }
  return found;
}

/** The first line that looks like a delimiter, for a multipart that names none. */
function guessed(text: string, from: number, to: number): string {
  for (let at = from; at < to;) {
    const { line, next } = lineAt(text, at, to);
    if (/^--\S{1,70}$/.test(line)) return line.slice(2);
    at = next;
  }
  return '';
}

function read(text: string, from: number, to: number, depth: number): Part {
  const { fields, body } = readFields(text, from, to);
  const { type, parameters } = contentType(fields.first('content-type'));
  const common = { type, parameters, fields, from: body, to };
  if (depth >= mostDepth) return { ...common, children: [] };
  if (type === 'message/rfc822' || type === 'message/global') return { ...common, children: [read(text, body, to, depth + 1)] };
  if (!type.startsWith('multipart/')) return { ...common, children: [] };
  const named = parameters.get('boundary') ?? '';
  const marks = delimiters(text, body, to, named === '' ? guessed(text, body, to) : named);
  return { ...common, children: marks.map(([, start], i) => read(text, start, marks[i + 1]?.[0] ?? to, depth + 1)) };
}

/** A mail's text, one character a byte, and its parts. Never throws; linear in what is read (`mostRead`). */
export interface Mail { readonly text: string; readonly top: Part }
export function readMail(bytes: Uint8Array): Mail {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, mostRead)).toString('latin1');
  return { text, top: read(text, 0, text.length, 0) };
}

/** A part's body with its transfer encoding undone, still one character a byte. `Transfert`: so it is printed in the volet's example. */
export function bodyOf({ text }: Mail, part: Part): string {
  const body = text.slice(part.from, part.to);
  switch (part.fields.first('content-transfer-encoding', 'content-transfert-encoding').toLowerCase()) {
    case 'base64': return Buffer.from(body, 'base64').toString('latin1');
    case 'quoted-printable': return quotedPrintable(body);
    default: return body;
  }
}
/** A text part as text. */
export const textIn = (mail: Mail, part: Part): string => textOf(bodyOf(mail, part));

/** Every part, the mail itself first; the parts of an enclosed mail are its own and are left out. */
export function* partsOf(part: Part): Generator<Part> {
  yield part;
  if (part.type.startsWith('message/')) return;
  for (const child of part.children) yield* partsOf(child);
}
