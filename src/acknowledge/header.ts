import { hash } from 'node:crypto';
import { declaredCharset, type Used } from '../formats/hl7v2/charset.ts';
import type { Field, Hl7Message } from '../formats/hl7v2/model.ts';
import { segment, type FieldValue, type NewSegment } from '../formats/hl7v2/write.ts';

/** What every answer of ours is stamped with: MSH-10, and the epoch milliseconds of MSH-7. */
export interface Stamp { readonly controlId: string; readonly at: number }

/** MSH-10 of an answer: 20 characters (ST length of HL7 2.5), the same whenever the same answer is made again. */
export const controlIdOf = (...parts: readonly string[]): string => hash('sha256', parts.join('|'), 'hex').slice(0, 20);

/** HL7 TS of an instant, in UTC with its offset, so that no receiver has to guess a time zone. */
export function hl7Time(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}+0000`;
}

/** The set to answer in and how MSH-18 says it: the one received, or the set we read the bytes with when none was told. */
export function answerCharset(declared: string, used: Used): { readonly used: Used; readonly msh18: string } {
  const known = declaredCharset(declared);
  if (known !== null) return { used: known, msh18: declared };
  return used === 'iso-8859-15' || used === 'windows-1252' ? { used: 'iso-8859-15', msh18: '8859/15' } : { used: 'utf-8', msh18: 'UNICODE UTF-8' };
}

/** A received field to be written again, whatever separators and charset it came in. */
const copy = (field: Field): FieldValue => ({ repeated: field.repetitions.map((one) => one.components.map((component) => component.subs)) });
const or = (field: Field, otherwise: string): FieldValue => (field.isEmpty ? otherwise : copy(field));

/** MSH of a technical acknowledgement (inbound.md §3): applications swapped, MSH-11 and MSH-12 as received, MSH-17 FRA. */
export function answerHeader(message: Hl7Message, { controlId, at }: Stamp, msh18: string): NewSegment {
  const msh = message.first('MSH');
  const event = msh.text(9, 2);
  return segment('MSH', {
    3: or(msh.field(5), 'PASSERELLE'), 4: copy(msh.field(6)), 5: copy(msh.field(3)), 6: copy(msh.field(4)), 7: hl7Time(at),
    9: event === '' ? 'ACK' : ['ACK', event, 'ACK'], 10: controlId, 11: or(msh.field(11), 'P'), 12: or(msh.field(12), '2.5'), 17: 'FRA', 18: msh18,
  });
}
