import type { ElementDefinition } from '../registry/definition.ts';
import { typeCode } from '../registry/type-code.ts';
import { elementNode, findSlice, isChoiceOf, type ElementNode } from './element-tree.ts';
import type { SnapshotLookup } from './generate.ts';
import { addChoiceSlice, addSlice } from './slices.ts';
import { unfold } from './unfold.ts';

/** Where the differential has come to. `latest` maps a path to the node (often a slice) last placed there. */
export interface Places {
  readonly root: ElementNode;
  readonly latest: Map<string, ElementNode>;
  readonly lookup: SnapshotLookup;
  /** A specialization or logical model adds elements the base does not have. */
  readonly extend: boolean;
}

/** The node a differential element speaks of, made if it is a new slice; undefined when the base has no such element. */
export function locate(places: Places, element: ElementDefinition): ElementNode | undefined {
  const node = usableId(element) ? byId(places, element) : byPath(places, element);
  if (node !== undefined) remember(places, element.path, node);
  return node;
}

/** An id whose steps without slice names are the path's can be trusted to say which slices are meant. */
function usableId({ id, path }: ElementDefinition): boolean {
  return id?.split('.').map(step => step.split(':')[0]).join('.') === path;
}

function byId(places: Places, element: ElementDefinition): ElementNode | undefined {
  const steps = (element.id ?? '').split('.');
  let node: ElementNode | undefined = places.root;
  for (let i = 1; i < steps.length && node !== undefined; i++) {
    const [name = '', sliceName] = (steps[i] ?? '').split(':');
    const last = i === steps.length - 1;
    node = child(places, node, name, last ? element : undefined);
    if (node !== undefined && sliceName !== undefined) node = slice(node, last ? element.sliceName ?? sliceName : sliceName);
  }
  return node;
}

function byPath(places: Places, element: ElementDefinition): ElementNode | undefined {
  const parent = ancestor(places, element.path);
  if (parent === undefined) return element.path.includes('.') ? undefined : places.root;
  const found = child(places, parent, element.path.slice(element.path.lastIndexOf('.') + 1), element);
  if (found === undefined || element.sliceName === undefined) return found;
  // `Observation.valueQuantity` is a slice already; its slice name only repeats it.
  return found.def.sliceName === element.sliceName ? found : slice(found, element.sliceName);
}

function ancestor(places: Places, path: string): ElementNode | undefined {
  const dot = path.lastIndexOf('.');
  if (dot < 0) return undefined;
  const parentPath = path.slice(0, dot);
  const known = places.latest.get(parentPath);
  if (known !== undefined) return known;
  if (!parentPath.includes('.')) return places.root;
  const grandparent = ancestor(places, parentPath);
  return grandparent === undefined ? undefined : child(places, grandparent, parentPath.slice(parentPath.lastIndexOf('.') + 1), undefined);
}

function remember(places: Places, path: string, node: ElementNode): void {
  const below = `${path}.`;
  for (const key of places.latest.keys()) if (key.startsWith(below)) places.latest.delete(key);
  places.latest.set(path, node);
}

/** `found` may be the slice itself when the name was a choice's (`valueQuantity`). */
function child(places: Places, parent: ElementNode, name: string, added: ElementDefinition | undefined): ElementNode | undefined {
  if (parent.children.length === 0) unfold(parent, places.root, places.lookup);
  const direct = parent.children.find(node => node.name === name);
  if (direct !== undefined) return direct;
  const choice = parent.children.find(node => isChoiceOf(node.name, name));
  if (choice !== undefined) return choiceSlice(choice, name);
  if (!places.extend || added === undefined) return undefined;
  const node = elementNode({ ...added, base: { path: added.path, min: added.min ?? 0, max: added.max ?? '*' } }, name, parent);
  parent.children.push(node);
  return node;
}

function choiceSlice(choice: ElementNode, name: string): ElementNode | undefined {
  const suffix = name.slice(choice.name.length - 3).toLowerCase();
  const type = choice.def.type?.find(candidate => typeCode(candidate).toLowerCase() === suffix);
  if (type === undefined) return undefined;
  return choice.slices.find(node => node.def.sliceName === name)
    ?? choice.slices.find(node => node.def.type?.length === 1 && node.def.type[0]?.code === type.code && node.def.sliceName === name)
    ?? addChoiceSlice(choice, name, type);
}

function slice(element: ElementNode, sliceName: string): ElementNode {
  return findSlice(element, sliceName) ?? addSlice(element, sliceName);
}
