import { decode, type Used } from './charset.ts';
import { unescape } from './escape.ts';
import type { Separators } from './model.ts';
import type { Marks } from './separators.ts';

/** What every view of one message shares. */
export interface Context {
  readonly buffer: Buffer;
  readonly marks: Marks;
  readonly separators: Separators;
  readonly used: Used;
  /** Segments of each name: a place is `OBX[2]` only when there are several. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Decoded and unescaped text of [from, to); the HL7 null `""` has no text. */
export function textOf({ buffer, used, separators }: Context, from: number, to: number): string {
  if (from >= to || isNullAt(buffer, from, to)) return '';
  return unescape(decode(buffer, from, to, used), separators, used);
}

export const isNullAt = (buffer: Buffer, from: number, to: number): boolean =>
  to - from === 2 && buffer[from] === 0x22 && buffer[from + 1] === 0x22;

/** `PID`, or `OBX[2]` when the message has several of that name. */
export const placeOf = (counts: ReadonlyMap<string, number>, name: string, rank: number): string =>
  ((counts.get(name) ?? 0) > 1 ? `${name}[${rank}]` : name);
