/** A header field. `value` is unfolded and trimmed; bytes over 127 stand as they came (Latin-1), see text.ts. */
export interface Field { readonly name: string; readonly value: string }

/** Header fields in the order received. Names are compared without case. */
export class Fields {
  readonly all: readonly Field[];
  constructor(all: readonly Field[]) { this.all = all; }
  /** The first value; '' when the field is not there. */
  first(...names: readonly string[]): string { return this.all.find((one) => names.includes(one.name))?.value ?? ''; }
  has(name: string): boolean { return this.all.some((one) => one.name === name); }
}

/** Fields of one block; beyond, they are not read: no mail has so many. */
const mostFields = 1000;
const isName = (name: string): boolean => name !== '' && name.length <= 100 && /^[!-9;-~]+$/.test(name);

/** The line from `at`, without its end, and where the next one starts. */
export function lineAt(text: string, at: number, to: number): { readonly line: string; readonly next: number } {
  const end = text.indexOf('\n', at);
  if (end < 0 || end >= to) return { line: text.slice(at, to).replace(/\r$/, ''), next: to };
  return { line: text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end), next: end + 1 };
}

/**
 * The header fields from `from` on (RFC 5322 §2.2), and where the body starts: after the first empty line, or at the first
 * line that can be no field, as published examples and some senders leave the empty line out. Linear.
 */
export function readFields(text: string, from: number, to: number): { readonly fields: Fields; readonly body: number } {
  const found: { name: string; parts: string[] }[] = [];
  let at = from;
  while (at < to && found.length < mostFields) {
    const { line, next } = lineAt(text, at, to);
    if (line === '') { at = next; break; }
    const last = found.at(-1);
    if ((line.startsWith(' ') || line.startsWith('\t')) && last !== undefined) last.parts.push(line.trim());
    else {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase();
      // A boundary may hold a colon, a field's name never starts with two dashes.
      if (!isName(name) || line.startsWith('--')) break;
      found.push({ name, parts: [line.slice(colon + 1).trim()] });
    }
    at = next;
  }
  return { fields: new Fields(found.map(({ name, parts }) => ({ name, value: parts.join(' ') }))), body: at };
}
