import type { TypeInfo, TypeModel } from '../../src/validate/registry/type-model.ts';

type Json = Record<string, unknown>;

/** A change that no FHIR validator may let pass, and the place an error must name (or lie below or directly above). */
export interface Mutant { readonly kind: string; readonly place: readonly (string | number)[]; readonly resource: unknown }

const dates = new Set(['date', 'dateTime', 'instant']);

/**
 * All the must-refuse mutants of a resource, by construction from the base types: an unknown property in each object,
 * an array that is none, a date that does not exist, a primitive of the wrong JSON type, an empty object or array, null.
 */
export function mutantsOf(resource: Json, model: TypeModel): Mutant[] {
  const mutants: Mutant[] = [];
  const add = (kind: string, place: readonly (string | number)[], value: unknown, key?: string): void => {
    const copy = structuredClone(resource);
    let holder: unknown = copy;
    const path = key === undefined ? place : [...place, key];
    for (const step of path.slice(0, -1)) holder = (holder as Record<string | number, unknown>)[step];
    (holder as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
    mutants.push({ kind, place, resource: copy });
  };
  const visit = (value: Json, type: TypeInfo | undefined, place: readonly (string | number)[]): void => {
    add('unknown property', place, 'x', 'zzUnknown');
    for (const [key, held] of Object.entries(value)) {
      const variant = type?.properties.get(key);
      if (variant === undefined) continue;
      const own = variant.type();
      const here = [...place, key];
      const items: unknown[] = Array.isArray(held) ? held : [held];
      if (Array.isArray(held)) {
        add('not an array', here, held[0]);
        add('empty array', here, []);
      } else add('array', here, [held]);
      items.forEach((item, index) => {
        const at = Array.isArray(held) ? [...here, index] : here;
        if (typeof item === 'object' && item !== null) {
          const inner = own === undefined || own.kind === 'resource' ? model.type(String((item as Json).resourceType)) : own;
          add('empty object', at, {});
          visit(item as Json, inner, at);
        } else if (variant.code !== 'xhtml') {
          add('wrong JSON type', at, typeof item === 'string' ? 12345 : 'twelve');
          if (dates.has(variant.code)) add('no such date', at, '2024-02-30');
        }
      });
    }
  };
  visit(resource, model.type(String(resource.resourceType)), []);
  return mutants;
}
