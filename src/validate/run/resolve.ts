import { bundleOf, rootOf, type Frame } from './frame.ts';
import type { Run, Target } from './run.ts';

type Json = Readonly<Record<string, unknown>>;

interface Entry { readonly resource: Json; readonly target: Target }
/** The entries of a Bundle by what a reference may call them. Made once a run. */
export interface BundleIndex { readonly byUrl: ReadonlyMap<string, Entry[]>; readonly byTypeAndId: ReadonlyMap<string, Entry[]> }

/**
 * The resource a reference points to, as far as it travels with the message: `#id` in the container's contained, a
 * fullUrl, or a relative reference against the entry's own base (bundle.html#references). The first of several.
 */
export function resolveReference(run: Run, reference: string, from: Frame): Target | undefined {
  if (!reference.startsWith('#') && !reference.includes('/_history/')) {
    const bundle = bundleOf(from);
    const exact = bundle === undefined ? undefined : indexOf(bundle, run).byUrl.get(reference); // nearly every reference of a message
    if (exact !== undefined) return exact[0]?.target;
  }
  return candidatesFor(from, reference, run)[0];
}

/** Every resource a reference could mean: the rules on document and message Bundles ask that there be one. */
export function candidatesFor(frame: Frame, reference: string, run: Run): Target[] {
  if (reference.startsWith('#')) {
    const target = contained(rootOf(frame), reference.slice(1));
    return target === undefined ? [] : [target];
  }
  const bundle = bundleOf(frame);
  return bundle === undefined ? inParameters(frame, reference) : inBundle(bundle, frame, reference, run);
}

function contained(root: Frame, id: string): Target | undefined {
  if (id === '') return { resource: root.resource, type: root.type, frame: root };
  const list = root.resource.contained;
  const found: unknown = Array.isArray(list) ? list.find(one => (one as { id?: unknown } | null)?.id === id) : undefined;
  return found === undefined ? undefined : target(found as Json, { kind: 'contained', parent: root, fullUrl: undefined });
}

function inBundle(bundle: Frame, frame: Frame, reference: string, run: Run): Target[] {
  const index = indexOf(bundle, run);
  const [literal = '', version] = reference.split('/_history/');
  const entries = entriesFor(index, frame, literal).filter(entry => version === undefined || (entry.resource.meta as { versionId?: unknown } | undefined)?.versionId === version);
  return entries.map(entry => entry.target);
}

function entriesFor(index: BundleIndex, frame: Frame, reference: string): readonly Entry[] {
  const exact = index.byUrl.get(reference);
  if (exact !== undefined || /^[a-z][a-z0-9+.-]*:/i.test(reference)) return exact ?? [];
  const base = restBase(owner(frame)?.fullUrl);
  if (base !== undefined) return index.byUrl.get(`${base}/${reference}`) ?? [];
  return index.byTypeAndId.get(reference) ?? [];
}

/** The entry's resource around a contained or inner one. */
function owner(frame: Frame): Frame | undefined {
  let at: Frame | undefined = frame;
  while (at !== undefined && at.kind !== 'entry') at = at.parent;
  return at;
}

/** `http://server/fhir` of `http://server/fhir/Patient/1`; undefined for a urn or any other url. */
export function restBase(fullUrl: string | undefined): string | undefined {
  return /^(https?:\/\/.*)\/[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(fullUrl ?? '')?.[1];
}

function indexOf(bundle: Frame, run: Run): BundleIndex {
  run.bundles ??= new Map();
  const known = run.bundles.get(bundle.resource);
  if (known !== undefined) return known;
  const byUrl = new Map<string, Entry[]>();
  const byTypeAndId = new Map<string, Entry[]>();
  const entries: unknown[] = Array.isArray(bundle.resource.entry) ? bundle.resource.entry : [];
  for (const one of entries) {
    const { resource, fullUrl: url } = (one ?? {}) as { resource?: unknown; fullUrl?: unknown };
    if (typeof resource !== 'object' || resource === null) continue;
    const fullUrl = typeof url === 'string' ? url : undefined;
    const found = target(resource as Json, { kind: 'entry', parent: bundle, fullUrl });
    if (found === undefined) continue;
    const entry: Entry = { resource: resource as Json, target: found };
    if (fullUrl !== undefined) add(byUrl, fullUrl, entry);
    const { id } = resource as { id?: unknown };
    if (typeof id === 'string') add(byTypeAndId, `${found.type}/${id}`, entry);
  }
  const index = { byUrl, byTypeAndId };
  run.bundles.set(bundle.resource, index);
  return index;
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}

/** Resources side by side in Parameters, at any depth of parts. */
function inParameters(frame: Frame, reference: string): Target[] {
  const found: Target[] = [];
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    if (at.type !== 'Parameters') continue;
    const parent = at;
    parts(at.resource, resource => {
      const { resourceType, id } = resource as { resourceType?: unknown; id?: unknown };
      const one = typeof resourceType === 'string' && typeof id === 'string' && `${resourceType}/${id}` === reference ? target(resource, { kind: 'inner', parent, fullUrl: undefined }) : undefined;
      if (one !== undefined) found.push(one);
    }, 0);
  }
  return found;
}

function parts(holder: Json, each: (resource: Json) => void, depth: number): void {
  const list: unknown = holder.parameter ?? holder.part;
  if (!Array.isArray(list) || depth > 20) return;
  for (const one of list as unknown[]) {
    if (typeof one !== 'object' || one === null) continue;
    const { resource } = one as { resource?: unknown };
    if (typeof resource === 'object' && resource !== null) each(resource as Json);
    parts(one as Json, each, depth + 1);
  }
}

function target(resource: Json, frame: Pick<Frame, 'kind' | 'parent' | 'fullUrl'>): Target | undefined {
  const type = resource.resourceType;
  return typeof type === 'string' ? { resource, type, frame: { ...frame, resource, type } } : undefined;
}
