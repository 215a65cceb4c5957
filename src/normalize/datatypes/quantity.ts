import type { Quantity } from '@medplum/fhirtypes';
import { putBeside } from '../put.ts';
import { codeSystem } from '../tables/code-systems.ts';
import { extensions } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

export type Unit = Pick<Quantity, 'unit' | 'system' | 'code'>;

/** `10^9/L`, `mL/min/1,73m^2` written without escaping the `^`: a power, its exponent where a CE has its text. */
export function isCut(part: Part): boolean {
  const [base, exponent] = [part.peek(1), part.peek(2)];
  return /(?:^|\D)10$/.test(base) ? /^[+-]?\d{1,2}(?:\/.*)?$/.test(exponent) : base.endsWith('m') && /^[23](?:\/.*)?$/.test(exponent);
}

/** OBX-6: the unit as written and, when its system is named, its code. Without a system the text is kept and no code invented. */
export function unitOf(part: Part | null, facility: string): Unit {
  if (!part) return {};
  if (isCut(part)) return { unit: `${part.text(1)}^${part.text(2)}` };
  const code = part.text(1), system = code === '' ? '' : codeSystem(part.text(3), facility);
  if (system === '') {
    const unit = code === '' ? part.text(2) : code;
    return unit === '' ? {} : { unit };
  }
  const text = part.text(2);
  return { unit: text === '' ? code : text, system, code };
}

/** The number a text writes, when a double can hold it without changing its digits; else null. */
export function numberOf(text: string): number | null {
  if (!decimal.test(text)) return null;
  // A double holds 15 digits; only a longer text needs them counted.
  const digits = text.length <= 15 ? 0 : text.replace(/\D/g, '').replace(/^0+/, '').length;
  return digits > 15 ? null : Number(text);
}

/**
 * A Quantity from a number as written. Digits that JSON cannot show (`7.0`) are told by the quantity-precision extension:
 * 7 and 7.0 are not the same measurement.
 */
export function quantity(text: string, unit: Unit, comparator?: Quantity['comparator']): Quantity | null {
  const value = numberOf(text);
  if (value === null) return null;
  const made: Quantity = { value, ...(comparator ? { comparator } : {}), ...unit };
  const point = text.indexOf('.'), decimals = point < 0 ? 0 : text.length - point - 1;
  if (decimals > 0 && text.endsWith('0')) putBeside(made, 'value', { extension: [{ url: extensions.precision, valueInteger: decimals }] });
  return made;
}
