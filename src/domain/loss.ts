/** A source field that was neither mapped nor carried by a kept document. `location` is a place, never a value. */
export interface Loss { readonly location: string; readonly reason: string }
