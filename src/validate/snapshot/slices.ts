import type { ElementDefinition, ElementSlicing, ElementType } from '../registry/definition.ts';
import { typeCode } from '../registry/type-code.ts';
import { copyNode, findSlice, type ElementNode } from './element-tree.ts';

const byUrl: ElementSlicing = { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' };
const byType: ElementSlicing = { discriminator: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' };

/**
 * A new slice: a copy of what the base has where it slices (of the slice, for `a/b`), without its slices, 0..its max.
 * What the differential adds to the element holds for the slice without being repeated in it.
 */
export function addSlice(element: ElementNode, sliceName: string): ElementNode {
  const slash = sliceName.lastIndexOf('/');
  const target = slash > 0 ? findSlice(element, sliceName.slice(0, slash)) ?? element : element;
  slicingOf(target);
  const slice = copyNode(target.source ?? target, target.parent);
  slice.slices = [];
  slice.def = { ...unsliced(slice.def), sliceName, min: 0 };
  narrowByName(slice, target.name, sliceName);
  target.slices.push(slice);
  return slice;
}

/** `valueQuantity` of `value[x]`: a slice with that one type. */
export function addChoiceSlice(choice: ElementNode, sliceName: string, type: ElementType): ElementNode {
  slicingOf(choice);
  const slice = copyNode(choice.source ?? choice, choice.parent);
  slice.slices = [];
  slice.def = { ...unsliced(slice.def), sliceName, min: 0, type: [type] };
  choice.slices.push(slice);
  return slice;
}

/** Extensions are sliced by url and choices by type even where the differential does not say so. */
function slicingOf(element: ElementNode): void {
  if (element.def.slicing !== undefined) return;
  if (element.name === 'extension' || element.name === 'modifierExtension') element.def = { ...element.def, slicing: byUrl };
  else if (element.name.endsWith('[x]')) element.def = { ...element.def, slicing: byType };
}

/** A slice of `value[x]` named `valueQuantity` is of that type, said or not. */
function narrowByName(slice: ElementNode, name: string, sliceName: string): void {
  if (!name.endsWith('[x]')) return;
  const stem = name.slice(0, -3);
  if (!sliceName.startsWith(stem)) return;
  const suffix = sliceName.slice(stem.length).toLowerCase();
  const type = slice.def.type?.find(candidate => typeCode(candidate).toLowerCase() === suffix);
  if (type !== undefined) slice.def = { ...slice.def, type: [type] };
}

function unsliced(def: ElementDefinition): ElementDefinition {
  const { slicing: _left, ...rest } = def;
  return rest;
}
