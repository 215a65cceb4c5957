import { partialDate } from './partial-date.ts';
import { offsetIn } from './zone.ts';

const time = /^(\d{2})(\d{2})?(\d{2})?(\.\d{1,4})?([+-]\d{3,4})?$/;

/** `+0100` as FHIR writes it; the three digits some senders write (`+100`) are read as hours and minutes. */
function offset(text: string): string {
  const digits = text.slice(1).padStart(4, '0');
  return `${text.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** Times met lately, by zone: the results of a report share theirs. */
const known = new Map<string, Map<string, string>>();

/**
 * An HL7 v2 TS or DTM (`yyyy[MM[dd[HH[mm[ss[.S]]]]]][±ZZZZ]`) as a FHIR dateTime at its own precision; '' when it is none.
 * A time without offset is read in the source's zone. An hour without minutes gets `:00`: FHIR has no coarser time.
 */
export function dateTime(text: string, zone: string): string {
  if (text.length <= 8) return partialDate(text);
  const last = known.get(zone) ?? new Map<string, string>();
  const same = last.get(text);
  if (same !== undefined) return same;
  if (last.size > 200) last.clear();
  const made = convert(text, zone);
  known.set(zone, last.set(text, made));
  return made;
}

function convert(text: string, zone: string): string {
  const date = partialDate(text.slice(0, 8));
  if (date === '') return '';
  // An offset after a date alone carries nothing: the date stays a date.
  const parts = time.exec(text.slice(8));
  if (!parts || date.length < 10) return /^[+-]\d{3,4}$/.test(text.slice(8)) || date.length < 10 ? date : '';
  const hour = parts[1] ?? '00', minute = parts[2] ?? '00', second = parts[3] ?? '00';
  if (hour > '23' || minute > '59' || second > '59') return '';
  const shift = parts[5] ? offset(parts[5]) : offsetIn(zone, Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8)), Number(hour));
  return `${date}T${hour}:${minute}:${second}${parts[4] ?? ''}${shift}`;
}

/** The same as a FHIR instant, which needs a full time; '' when the text is not that precise. */
export function instant(text: string, zone: string): string {
  const full = dateTime(text, zone);
  return full.length > 10 ? full : '';
}
