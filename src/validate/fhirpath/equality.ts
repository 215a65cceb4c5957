import { FhirNode, Quantity, systemValue, type Item, type Items } from './item.ts';
import { quantitiesEqual } from './quantity.ts';
import { compareTemporal, parseTemporal, Temporal } from './temporal.ts';

/** `=` on single items (N1 §Equals): undefined when dates differ in precision only. */
export function equalItems(a: Item, b: Item): boolean | undefined {
  const left = systemValue(a);
  const right = systemValue(b);
  if (left === undefined || right === undefined) {
    return a instanceof FhirNode && b instanceof FhirNode && deepEqual(a.value, b.value) && (a.value !== undefined || deepEqual(a.sibling, b.sibling));
  }
  if (left instanceof Temporal || right instanceof Temporal) return equalTemporals(left, right);
  if (left instanceof Quantity || right instanceof Quantity) {
    if (a instanceof FhirNode && b instanceof FhirNode) return deepEqual(a.value, b.value);
    return left instanceof Quantity && right instanceof Quantity && quantitiesEqual(left, right);
  }
  return left === right;
}

function equalTemporals(left: unknown, right: unknown): boolean | undefined {
  const a = typeof left === 'string' ? parseTemporal(left) : left;
  const b = typeof right === 'string' ? parseTemporal(right) : right;
  if (!(a instanceof Temporal) || !(b instanceof Temporal)) return false;
  if ((a.kind === 'time') !== (b.kind === 'time')) return false;
  const order = compareTemporal(a, b);
  return order === undefined ? undefined : order === 0;
}

/** `=` on collections: same length, equal pairwise. */
export function equalCollections(a: Items, b: Items): boolean | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  if (a.length !== b.length) return false;
  let unknown = false;
  for (const [i, item] of a.entries()) {
    const other = b[i];
    const same = other !== undefined && equalItems(item, other);
    if (same === false) return false;
    unknown ||= same === undefined;
  }
  return unknown ? undefined : true;
}

/** `~` on single items: case and white space of strings do not count, nor the precision of dates. */
export function equivalentItems(a: Item, b: Item): boolean {
  const left = systemValue(a);
  const right = systemValue(b);
  if (typeof left === 'string' && typeof right === 'string') return folded(left) === folded(right);
  if (typeof left === 'number' && typeof right === 'number') return equivalentNumbers(left, right);
  if (left instanceof Temporal && right instanceof Temporal) return compareTemporal(left, right) === 0;
  return equalItems(a, b) === true;
}

export function equivalentCollections(a: Items, b: Items): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every(item => {
    const found = left.findIndex(other => equivalentItems(item, other));
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}

/** Is an item in a collection? Used by `in`, `|`, intersect, distinct. */
export function includes(items: Items, item: Item): boolean {
  return items.some(other => equalItems(other, item) === true);
}

function folded(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function equivalentNumbers(a: number, b: number): boolean {
  const places = Math.min(decimals(a), decimals(b));
  return a.toFixed(places) === b.toFixed(places);
}

function decimals(value: number): number {
  const text = String(value);
  return Math.min(text.includes('.') ? text.length - text.indexOf('.') - 1 : 0, 100);
}

/** Same JSON, whatever the order of the properties. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => deepEqual(item, b[i]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every(key => Object.hasOwn(right, key) && deepEqual(left[key], right[key]));
}
