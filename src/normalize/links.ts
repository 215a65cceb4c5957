/** What a place of the message became: a FHIRPath from the Bundle. */
export interface Link { readonly place: string; readonly path: string }
/** A place of the message and the value it holds; null where it is made of smaller ones. */
export interface Placed { readonly place: string; readonly text: string | null }

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
interface Entry { readonly resource?: { readonly meta?: { readonly source?: string } } & Record<string, Json> }

/** Written by the gateway itself, or told by the resource's own link. */
const notOfTheMessage: ReadonlySet<string> = new Set(['resourceType', 'meta', 'id', 'system', 'reference', 'url', 'status', 'use']);

function* leaves(value: Json, path: string, name: string): Generator<{ readonly path: string; readonly value: string }> {
  if (value === null || typeof value === 'boolean' || notOfTheMessage.has(name)) return;
  if (typeof value !== 'object') { yield { path, value: String(value) }; return; }
  if (Array.isArray(value)) { for (const [i, one] of (value as readonly Json[]).entries()) yield* leaves(one, `${path}[${i}]`, name); return; }
  for (const [key, one] of Object.entries(value)) yield* leaves(one, `${path}.${key}`, key);
}

const digits = (text: string): string => text.replace(/[^0-9]/g, '');
const isMoment = (text: string): boolean => /^\d{4}(-\d\d){0,2}(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(text);
/** Does the resource's value say what the place holds? Times are compared to the precision that the message gives. */
function says(value: string, text: string): boolean {
  if (value === text) return true;
  if (isMoment(value) && /^\d{4,14}/.test(text)) return digits(value).startsWith(/^\d{4,14}/.exec(text)?.[0] ?? '-');
  return text !== '' && value !== '' && /^[-+]?\d+(\.\d+)?$/.test(text) && Number(value) === Number(text);
}
const shortest = 2;

/** Place under another: `OBX[2]-5-1` under `OBX[2]`. */
const isUnder = (place: string, upper: string): boolean => place.startsWith(`${upper}-`);

/**
 * Which places of the message each resource came from, by the `meta.source` that normalize left (building.ts), and within it
 * which element holds which value, where only one of both does: what two fields could have given is linked to neither.
 */
export function linksOf(bundle: { readonly entry?: readonly unknown[] }, placed: readonly Placed[]): Link[] {
  const bySegment = new Map<string, Placed[]>();
  for (const one of placed) {
    const segment = /^[A-Z][A-Z0-9]{2}(\[\d+\])?/.exec(one.place)?.[0] ?? '';
    if (one.text === null || one.text.length < shortest) continue;
    const same = bySegment.get(segment);
    if (same === undefined) bySegment.set(segment, [one]); else same.push(one);
  }
  return ((bundle.entry ?? []) as readonly Entry[]).flatMap(({ resource }, i) => {
    const place = resource?.meta?.source?.split('#')[1];
    if (resource === undefined || place === undefined || place === '') return [];
    const path = `Bundle.entry[${i}].resource`;
    const given = (bySegment.get(place) ?? []).filter((one) => isUnder(one.place, place));
    const made = given.length === 0 ? [] : [...leaves(resource, path, '')];
    const own = made.flatMap((leaf): Link[] => {
      const [one, ...others] = given.filter(({ text }) => says(leaf.value, text ?? ''));
      return one === undefined || others.length > 0 ? [] : [{ place: one.place, path: leaf.path }];
    });
    return [{ place, path }, ...own];
  });
}
