import type { Address } from '@medplum/fhirtypes';
import { put } from '../put.ts';
import { inseeCode } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';
import { periodIn } from './identifier.ts';

/** Table 0190. */
const uses: Readonly<Record<string, NonNullable<Address['use']>>> = { H: 'home', C: 'temp', B: 'work', O: 'work', BA: 'old', BI: 'billing', RH: 'home', VA: 'temp', SA: 'home' };

/** XAD as an Address; XAD.9 holds the INSEE code of the commune (PAM France). XAD.7 is the use, or tells a postal address. */
export function xad(part: Part, zone: string): Address | null {
  const made: Address = {};
  const type = part.text(7);
  put(made, 'use', uses[type]);
  if (type === 'M') made.type = 'postal';
  const lines = [part.line(1), part.line(2), part.line(8)].filter(line => line !== '');
  if (lines.length > 0) made.line = lines;
  put(made, 'city', part.text(3));
  put(made, 'state', part.text(4));
  put(made, 'postalCode', part.text(5));
  put(made, 'country', part.text(6));
  const insee = part.size > 8 ? part.text(9) : '';
  if (insee !== '') made.extension = [inseeCode(insee)];
  if (part.size > 11) {
    // XAD.12 is the validity as a DR (its two subcomponents), XAD.13 and .14 the same as two times.
    const start = part.time(zone, 12, 1), end = part.time(zone, 12, 2);
    put(made, 'period', start !== '' || end !== '' ? { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) } : periodIn(part, 13, zone));
  }
  return made.line ?? made.city ?? made.postalCode ?? made.country ?? made.state ?? made.extension ? made : null;
}
