import type { Json } from './place.ts';

/** One of these ids must be reported at one of these places. */
export interface Expected { readonly ids: readonly string[]; readonly at: string }

/** A constraint of an element, broken on purpose. `why` is set where no instance can break it. */
export interface Mutant {
  /** `min`, `max`, `fixed`, `pattern`, `binding`, `type`, `target`, `closed`, `limit`, or the key of an invariant. */
  readonly constraint: string;
  readonly resource?: Json;
  readonly expected: readonly Expected[];
  readonly why?: string;
  /** The value tells slices apart: where nothing demands the slice, another value is allowed. */
  readonly apart?: boolean;
}
