import type { DecimalTexts } from '../decimals.ts';
import type { Offsets } from '../offsets.ts';

/**
 * Puts a primitive where JSON wants it (R4 json.html#primitive): the value under its name, id and extensions under
 * `_name`; for an array both are arrays of the same length, padded with nulls.
 */
export function placePrimitive(
  object: Record<string, unknown>, name: string, array: boolean, offset: number,
  read: { value: unknown; text: string | undefined; extra: Record<string, unknown> | undefined },
  notes: { offsets: Offsets; decimals: DecimalTexts },
): void {
  const { offsets, decimals } = notes;
  const keepText = (container: object, key: string | number): void => {
    if (typeof read.value === 'number' && read.text !== undefined && String(read.value) !== read.text) decimals.set(container, key, read.text);
  };
  if (!array) {
    if (read.value !== undefined) {
      object[name] = read.value;
      offsets.set(object, name, offset);
      keepText(object, name);
    }
    if (read.extra !== undefined) {
      object[`_${name}`] = read.extra;
      offsets.set(object, `_${name}`, offset);
    }
    return;
  }
  const values = arrayOf(object, name, offset, offsets);
  const index = values.length;
  values.push(read.value ?? null);
  offsets.set(values, index, offset);
  keepText(values, index);
  const extras = object[`_${name}`] as unknown[] | undefined;
  if (read.extra !== undefined && extras === undefined) {
    const padded = arrayOf(object, `_${name}`, offset, offsets);
    for (let before = 0; before < index; before += 1) padded.push(null);
    padded.push(read.extra);
    offsets.set(padded, index, offset);
  } else if (extras !== undefined) {
    extras.push(read.extra ?? null);
    offsets.set(extras, index, offset);
  }
}

/** Puts an object (or the holder's resource) under its name; returns nothing to keep order: an array grows. */
export function placeObject(
  object: Record<string, unknown>, name: string, array: boolean, offset: number, value: unknown, offsets: Offsets,
): void {
  if (!array) {
    object[name] = value;
    offsets.set(object, name, offset);
    return;
  }
  const values = arrayOf(object, name, offset, offsets);
  offsets.set(values, values.length, offset);
  values.push(value);
}

/** Arrays of primitives none of which has a value are not written: only their `_name` is. */
export function dropEmptyArrays(object: Record<string, unknown>): void {
  for (const key of Object.keys(object)) {
    const values = object[key];
    if (Array.isArray(values) && Array.isArray(object[`_${key}`]) && values.every(value => value === null)) {
      Reflect.deleteProperty(object, key);
    }
  }
}

function arrayOf(object: Record<string, unknown>, name: string, offset: number, offsets: Offsets): unknown[] {
  const there = object[name];
  if (Array.isArray(there)) return there as unknown[];
  const created: unknown[] = [];
  object[name] = created;
  offsets.set(object, name, offset);
  return created;
}
