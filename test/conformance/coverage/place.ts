export type Json = Record<string, unknown>;

/** Where something stands in a resource: the JSON steps, and the FHIRPath an issue would name. */
export interface Place { readonly path: readonly (string | number)[]; readonly expression: string }

export const below = ({ path, expression }: Place, key: string, shown: string, index?: number): Place => ({
  path: index === undefined ? [...path, key] : [...path, key, index],
  expression: `${expression}.${shown}${index === undefined ? '' : `[${String(index)}]`}`,
});

export function valueAt(resource: unknown, path: readonly (string | number)[]): unknown {
  let at: unknown = resource;
  for (const step of path) at = (at as Record<string | number, unknown> | undefined)?.[step];
  return at;
}

/** A copy with the value at a place replaced; undefined takes it away, and an array or object left empty with it. */
export function changed(resource: Json, path: readonly (string | number)[], value: unknown): Json {
  const copy = structuredClone(resource);
  const last = path.at(-1);
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown> | unknown[];
  if (last === undefined) return copy;
  if (value !== undefined) (holder as Record<string | number, unknown>)[last] = value;
  else if (Array.isArray(holder)) {
    holder.splice(Number(last), 1);
    if (holder.length === 0) return changed(copy, path.slice(0, -1), undefined);
  } else {
    Reflect.deleteProperty(holder, last);
    Reflect.deleteProperty(holder, `_${String(last)}`);
  }
  return copy;
}
