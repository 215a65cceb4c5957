import type { ElementConstraint, ElementDefinition } from '../registry/definition.ts';
import { typeCode } from '../registry/type-code.ts';
import type { ElementNode } from './element-tree.ts';

/** Keys that are the place of the element, or are merged by a rule of their own. */
const apart = new Set(['id', 'path', 'sliceName', 'base', 'constraint', 'type', 'slicing']);

/** Lays a differential element over what the base (or the slice's origin) says at the same place. */
export function mergeInto(node: ElementNode, element: ElementDefinition): void {
  const merged: Record<string, unknown> = { ...node.def };
  for (const key in element) {
    if (apart.has(key)) continue;
    if (/^(?:fixed|pattern)[A-Z]/.test(key)) dropChoice(merged, key.startsWith('fixed') ? 'fixed' : 'pattern');
    merged[key] = element[key];
  }
  if (element.slicing !== undefined) merged.slicing = { ...node.def.slicing, ...element.slicing };
  const constraints = union(node.def.constraint, element.constraint);
  if (constraints.length > 0) merged.constraint = constraints;
  node.def = merged as unknown as ElementDefinition;
  if (element.type !== undefined) retype(node, element.type);
}

function dropChoice(merged: Record<string, unknown>, stem: string): void {
  for (const key of Object.keys(merged)) if (key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length))) merged[key] = undefined;
}

/** Constraints only add up (profiling.html#constraints); the same key keeps its place and takes the later text. */
function union(base: readonly ElementConstraint[] = [], added: readonly ElementConstraint[] = []): ElementConstraint[] {
  const kept = base.filter(constraint => !added.some(other => other.key === constraint.key));
  return [...kept, ...added];
}

/** New types: children unfolded from a type or profile that is no longer the one are dropped, to be unfolded again. */
function retype(node: ElementNode, types: NonNullable<ElementDefinition['type']>): void {
  const [first] = types;
  if (first === undefined) return;
  const before = node.def.type?.[0];
  node.def = { ...node.def, type: types };
  if (before === undefined || types.length > 1 || isBackbone(typeCode(before))) return;
  const profile = first.profile?.[0];
  if (typeCode(before) !== typeCode(first) || (profile !== undefined && profile !== before.profile?.[0])) node.children = [];
}

function isBackbone(code: string): boolean {
  return code === 'BackboneElement' || code === 'Element';
}
