import type { ElementShape } from './schema-lookup.ts';

/** An open XML element on its way to JSON. */
export interface Frame {
  readonly kind: 'complex' | 'holder' | 'primitive';
  readonly name: string;
  readonly shape: ElementShape | undefined;
  /** Type key for its children. */
  readonly type: string;
  /** What its children fill. For a primitive: the object of its `_name`. */
  readonly object: Record<string, unknown>;
  /** Is it a resource itself (then `id` is an element, not an attribute)? */
  readonly resource: boolean;
  readonly offset: number;
  /** Length of the path before its own steps. */
  readonly depth: number;
  /** Where it goes when it closes: a holder has the place, its resource fills it. */
  readonly put: (value: Record<string, unknown>) => void;
  /** Rank of the last child seen. */
  rank: number;
  /** A holder's number of resources, a primitive's value. */
  count: number;
  value: string | undefined;
  textReported: boolean;
}

export function frame(kind: Frame['kind'], name: string, shape: ElementShape | undefined, type: string,
  place: Pick<Frame, 'resource' | 'offset' | 'depth' | 'put'>): Frame {
  return { kind, name, shape, type, object: {}, ...place, rank: 0, count: 0, value: undefined, textReported: false };
}
