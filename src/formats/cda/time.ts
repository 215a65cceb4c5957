import type { CdaTime } from './header.ts';
import { zoneOffset } from './zone.ts';

export const noTime: CdaTime = { raw: '', utc: '', iso: '', hadOffset: false };

// yyyy[MM[dd[HH[mm[ss[.f]]]]]][+-zzzz]; offsets of 1 to 4 digits are met on the wire (`+100` is one hour: CI-SIS BIO-TROD examples).
const pattern = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\.\d{1,6})?(?:([+-])(\d{1,4})|Z)?$/u;

/** Minutes of `1`, `01` (hours), `100`, `0130` (hours and minutes). Null out of range. */
function offsetMinutes(sign: string, digits: string): number | null {
  const hours = Number(digits.length <= 2 ? digits : digits.slice(0, -2));
  const minutes = digits.length <= 2 ? 0 : Number(digits.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

const two = (n: number): string => String(n).padStart(2, '0');
const isoOffset = (minutes: number): string => `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;

/**
 * A CDA TS. Year, month and day stay what they are (a date has no instant); from the hour on, `utc` is converted and keeps
 * its precision, and `iso` is a FHIR dateTime in the document's own offset. A time without offset is read in `timeZone`.
 * Null when the text is no time.
 */
export function readTime(raw: string, timeZone: string): CdaTime | null {
  const found = pattern.exec(raw);
  if (found === null) return null;
  const [, year = '', month, day, hours, minutes, seconds, fraction = '', sign, zone] = found;
  const date = [year, month, day].filter(part => part !== undefined);
  const digits = [Number(year), Number(month ?? '1') - 1, Number(day ?? '1'), Number(hours ?? '0'), Number(minutes ?? '0'), Number(seconds ?? '0')] as const;
  const wall = Date.UTC(...digits);
  const back = new Date(wall);
  if (back.getUTCMonth() !== digits[1] || back.getUTCDate() !== digits[2] || back.getUTCHours() !== digits[3] || back.getUTCMinutes() !== digits[4] || back.getUTCSeconds() !== digits[5]) return null;
  const hadOffset = zone !== undefined || raw.endsWith('Z');
  if (hours === undefined) return { raw, utc: date.join(''), iso: date.join('-'), hadOffset };
  const offset = zone !== undefined && sign !== undefined ? offsetMinutes(sign, zone) : hadOffset ? 0 : zoneOffset(wall, timeZone);
  if (offset === null) return null;
  const precision = seconds !== undefined ? 14 : minutes !== undefined ? 12 : 10;
  const utc = new Date(wall - offset * 60_000).toISOString().replace(/[^\d]/gu, '').slice(0, precision);
  return { raw, utc, iso: `${date.join('-')}T${two(digits[3])}:${two(digits[4])}:${two(digits[5])}${fraction}${isoOffset(offset)}`, hadOffset };
}
