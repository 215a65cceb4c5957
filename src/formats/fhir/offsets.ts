import type { JsonPath } from './path.ts';

/** Where each member of each object and array of a tree starts in its text: container → key or index → offset. */
export class Offsets {
  readonly #members = new Map<object, Map<string | number, number>>();

  set(container: object, key: string | number, offset: number): void {
    const members = this.#members.get(container);
    if (members === undefined) this.#members.set(container, new Map([[key, offset]]));
    else members.set(key, offset);
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
      const key = this.#key(node, step);
      const found = key === undefined ? undefined : this.#members.get(node)?.get(key);
      if (key === undefined || found === undefined) break;
      offset = found;
      node = (node as Readonly<Record<string | number, unknown>>)[key];
    }
    return offset;
  }

  #key(node: object, step: string | number): string | number | undefined {
    const members = this.#members.get(node);
    if (members === undefined || members.has(step)) return step;
    if (typeof step === 'number') return step;
    for (const key of members.keys()) {
      if (typeof key !== 'string' || !key.startsWith(step)) continue;
      const next = key.charAt(step.length);
      if (next >= 'A' && next <= 'Z') return key;
    }
    return members.has(`_${step}`) ? `_${step}` : undefined;
  }
}
