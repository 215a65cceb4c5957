import { typeCode } from '../registry/type-code.ts';
import { copyNode, type ElementNode } from './element-tree.ts';
import type { SnapshotLookup } from './generate.ts';

/**
 * Gives an element that stands on its type alone the children of that type: of its profile when it names one, of the
 * element it refers to for a contentReference, of Element when several types are still possible.
 */
export function unfold(node: ElementNode, root: ElementNode, lookup: SnapshotLookup): void {
  const source = sourceOf(node, root, lookup);
  if (source === undefined) return;
  node.children = source.children.map(child => copyNode(child, node));
  if (node.def.contentReference !== undefined) {
    const { contentReference: _resolved, ...rest } = node.def;
    node.def = { ...rest, ...(source.def.type === undefined ? {} : { type: source.def.type }) };
  }
}

function sourceOf(node: ElementNode, root: ElementNode, lookup: SnapshotLookup): ElementNode | undefined {
  const reference = node.def.contentReference;
  if (reference !== undefined) return referred(root, reference);
  const types = node.def.type ?? [];
  const [only] = types;
  if (only === undefined) return undefined;
  if (types.length > 1) {
    return lookup.byType(types.every(type => type.code === only.code) ? typeCode(only) : 'Element');
  }
  const [profile] = only.profile ?? [];
  return (profile === undefined ? undefined : lookup.byCanonical(profile)) ?? lookup.byType(typeCode(only));
}

/** `#Questionnaire.item`, or with the definition's url in front: the element of that path in the same tree, unsliced. */
export function referred(root: ElementNode, reference: string): ElementNode | undefined {
  const path = reference.slice(reference.indexOf('#') + 1);
  let node: ElementNode | undefined = root;
  for (const step of path.split('.').slice(1)) node = node?.children.find(child => child.name === step.split(':')[0]);
  return node;
}
