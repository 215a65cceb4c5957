import type { ElementDefinition } from '../registry/definition.ts';

/** One element of a snapshot with its place: children by name, slices beside the element they slice. */
export interface ElementNode {
  def: ElementDefinition;
  /** Last step of the path: `value[x]`, `coding`. The root carries the type's name. */
  readonly name: string;
  parent: ElementNode | undefined;
  children: ElementNode[];
  slices: ElementNode[];
  /** What this is a copy of: a slice begins as the base has the element, not as the differential left it. */
  source: ElementNode | undefined;
}

export function elementNode(def: ElementDefinition, name: string, parent?: ElementNode): ElementNode {
  return { def, name, parent, children: [], slices: [], source: undefined };
}

/**
 * Element list → tree, by order and path rather than by `id`: ids are optional in a differential and wrong in some
 * published profiles. A path such as `Observation.valueQuantity` is a slice of `value[x]`; the name `a/b` is a slice
 * of slice `a` (profiling.html#reslicing). Elements whose parent is missing are left out.
 */
export function elementTree(elements: readonly ElementDefinition[]): ElementNode | undefined {
  const first = elements[0];
  if (first === undefined) return undefined;
  const root = elementNode(first, first.path);
  const latest = new Map<string, ElementNode>([[first.path, root]]);
  for (let i = 1; i < elements.length; i++) {
    const def = elements[i];
    if (def === undefined) continue;
    const dot = def.path.lastIndexOf('.');
    const parent = dot > 0 ? latest.get(def.path.slice(0, dot)) : undefined;
    if (parent !== undefined) latest.set(def.path, attach(parent, def, def.path.slice(dot + 1)));
  }
  return root;
}

function attach(parent: ElementNode, def: ElementDefinition, name: string): ElementNode {
  const sliced = slicedBy(parent, name, def.sliceName);
  if (sliced === undefined) {
    const node = elementNode(def, name, parent);
    parent.children.push(node);
    return node;
  }
  const named = def.sliceName === undefined ? { ...def, sliceName: name } : def;
  const node = elementNode(named, sliced.name, parent);
  sliced.slices.push(node);
  return node;
}

/** The element (or slice, for a reslice) a new element slices; undefined when it is an element of its own. */
function slicedBy(parent: ElementNode, name: string, sliceName: string | undefined): ElementNode | undefined {
  const direct = parent.children.find(child => child.name === name);
  if (direct !== undefined) return sliceName === undefined ? undefined : within(direct, sliceName);
  return parent.children.find(child => isChoiceOf(child.name, name));
}

function within(element: ElementNode, sliceName: string): ElementNode {
  const slash = sliceName.lastIndexOf('/');
  if (slash < 0) return element;
  return findSlice(element, sliceName.slice(0, slash)) ?? element;
}

/** Is `valueQuantity` a name of the choice element `value[x]`? */
export function isChoiceOf(choiceName: string, name: string): boolean {
  if (!choiceName.endsWith('[x]')) return false;
  const stem = choiceName.slice(0, -3);
  const next = name.charCodeAt(stem.length);
  return name.length > stem.length && name.startsWith(stem) && next >= 65 && next <= 90;
}

/** A slice by its name, at any depth of reslicing. */
export function findSlice(element: ElementNode, sliceName: string): ElementNode | undefined {
  for (const slice of element.slices) {
    if (slice.def.sliceName === sliceName) return slice;
    const deeper = findSlice(slice, sliceName);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** The tree back as a list in document order: an element, its children, then its slices. */
export function elementList(root: ElementNode): ElementDefinition[] {
  const list: ElementDefinition[] = [];
  const walk = (node: ElementNode): void => {
    list.push(node.def);
    node.children.forEach(walk);
    node.slices.forEach(walk);
  };
  walk(root);
  return list;
}

/** A deep copy under another parent; definitions are shared (they are read only). */
export function copyNode(node: ElementNode, parent: ElementNode | undefined): ElementNode {
  const copy = elementNode(node.def, node.name, parent);
  copy.source = node;
  copy.children = node.children.map(child => copyNode(child, copy));
  copy.slices = node.slices.map(slice => copyNode(slice, parent));
  return copy;
}
