import type { ChildInfo, TypeInfo, TypeModel, Variant } from '../registry/type-model.ts';
import { FhirNode, systemValue, type Item } from './item.ts';

type Json = Record<string, unknown>;

/** Appends the children of an item under a name, the first `limit` of them if that is given. System values have none. */
export function childrenNamed(item: Item, name: string, model: TypeModel, out: Item[], limit = Number.POSITIVE_INFINITY): void {
  if (!(item instanceof FhirNode)) return;
  if (name === 'value' && item.type?.kind === 'primitive') {
    const value = systemValue(item); // the reference validator lets a primitive's value be named
    if (value !== undefined) out.push(value);
    return;
  }
  const holder = holderOf(item);
  if (holder === undefined) return;
  const child = item.type?.children.get(name);
  if (child === undefined) return;
  if (limit === Number.POSITIVE_INFINITY && (item.type?.kind === 'resource' || item.type?.name === 'Bundle.entry')) {
    for (const one of remembered(item, holder, child, model)) out.push(one);
  } else collect(holder, child, model, out, ownerFor(item), limit);
}

function remembered(item: FhirNode, holder: Json, child: ChildInfo, model: TypeModel): readonly Item[] {
  const known = item.made?.get(child.name);
  if (known !== undefined) return known;
  const list: Item[] = [];
  collect(holder, child, model, list, ownerFor(item), Number.POSITIVE_INFINITY);
  item.made ??= new Map();
  item.made.set(child.name, list);
  return list;
}

/** Every child, in the order of the JSON. */
export function allChildren(item: Item, model: TypeModel, out: Item[]): void {
  if (!(item instanceof FhirNode)) return;
  const holder = holderOf(item);
  if (holder === undefined || item.type === undefined) return;
  const owner = ownerFor(item);
  for (const key in holder) {
    const variant = item.type.properties.get(key);
    if (variant !== undefined) append(holder, variant, model, out, owner);
    else if (key.startsWith('_') && holder[key.slice(1)] === undefined) {
      const alone = item.type.properties.get(key.slice(1));
      if (alone !== undefined) append(holder, alone, model, out, owner);
    }
  }
}

/** Is there anything at a path of names? Walks the JSON without making nodes: most invariants ask just this. */
export function anythingAt(item: Item, names: readonly string[], model: TypeModel): boolean {
  if (!(item instanceof FhirNode)) return false;
  const holder = holderOf(item);
  return holder !== undefined && exists(holder, item.type, names, 0, model);
}

function exists(holder: Json, type: TypeInfo | undefined, names: readonly string[], at: number, model: TypeModel): boolean {
  const child = type?.children.get(names[at] ?? '');
  if (child === undefined) return false;
  for (const variant of present(holder, child)) {
    const value = holder[variant.key];
    if (at === names.length - 1) {
      if (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null) return true;
      if (holder[variant.sibling] !== undefined) return true;
    } else if (anyBelow(holder, variant, value, names, at + 1, model)) return true;
  }
  return false;
}

function anyBelow(holder: Json, variant: Variant, value: unknown, names: readonly string[], at: number, model: TypeModel): boolean {
  const type = variant.type();
  if (type?.kind === 'primitive') {
    const sibling = holder[variant.sibling];
    const list: unknown[] = Array.isArray(sibling) ? sibling : [sibling];
    return list.some(one => isObject(one) && exists(one, type, names, at, model));
  }
  if (Array.isArray(value)) return value.some(one => isObject(one) && exists(one, typeOf(one, type, model), names, at, model));
  return isObject(value) && exists(value, typeOf(value, type, model), names, at, model);
}

const absent: readonly Variant[] = [];

/** The variants of a child that are in the object. A choice has dozens, an object a few keys: the keys are walked. */
function present(holder: Json, child: ChildInfo): readonly Variant[] {
  const { variants } = child;
  if (variants.length <= 3) return variants;
  for (const key in holder) {
    const name = key.startsWith('_') ? key.slice(1) : key;
    if (!name.startsWith(child.name)) continue;
    const variant = variants.find(one => one.key === name);
    if (variant !== undefined) return [variant];
  }
  return absent;
}

function collect(holder: Json, child: ChildInfo, model: TypeModel, out: Item[], owner: FhirNode | undefined, limit: number): void {
  for (const variant of present(holder, child)) append(holder, variant, model, out, owner, limit);
}

function append(holder: Json, variant: Variant, model: TypeModel, out: Item[], owner: FhirNode | undefined, limit = Number.POSITIVE_INFINITY): void {
  const value = holder[variant.key];
  const sibling = holder[variant.sibling];
  if (value === undefined && sibling === undefined) return;
  const type = variant.type();
  if (!Array.isArray(value) && !Array.isArray(sibling)) {
    out.push(new FhirNode(value ?? undefined, typeOf(value, type, model), sibling, owner));
    return;
  }
  const values: unknown[] = Array.isArray(value) ? value : [];
  const siblings: unknown[] = Array.isArray(sibling) ? sibling : [];
  const count = Math.min(limit, Math.max(values.length, siblings.length));
  for (let i = 0; i < count; i++) {
    const one = values[i] ?? undefined;
    const beside = siblings[i] ?? undefined;
    if (one !== undefined || beside !== undefined) out.push(new FhirNode(one, typeOf(one, type, model), beside, owner));
  }
}

function typeOf(value: unknown, type: TypeInfo | undefined, model: TypeModel): TypeInfo | undefined {
  if (type !== undefined && type.kind !== 'resource') return type;
  const name = isObject(value) ? value.resourceType : undefined;
  return typeof name === 'string' ? model.type(name) : type;
}

/** The resource around an item's children: itself when it is one. */
function ownerFor(node: FhirNode): FhirNode | undefined {
  return node.type?.kind === 'resource' ? node : node.owner;
}

/** Where an item's children are: its own object, or the `_name` object of a primitive. */
function holderOf(node: FhirNode): Json | undefined {
  const held = node.type?.kind === 'primitive' ? node.sibling : node.value;
  return isObject(held) ? held : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
