import { isUtf8 } from 'node:buffer';
import type { Separators } from './model.ts';

/** One separator as it stands in the bytes: a byte value when it is one byte, else its bytes (U+02DC is seen in MSH-2). */
export interface Mark { readonly byte: number; readonly bytes: Uint8Array; readonly length: number }
export interface Marks { readonly field: Mark; readonly component: Mark; readonly repetition: Mark; readonly subcomponent: Mark }

export interface MshStart {
  readonly separators: Separators;
  readonly marks: Marks;
  /** Offset just after MSH-2. */
  readonly end: number;
  /** Roles whose declaration was missing, repeated or alphanumeric: the usual character stands in. */
  readonly replaced: readonly (keyof Separators)[];
}

const usual: Separators = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };
const order = ['component', 'repetition', 'escape', 'subcomponent'] as const;

export const mark = (character: string, bytes: Uint8Array = Buffer.from(character, 'utf8')): Mark =>
  ({ byte: bytes.length === 1 ? bytes[0] ?? -1 : -1, bytes, length: bytes.length });

export const usualSeparators = usual;

/** Characters of a short slice with the bytes each came from: UTF-8 when it is valid, one byte each otherwise. */
function characters(slice: Buffer): { text: string; bytes: Uint8Array }[] {
  if (isUtf8(slice)) return Array.from(slice.toString('utf8'), (text) => ({ text, bytes: Buffer.from(text, 'utf8') }));
  return Array.from(slice, (byte) => ({ text: String.fromCharCode(byte), bytes: Uint8Array.of(byte) }));
}

const isWordByte = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte <= 0x20;

/** Length of the UTF-8 character that starts with this byte; 1 when it is none. */
const widthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1);

/** Is `MSH` followed by a character that can separate fields? */
export const startsMsh = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x4d && bytes[at + 1] === 0x53 && bytes[at + 2] === 0x48 && at + 3 < bytes.length && !isWordByte(bytes[at + 3] ?? 0);

export const usualMarks: Marks = { field: mark('|'), component: mark('^'), repetition: mark('~'), subcomponent: mark('&') };
/** A separator of one ASCII byte is the same character in every set that we decode, and part of no other. */
export const areAscii = (marks: Marks): boolean =>
  marks === usualMarks || [marks.field, marks.component, marks.repetition, marks.subcomponent].every(({ byte }) => byte >= 0 && byte < 0x80);

const usualStart = Buffer.from('MSH|^~\\&|');

/**
 * Reads MSH-1 and MSH-2 (HL7 v2.5 §2.5.4): any character may be declared. `lineEnd` bounds the search. A role that is
 * missing, declared twice or alphanumeric takes its usual character, so that the rest of the message can still be read.
 */
export function readSeparators(buffer: Buffer, at: number, lineEnd: number): MshStart {
  if (buffer.compare(usualStart, 0, usualStart.length, at, Math.min(lineEnd, at + usualStart.length)) === 0) {
    return { separators: usual, marks: usualMarks, end: at + usualStart.length - 1, replaced: [] };
  }
  const lead = buffer.subarray(at + 3, Math.min(lineEnd, at + 3 + widthOf(buffer[at + 3] ?? 0)));
  const fieldCharacter = (isUtf8(lead) ? characters(lead) : characters(lead.subarray(0, 1)))[0] ?? { text: usual.field, bytes: Buffer.from(usual.field) };
  const field = mark(fieldCharacter.text, fieldCharacter.bytes);
  const from = at + 3 + field.length;
  // Sixteen bytes hold the four or five characters of MSH-2 whatever their width; a longer MSH-2 is no declaration.
  const window = buffer.subarray(from, Math.min(lineEnd, from + 16));
  const stop = window.indexOf(field.bytes);
  const declared = characters(stop < 0 ? window : window.subarray(0, stop));

  const separators: Record<keyof Separators, string> = { ...usual, field: fieldCharacter.text };
  const found: Partial<Record<keyof Separators, Mark>> = {};
  const taken = new Set([fieldCharacter.text]);
  const replaced: (keyof Separators)[] = [];
  order.forEach((role, i) => {
    const character = declared[i];
    if (character !== undefined && !taken.has(character.text) && !isWordByte(character.bytes[0] ?? 0)) {
      separators[role] = character.text;
      found[role] = mark(character.text, character.bytes);
    } else {
      replaced.push(role);
    }
    taken.add(separators[role]);
  });
  return {
    separators, replaced, end: stop < 0 ? from + window.length : from + stop,
    marks: {
      field, component: found.component ?? mark(usual.component), repetition: found.repetition ?? mark(usual.repetition),
      subcomponent: found.subcomponent ?? mark(usual.subcomponent),
    },
  };
}

export const isUsual = (separators: Separators): boolean =>
  separators.field === usual.field && order.every((role) => separators[role] === usual[role]);

const near = 128;

/**
 * Offset of the mark in [from, to), or `to`. What is near is found in a loop, what is far by the native search, bounded by a
 * view so that no call ever looks past its own range (that bound is what keeps reading linear).
 */
export function seek(buffer: Buffer, { byte, bytes }: Mark, from: number, to: number): number {
  if (byte < 0) return orTo(buffer.subarray(from, to).indexOf(bytes), from, to);
  const far = Math.min(to, from + near);
  for (let i = from; i < far; i++) if (buffer[i] === byte) return i;
  return far === to ? to : orTo(buffer.subarray(far, to).indexOf(byte), far, to);
}

const orTo = (found: number, from: number, to: number): number => (found < 0 ? to : from + found);
