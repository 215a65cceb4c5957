import type { Resource } from '@medplum/fhirtypes';
import { emitResource, type Emission } from '../../src/emit/resource.ts';
import type { ResourceTexts } from '../../src/emit/texts.ts';
import type { Index } from './content.ts';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every `reference` text inside a value. */
export function referencesIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const one of value) referencesIn(one, found);
  else if (isObject(value)) {
    for (const key in value) {
      const inner = value[key];
      if (key === 'reference' && typeof inner === 'string') found.push(inner);
      else if (typeof inner === 'object') referencesIn(inner, found);
    }
  }
  return found;
}

/** A copy in which each Reference object was replaced by what `map` gives for it; null takes it away. */
export function mapReferences<T>(value: T, map: (reference: Json) => Json | null): T {
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk).filter((inner) => inner !== undefined);
    if (!isObject(one)) return one;
    if (typeof one.reference === 'string') return map(one) ?? undefined;
    return Object.fromEntries(Object.entries(one).flatMap(([key, inner]) => {
      const walked = walk(inner);
      return walked === undefined || (Array.isArray(walked) && walked.length === 0) ? [] : [[key, walked]];
    }));
  };
  return walk(value) as T;
}

const written = '"reference":"';

/** The same, from a resource's JSON: inside a value these quotes would be escaped. */
function* referencesInText(text: string): Generator<string> {
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at)) {
    const from = at + written.length, to = text.indexOf('"', from);
    yield text.slice(from, to);
    at = to;
  }
}

/** The resources of the types `roots` and everything they reach, in the Bundle's order, but for the types `without`. */
export function reachable(index: Index, roots: ReadonlySet<string>, without: ReadonlySet<string>, texts: ResourceTexts): Index {
  const seen = new Set<string>();
  // Others than roots that were not reached yet: there are few, and the first roots name them all.
  let left = 0;
  for (const [fullUrl, { resourceType }] of index) {
    if (roots.has(resourceType)) seen.add(fullUrl);
    else if (!without.has(resourceType)) left += 1;
  }
  const open = [...seen];
  for (let next = open.pop(); next !== undefined && left > 0; next = open.pop()) {
    const resource = index.get(next);
    if (resource === undefined) continue;
    for (const reference of referencesInText(texts.of(resource))) {
      const named = seen.has(reference) ? undefined : index.get(reference);
      if (named === undefined || without.has(named.resourceType)) continue;
      seen.add(reference);
      open.push(reference);
      left -= 1;
    }
  }
  const found = new Map<string, Resource>();
  for (const [fullUrl, resource] of index) if (seen.has(fullUrl)) found.set(fullUrl, resource);
  return found;
}

/**
 * Resources that PDSm and NdE want inside the resource that names them (`aggregation: contained`). A contained resource
 * takes with it the professionals and structures it names; any other reference out of it is left out.
 */
export class Contained {
  readonly resources: Resource[] = [];
  readonly #ids = new Map<string, string>();
  readonly #index: Index;
  readonly #emission: Emission;

  constructor(index: Index, emission: Emission) {
    this.#index = index;
    this.#emission = emission;
  }

  /** `#id` of the resource, contained from now on; null when the Bundle does not hold it. */
  add(fullUrl: string | undefined): string | null {
    const resource = fullUrl === undefined ? undefined : this.#index.get(fullUrl);
    if (resource === undefined || fullUrl === undefined) return null;
    const known = this.#ids.get(fullUrl);
    if (known !== undefined) return `#${known}`;
    const id = `${resource.resourceType.toLowerCase()}-${String(this.#ids.size + 1)}`;
    this.#ids.set(fullUrl, id);
    const inner = mapReferences(emitResource(resource, this.#emission), (reference) => {
      const target = String(reference.reference);
      const held = ['Practitioner', 'Organization'].includes(this.#index.get(target)?.resourceType ?? '') ? this.add(target) : null;
      return held === null ? null : { ...reference, reference: held };
    });
    this.resources.push({ ...inner, id });
    return `#${id}`;
  }

  /** A resource of our own making. */
  put(resource: Resource & { id: string }): string {
    this.resources.push(resource);
    return `#${resource.id}`;
  }
}
