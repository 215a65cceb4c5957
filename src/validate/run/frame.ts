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
