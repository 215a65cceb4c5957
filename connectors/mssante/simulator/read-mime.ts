import type { HeaderLine } from './mail.ts';

/** A leaf as written: raw headers and raw body, latin1. */
export interface RawPart { readonly headers: readonly HeaderLine[]; readonly body: string }

const deepest = 8;
const most = 200;

/** Headers and body of a block of bytes (RFC 5322 §2.1); folded lines are joined in `value`. */
export function split(block: string): RawPart {
  const end = block.search(/\r?\n\r?\n/);
  const head = end < 0 ? block : block.slice(0, end);
  const body = end < 0 ? '' : block.slice(end).replace(/^\r?\n\r?\n/, '');
  const headers = head.split(/\r?\n(?![ \t])/).filter((line) => line !== '').map((raw) => {
    const colon = raw.indexOf(':');
    return { name: colon < 0 ? '' : raw.slice(0, colon), value: raw.slice(colon + 1).replace(/\r?\n(?=[ \t])/g, '').trim(), raw };
  });
  return { headers, body };
}

export const valueOf = (part: RawPart, name: string): string => part.headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
export const parameter = (value: string, name: string): string =>
  new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(value)?.slice(1).join('') ?? '';

/** Every leaf of the MIME tree in order (RFC 2046 §5.1); a message in a message is a leaf. */
export function leaves(block: string, depth = 0): RawPart[] {
  const part = split(block);
  const type = valueOf(part, 'content-type');
  const boundary = parameter(type, 'boundary');
  if (!/^multipart\//i.test(type) || boundary === '' || depth >= deepest) return [part];
  // A boundary that only begins like this one (`b1`, `b10`) is another's: what follows belongs to the piece before.
  const pieces: string[] = [];
  for (const piece of `\r\n${part.body}`.split(`\n--${boundary}`).slice(1)) {
    if (pieces.length === 0 || /^(--|[ \t]*\r?\n|[ \t\r]*$)/.test(piece)) pieces.push(piece);
    else pieces[pieces.length - 1] = `${pieces.at(-1) ?? ''}\n--${boundary}${piece}`;
  }
  const found: RawPart[] = [];
  for (const piece of pieces.slice(0, most)) {
    if (piece.startsWith('--')) break;
    found.push(...leaves(piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''), depth + 1));
  }
  return found;
}
