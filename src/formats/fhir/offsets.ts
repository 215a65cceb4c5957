import type { JsonPath } from './path.ts';

/** The members of one object or array: where each starts, in the order of the text. An array has no keys. */
interface Members {
  readonly keys: (string | number)[];
  readonly offsets: number[];
}

/**
 * Where each member of each object and array of a tree starts in its text. Two lists a container rather than a map:
 * noting must be cheap, being asked is rare.
 */
export class Offsets {
  readonly #members = new Map<object, Members>();
  #last: object | undefined;
  #lastMembers: Members | undefined;

  set(container: object, key: string | number, offset: number): void {
    const members = this.#of(container);
    members.keys.push(key);
    members.offsets.push(offset);
  }

  #of(container: object): Members {
    if (container === this.#last && this.#lastMembers !== undefined) return this.#lastMembers;
    let members = this.#members.get(container);
    if (members === undefined) {
      members = { keys: [], offsets: [] };
      this.#members.set(container, members);
    }
    this.#last = container;
    this.#lastMembers = members;
    return members;
  }

  /**
   * The offset of the deepest place of `path` that is in the tree: an absent element is shown at its parent. A step
   * naming a choice element without its type (`value`) finds the one that is there (`valueQuantity`).
   */
  nearest(root: unknown, path: JsonPath): number {
    let node = root;
    let offset = 0;
    for (const step of path) {
      if (typeof node !== 'object' || node === null) break;
      const members = this.#members.get(node);
      const index = members === undefined ? -1 : indexOf(members.keys, step);
      const key = members?.keys[index];
      if (members === undefined || key === undefined) break;
      offset = members.offsets[index] ?? offset;
      node = (node as Readonly<Record<string | number, unknown>>)[key];
    }
    return offset;
  }
}

/** The last of its name, as JSON.parse keeps it; else the choice element, else the primitive's `_name`. */
function indexOf(keys: readonly (string | number)[], step: string | number): number {
  if (typeof step === 'number') return keys[step] === step ? step : keys.indexOf(step);
  const exact = keys.lastIndexOf(step);
  if (exact >= 0) return exact;
  const choice = keys.findIndex(key => typeof key === 'string' && key.startsWith(step) && /^[A-Z]/.test(key.slice(step.length)));
  return choice >= 0 ? choice : keys.lastIndexOf(`_${step}`);
}
