import { encode, type Used } from './charset.ts';
import { escape } from './escape.ts';
import type { Hl7Message, Separators } from './model.ts';
import { mark, usualSeparators } from './separators.ts';

/** A component: its text, or its subcomponents' texts. */
export type ComponentValue = string | readonly string[];
/** A field: one text, components, several repetitions (`repeated`), or received bytes written as they are (`raw`). */
export type FieldValue = string | readonly ComponentValue[] | { readonly repeated: readonly (string | readonly ComponentValue[])[] } | { readonly raw: Uint8Array };

/** A segment to write. Field numbers are HL7's; MSH-1 and MSH-2 are written by themselves. */
export interface NewSegment { readonly name: string; readonly fields: Readonly<Record<number, FieldValue>> }
export const segment = (name: string, fields: Readonly<Record<number, FieldValue>>): NewSegment => ({ name, fields });

/** Texts are escaped; `''` components at the end are left out, as HL7 asks. */
function repetitionText(value: string | readonly ComponentValue[], separators: Separators): string {
  if (typeof value === 'string') return escape(value, separators);
  const components = value.map((component) => (typeof component === 'string'
    ? escape(component, separators)
    : trimmed(component.map((sub) => escape(sub, separators))).join(separators.subcomponent)));
  return trimmed(components).join(separators.component);
}

function trimmed(texts: readonly string[]): readonly string[] {
  let end = texts.length;
  while (end > 0 && texts[end - 1] === '') end--;
  return texts.slice(0, end);
}

function fieldText(value: Exclude<FieldValue, { readonly raw: Uint8Array }>, separators: Separators): string {
  if (typeof value === 'string' || !('repeated' in value)) return repetitionText(value, separators);
  return value.repeated.map((one) => repetitionText(one, separators)).join(separators.repetition);
}

/** The segments as a message: each ended by CR, texts escaped and in the charset given. What stands between `raw` fields is encoded at once. */
export function writeHl7(segments: readonly NewSegment[], used: Used = 'utf-8', separators: Separators = usualSeparators): Uint8Array {
  const { field, component, repetition, escape, subcomponent } = separators;
  const pieces: Uint8Array[] = [];
  let text = '';
  for (const { name, fields } of segments) {
    const isMsh = name === 'MSH';
    text += isMsh ? `${name}${field}${component}${repetition}${escape}${subcomponent}` : name;
    const last = Math.max(0, ...Object.keys(fields).map(Number));
    for (let n = isMsh ? 3 : 1; n <= last; n++) {
      text += field;
      const value = fields[n];
      if (value === undefined) continue;
      if (typeof value === 'object' && 'raw' in value) { pieces.push(encode(text, used), value.raw); text = ''; }
      else text += fieldText(value, separators);
    }
    text += '\r';
  }
  return pieces.length === 0 ? encode(text, used) : Buffer.concat([...pieces, encode(text, used)]);
}

/** A read message written again from its fields, bytes as received, each segment ended by CR: equal to a canonical message. */
export function rewriteHl7(message: Hl7Message): Uint8Array {
  const { bytes: separator } = mark(message.separators.field);
  const pieces: Uint8Array[] = [];
  for (const one of message.segments) {
    pieces.push(Buffer.from(one.name, 'latin1'));
    for (let n = 1; n <= one.size; n++) {
      // MSH-1 is the separator itself and MSH-2 follows it at once.
      if (one.name !== 'MSH' || n > 2) pieces.push(separator);
      pieces.push(one.field(n).slice);
    }
    pieces.push(Uint8Array.of(0x0d));
  }
  return Buffer.concat(pieces);
}
