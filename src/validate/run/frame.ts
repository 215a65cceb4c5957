import type { FhirNode } from '../fhirpath/item.ts';

/**
 * A resource being validated and where it stands: invariants speak of %resource and %rootResource, references are
 * resolved from it outwards.
 */
export interface Frame {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly kind: 'root' | 'contained' | 'entry' | 'inner';
  readonly parent: Frame | undefined;
  /** Bundle.entry.fullUrl, for an entry's resource. */
  readonly fullUrl: string | undefined;
}

/** %rootResource: the resource that contains a contained one, otherwise the resource itself. */
export function rootOf(frame: Frame): Frame {
  let root = frame;
  while (root.kind === 'contained' && root.parent !== undefined) root = root.parent;
  return root;
}

/** The nearest Bundle or Parameters around, itself included. */
export function bundleOf(frame: Frame): Frame | undefined {
  let at: Frame | undefined = frame;
  while (at !== undefined && at.type !== 'Bundle') at = at.parent;
  return at;
}

/**
 * The frame of a resource FHIRPath walked into (an entry's, a contained one) from the one in focus. `owner` of a node
 * is the resource around it, so the chain leads back to where the walk began.
 */
export function frameOfNode(node: FhirNode, focus: Frame): Frame {
  if (node.value === focus.resource) return focus;
  const parent = node.owner === undefined ? focus : frameOfNode(node.owner, focus);
  if (parent.resource === node.value) return parent;
  return frameWithin(node.value as Frame['resource'], node.type?.name ?? '', parent);
}

/** The frame of a resource that stands in another: contained, in an entry, or elsewhere. */
export function frameWithin(resource: Frame['resource'], type: string, parent: Frame): Frame {
  if (resource === parent.resource) return parent;
  const { contained, entry } = parent.resource;
  if (Array.isArray(contained) && contained.includes(resource)) return { resource, type, kind: 'contained', parent, fullUrl: undefined };
  const own: unknown = Array.isArray(entry) ? entry.find(one => (one as { resource?: unknown } | null)?.resource === resource) : undefined;
  const url = (own as { fullUrl?: unknown } | undefined)?.fullUrl;
  return { resource, type, kind: own === undefined ? 'inner' : 'entry', parent, fullUrl: typeof url === 'string' ? url : undefined };
}
