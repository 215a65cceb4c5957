import { isUtf8 } from 'node:buffer';
import type { Separators } from './model.ts';
import { decode, type Used } from './charset.ts';

/** `\.br\`, `\.sp3\` and the other formatting commands of HL7 v2.5 §2.7.6 as plain text; null when it is none of them. */
function formatting(command: string): string | null {
  const match = /^\.(br|sp|ce|fi|nf|in|ti|sk)([+-]?\d{0,3})$/i.exec(command);
  if (match === null) return null;
  const times = Math.min(Math.max(Number(match[2] === '' ? 1 : match[2]), 0), 100);
  switch (match[1]?.toLowerCase()) {
    case 'br': case 'ce': return '\n';
    case 'sp': return '\n'.repeat(times);
    case 'sk': return ' '.repeat(times);
    default: return ''; // fill, no-fill and indents have no meaning in plain text
  }
}

function hexadecimal(digits: string, used: Used): string | null {
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null;
  const bytes = Buffer.from(digits, 'hex');
  return used === 'utf-8' && !isUtf8(bytes) ? null : decode(bytes, 0, bytes.length, used);
}

function meaning(command: string, separators: Separators, used: Used): string | null {
  switch (command) {
    case 'F': return separators.field;
    case 'S': return separators.component;
    case 'T': return separators.subcomponent;
    case 'R': return separators.repetition;
    case 'E': return separators.escape;
    case 'H': case 'N': return ''; // highlighting on, off
    default:
      if (command.startsWith('X')) return hexadecimal(command.slice(1), used);
      return command.startsWith('.') ? formatting(command) : null;
  }
}

/** Escapes that are well formed but mean nothing here: site-defined `\Z..\`, character set switches `\C..\` `\M..\`. */
const foreign = /^[ZCM][0-9A-Za-z]*$/;

/** The text meant by an escaped one (HL7 v2.5 §2.7). A sequence nobody knows (`\Zxx\`, `\C..\`, a lone `\`) is kept as it stands. */
export function unescape(text: string, separators: Separators, used: Used): string {
  const { escape } = separators;
  let open = text.indexOf(escape);
  if (open < 0) return text;
  let result = '';
  let done = 0;
  while (open >= 0) {
    const close = text.indexOf(escape, open + escape.length);
    if (close < 0) break;
    const command = text.slice(open + escape.length, close);
    const meant = meaning(command, separators, used) ?? (foreign.test(command) ? text.slice(open, close + escape.length) : null);
    if (meant === null) {
      // The second escape character may open a sequence of its own: `\^\T\` holds one lone `\` and a `&`.
      result += text.slice(done, close);
      done = close;
      open = close;
    } else {
      result += text.slice(done, open) + meant;
      done = close + escape.length;
      open = text.indexOf(escape, done);
    }
  }
  return result + text.slice(done);
}

/** Would end a line or the frame early. */
const ends = /[\r\n\v\x1c\0]/;

/** Writes a text so that no separator and no line end of it can be read as one. */
export function escape(text: string, separators: Separators): string {
  const { field, component, repetition, subcomponent } = separators;
  if (![field, component, repetition, subcomponent, separators.escape].some((one) => text.includes(one)) && !ends.test(text)) return text;
  let result = '';
  for (const character of text) {
    switch (character) {
      case field: result += `${separators.escape}F${separators.escape}`; break;
      case component: result += `${separators.escape}S${separators.escape}`; break;
      case subcomponent: result += `${separators.escape}T${separators.escape}`; break;
      case repetition: result += `${separators.escape}R${separators.escape}`; break;
      case separators.escape: result += `${separators.escape}E${separators.escape}`; break;
      case '\r': result += `${separators.escape}X0D${separators.escape}`; break;
      case '\n': result += `${separators.escape}.br${separators.escape}`; break;
      case '\v': case '\x1c': case '\0': break; // would end the frame early
      default: result += character;
    }
  }
  return result;
}
