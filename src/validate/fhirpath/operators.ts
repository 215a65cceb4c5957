import { FhirPathError, type BinaryOperator } from './ast.ts';
import { addDuration } from './duration.ts';
import { equalCollections, equivalentCollections, includes } from './equality.ts';
import { none, Quantity, systemValue, type Item, type Items } from './item.ts';
import { comparable } from './quantity.ts';
import { compareTemporal, parseTemporal, Temporal } from './temporal.ts';

type Apply = (left: Items, right: Items) => Items;

/** Every binary operator but the logical ones, which need not evaluate both sides. Throws FhirPathError. */
export const operators: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or' | 'xor' | 'implies'>, Apply>> = {
  '=': (a, b) => truth(equalCollections(a, b)),
  '!=': (a, b) => truth(negate(equalCollections(a, b))),
  '~': (a, b) => [equivalentCollections(a, b)],
  '!~': (a, b) => [!equivalentCollections(a, b)],
  '<': (a, b) => ordered(a, b, order => order < 0),
  '<=': (a, b) => ordered(a, b, order => order <= 0),
  '>': (a, b) => ordered(a, b, order => order > 0),
  '>=': (a, b) => ordered(a, b, order => order >= 0),
  '|': (a, b) => distinct([...a, ...b]),
  in: (a, b) => a.length === 0 ? none : [includes(b, single(a))],
  contains: (a, b) => b.length === 0 ? none : [includes(a, single(b))],
  '&': (a, b) => [text(a) + text(b)],
  '+': (a, b) => arithmetic(a, b, (x, y) => x + y, '+'),
  '-': (a, b) => arithmetic(a, b, (x, y) => x - y, '-'),
  '*': (a, b) => arithmetic(a, b, (x, y) => x * y, '*'),
  '/': (a, b) => arithmetic(a, b, (x, y) => y === 0 ? undefined : x / y, '/'),
  div: (a, b) => arithmetic(a, b, (x, y) => y === 0 ? undefined : Math.trunc(x / y), 'div'),
  mod: (a, b) => arithmetic(a, b, (x, y) => y === 0 ? undefined : x % y, 'mod'),
};

/** Beyond this, items that must be compared one by one are too many: invariants ask isDistinct() of whole Bundles. */
const maxCompared = 5000;

/** Each item once. Strings, numbers and booleans are told apart by a set, so that a Bundle of any size takes linear time. */
export function distinct(items: Items): Items {
  const list: Item[] = [];
  const keys = new Set<unknown>();
  const compared: Item[] = [];
  for (const item of items) {
    const value = systemValue(item);
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (plain ? keys.has(value) : includes(compared, item)) continue;
    if (plain) keys.add(value);
    else if (compared.push(item) > maxCompared) throw new FhirPathError('the expression takes too long on this resource');
    list.push(item);
  }
  return list;
}

/** The one item of a collection; N1 makes more than one an error. */
export function single(items: Items): Item {
  const [first] = items;
  if (first === undefined || items.length > 1) throw new FhirPathError('a single item is expected');
  return first;
}

export function truth(value: boolean | undefined): Items {
  return value === undefined ? none : [value];
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** -1, 0, 1; undefined when it cannot be told. Throws when the types cannot be ordered. */
export function compareItems(a: Item, b: Item): number | undefined {
  let left = systemValue(a);
  let right = systemValue(b);
  if (left === undefined || right === undefined) return undefined;
  if (left instanceof Temporal && typeof right === 'string') right = parseTemporal(right) ?? right;
  if (right instanceof Temporal && typeof left === 'string') left = parseTemporal(left) ?? left;
  if (left instanceof Temporal && right instanceof Temporal) return compareTemporal(left, right);
  if (left instanceof Quantity && right instanceof Quantity) {
    const pair = comparable(left, right);
    return pair === undefined ? undefined : Math.sign(pair[0] - pair[1]);
  }
  if (typeof left === 'number' && typeof right === 'number') return Math.sign(left - right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  throw new FhirPathError('these values have no order');
}

function ordered(a: Items, b: Items, test: (order: number) => boolean): Items {
  if (a.length === 0 || b.length === 0) return none;
  const order = compareItems(single(a), single(b));
  return order === undefined ? none : [test(order)];
}

function text(items: Items): string {
  if (items.length === 0) return '';
  const value = systemValue(single(items));
  if (typeof value !== 'string') throw new FhirPathError('& joins strings');
  return value;
}

function arithmetic(a: Items, b: Items, apply: (x: number, y: number) => number | undefined, sign: string): Items {
  if (a.length === 0 || b.length === 0) return none;
  const left = systemValue(single(a));
  const right = systemValue(single(b));
  if (left === undefined || right === undefined) return none;
  if (typeof left === 'number' && typeof right === 'number') return numberOrNone(apply(left, right));
  if (typeof left === 'string' && typeof right === 'string' && sign === '+') return [left + right];
  if (left instanceof Temporal && right instanceof Quantity && (sign === '+' || sign === '-')) {
    const moved = addDuration(left, right, sign === '+' ? 1 : -1);
    return moved === undefined ? none : [moved];
  }
  if (left instanceof Quantity && right instanceof Quantity && left.unit === right.unit && (sign === '+' || sign === '-')) {
    return [new Quantity(apply(left.value, right.value) ?? 0, left.unit)];
  }
  throw new FhirPathError(`${sign} does not apply to these values`);
}

/** Binary fractions are rounded to the 8 decimals N1 asks for, so that 0.1 + 0.2 = 0.3. */
function numberOrNone(value: number | undefined): Items {
  if (value === undefined || !Number.isFinite(value)) return none;
  return [Number.isInteger(value) ? value : Number(value.toFixed(8))];
}
