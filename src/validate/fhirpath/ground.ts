import { FhirPathError } from './ast.ts';

/** What a direct evaluation stands on. There is one, used again and again: nothing else runs meanwhile. */
export interface Ground {
  /** %resource. */
  resource: unknown;
  /** Something was met that only the general way can answer; whatever comes out is void. */
  general: boolean;
  /** Items counted and the last of them, while a single value is read; then that value. */
  count: number;
  last: unknown;
  found: unknown;
  /** The value looked for by `in`. */
  wanted: unknown;
  fuel: number;
  /** Another one for each evaluation: what does not depend on the focus is worked out once in each. */
  turn: number;
  /** Resources of a Bundle's entries by type, kept for one run; null of a Bundle that is not as it should be. */
  entries: EntryResources;
}

export type EntryResources = Map<unknown, ReadonlyMap<string, readonly unknown[]> | null>;

/** Does something hold of a value? */
export type Test = (value: unknown, ground: Ground) => boolean;

const ground: Ground = { resource: undefined, general: false, count: 0, last: undefined, found: undefined, wanted: undefined, fuel: 0, turn: 0, entries: new Map() };

export function startGround(resource: unknown, fuel: number, entries: EntryResources): Ground {
  ground.resource = resource;
  ground.general = false;
  ground.count = 0;
  ground.fuel = fuel;
  ground.turn += 1;
  ground.entries = entries;
  return ground;
}

/** The way out: leaves the question to the general way, and ends the walk. */
export const leave: Test = (_value, at) => {
  at.general = true;
  return true;
};

export const always: Test = () => true;
export const never: Test = () => false;

/** Notes an item; true, which ends the walk, when it is not the only one. */
export const note: Test = (value, at) => {
  at.last = value;
  at.count += 1;
  return at.count > 1;
};

/** Runs a walk that notes: how many items there are (0, 1, or 2 for more), the one in `ground.found`. */
export function countBy(walk: Test, value: unknown, at: Ground): number {
  const { count, last } = at; // a criterion on the way may count for itself
  at.count = 0;
  walk(value, at);
  const counted = at.count;
  at.found = at.last;
  at.count = count;
  at.last = last;
  return counted;
}

export function burn(at: Ground, work: number): void {
  if ((at.fuel -= work) < 0) throw new FhirPathError('the expression takes too long on this resource');
}
