import type { Quantity } from './item.ts';

/** Calendar words and the UCUM units they may be compared with (N1 §Time-valued Quantities; years and months are not exact). */
const calendar: Readonly<Record<string, string>> = {
  week: 'wk', weeks: 'wk', day: 'd', days: 'd', hour: 'h', hours: 'h', minute: 'min', minutes: 'min',
  second: 's', seconds: 's', millisecond: 'ms', milliseconds: 'ms', year: 'year', years: 'year', month: 'month', months: 'month',
};

const seconds: Readonly<Record<string, number>> = { wk: 604800, d: 86400, h: 3600, min: 60, s: 1, ms: 0.001 };

/** Metric prefixes of the units invariants compare most; anything else must be written alike. */
const grams: Readonly<Record<string, number>> = { kg: 1000, g: 1, mg: 0.001, ug: 1e-6 };
const metres: Readonly<Record<string, number>> = { km: 1000, m: 1, cm: 0.01, mm: 0.001 };

/** A quantity in the base unit of its family, to be compared with another of the family; undefined when families differ. */
export function comparable(a: Quantity, b: Quantity): readonly [number, number] | undefined {
  const left = calendar[a.unit] ?? a.unit;
  const right = calendar[b.unit] ?? b.unit;
  if (left === right) return [a.value, b.value];
  for (const family of [seconds, grams, metres]) {
    const x = family[left];
    const y = family[right];
    if (x !== undefined && y !== undefined) return [a.value * x, b.value * y];
  }
  return undefined;
}

export function quantitiesEqual(a: Quantity, b: Quantity): boolean {
  const pair = comparable(a, b);
  return pair !== undefined && pair[0] === pair[1];
}
