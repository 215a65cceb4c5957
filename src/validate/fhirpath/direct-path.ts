import type { ChildInfo, TypeInfo, TypeModel, Variant } from '../registry/type-model.ts';
import { typeName, type Ast } from './ast.ts';
import { directTruth } from './direct-truth.ts';
import { always, burn, leave, never, type Test } from './ground.ts';

type Json = Readonly<Record<string, unknown>>;
/** Makes the test of items whose type is known by now. */
type TestFor = (type: TypeInfo) => Test;

/** Is there an item at a path for which a test holds? undefined for what the direct way does not know. */
export function someAt(ast: Ast | undefined, type: TypeInfo, model: TypeModel, test: TestFor): Test | undefined {
  if (ast === undefined) return test(type);
  switch (ast.kind) {
    case 'member':
      if (/^[A-Z]/.test(ast.name)) return ast.target === undefined && type.ancestry.includes(ast.name) ? test(type) : undefined;
      return someAt(ast.target, type, model, holder => someNamed(holder, ast.name, model, test));
    case 'focus': return ast.name === '$this' ? test(type) : undefined;
    case 'variable': return ast.name === 'resource' ? ofResource(model, test) : undefined;
    case 'index': return someIndexed(ast.target, ast.index, type, model, test);
    case 'type': return ast.operator === 'as' ? someOfType(ast.operand, ast.type, type, model, test) : undefined;
    case 'call': return someCall(ast, type, model, test);
    case 'binary': return ast.operator === '|' ? either(someAt(ast.left, type, model, test), someAt(ast.right, type, model, test)) : undefined;
    default: return undefined;
  }
}

function someCall({ name, target, args }: Extract<Ast, { kind: 'call' }>, type: TypeInfo, model: TypeModel, test: TestFor): Test | undefined {
  const [first] = args;
  if (name === 'trace') return someAt(target, type, model, test);
  if (name === 'first' && args.length === 0) return target === undefined ? undefined : someIndexed(target, { kind: 'literal', value: { type: 'integer', value: 0 } }, type, model, test);
  if (first === undefined || args.length > 1) return undefined;
  if (name === 'where') return someAt(target, type, model, of => {
    const criterion = directTruth(first, of, model);
    if (criterion === undefined) return leave;
    const then = test(of);
    return then === always ? (value, at) => criterion(value, at) === true : (value, at) => criterion(value, at) === true && then(value, at);
  });
  if (name === 'select') return someAt(target, type, model, of => someAt(first, of, model, test) ?? leave);
  if (name === 'ofType' || name === 'as') return someOfType(target, typeName(first), type, model, test);
  if (name === 'extension' && first.kind === 'literal' && first.value.type === 'string') {
    const url = first.value.value;
    return someAt(target, type, model, holder => someNamed(holder, 'extension', model, of => {
      const then = test(of);
      return (value, at) => (value as Json).url === url && then(value, at);
    }));
  }
  return undefined;
}

function either(a: Test | undefined, b: Test | undefined): Test | undefined {
  return a === undefined || b === undefined ? undefined : (value, at) => a(value, at) || b(value, at);
}

/** `entry[0]`, `entry.first()`: of one element's own child only. */
function someIndexed(target: Ast, index: Ast, type: TypeInfo, model: TypeModel, test: TestFor): Test | undefined {
  if (index.kind !== 'literal' || index.value.type !== 'integer') return undefined;
  if (target.kind !== 'member' || target.target !== undefined || /^[A-Z]/.test(target.name)) return undefined;
  const variant = type.children.get(target.name)?.variants;
  const [only] = variant ?? [];
  if (only === undefined || variant?.length !== 1 || only.type()?.kind === 'primitive') return undefined;
  const { key } = only;
  const position = index.value.value;
  const then = ofVariant(only, model, test);
  return (value, at) => {
    const held = (value as Json)[key];
    const one: unknown = Array.isArray(held) ? held[position] : position === 0 ? held : undefined;
    if (one === null) return leave(one, at);
    return one !== undefined && then(one, at);
  };
}

function someOfType(target: Ast | undefined, name: string, type: TypeInfo, model: TypeModel, test: TestFor): Test | undefined {
  if (name.includes('.')) return undefined;
  const concrete = model.type(name);
  if (type.name === 'Bundle' && isEntryResource(target) && concrete?.kind === 'resource' && name !== 'Resource' && name !== 'DomainResource') return someEntry(name, test(concrete));
  return someAt(target, type, model, of => of.ancestry.includes(name) ? test(of) : never);
}

/** The children of an element under a name. A primitive's are in its `_name` object, which only the general way reads. */
function someNamed(type: TypeInfo, name: string, model: TypeModel, test: TestFor): Test {
  if (type.kind === 'primitive') return name === 'value' || type.children.has(name) ? leave : never;
  const child = type.children.get(name);
  if (child === undefined) return never;
  const [only] = child.variants;
  if (only === undefined) return never;
  return child.variants.length === 1 ? someOfVariant(only, model, test) : someOfChoice(child, model, test);
}

function someOfVariant(variant: Variant, model: TypeModel, test: TestFor): Test {
  const { key, sibling } = variant;
  const primitive = variant.type()?.kind === 'primitive';
  const then = ofVariant(variant, model, test);
  return (value, at) => {
    if (typeof value !== 'object' || value === null) return false;
    const held = (value as Json)[key];
    if (held === undefined) return primitive && (value as Json)[sibling] !== undefined ? leave(value, at) : false;
    if (held === null) return leave(value, at);
    if (!Array.isArray(held)) return then(held, at);
    if (primitive && (value as Json)[sibling] !== undefined) return leave(value, at);
    return someItem(held, then, at);
  };
}

function someItem(items: readonly unknown[], then: Test, at: Parameters<Test>[1]): boolean {
  burn(at, items.length);
  for (const item of items) {
    if (item === null || item === undefined) return leave(item, at);
    if (then(item, at)) return true;
  }
  return false;
}

/** `value[x]` has dozens of names, an object a few keys: the keys are walked. Of a choice with many types one is read. */
function someOfChoice(child: ChildInfo, model: TypeModel, test: TestFor): Test {
  if (child.variants.length <= 3) {
    const each = child.variants.map(variant => someOfVariant(variant, model, test));
    return (value, at) => each.some(one => one(value, at));
  }
  const tests = new Map(child.variants.map(variant => [variant.key, variant] as const));
  const made = new Map<string, Test>();
  const stem = child.name.charCodeAt(0);
  return (value, at) => {
    if (typeof value !== 'object' || value === null) return false;
    for (const key in value) {
      const first = key.charCodeAt(0);
      if (first === 95 && tests.has(key.slice(1))) return leave(value, at); // `_valueString`: its object is read in the general way
      const variant = first === stem ? tests.get(key) : undefined;
      if (variant === undefined) continue;
      let then = made.get(key);
      if (then === undefined) made.set(key, then = someOfVariant(variant, model, test));
      return then(value, at);
    }
    return false;
  };
}

/** A test of a variant's values; a resource's type is known only when it is there. */
function ofVariant(variant: Variant, model: TypeModel, test: TestFor): Test {
  const type = variant.type();
  return type === undefined || type.kind === 'resource' ? byResourceType(model, test) : test(type);
}

function byResourceType(model: TypeModel, test: TestFor): Test {
  const made = new Map<unknown, Test>();
  return (value, at) => {
    const name = (value as Json).resourceType;
    let then = made.get(name);
    if (then === undefined) {
      const type = typeof name === 'string' ? model.type(name) : undefined;
      if (type === undefined) return leave(value, at);
      made.set(name, then = test(type));
    }
    return then(value, at);
  };
}

function ofResource(model: TypeModel, test: TestFor): Test {
  const then = byResourceType(model, test);
  return (_value, at) => typeof at.resource === 'object' && at.resource !== null && then(at.resource, at);
}

/** `entry.resource`: a message's invariants ask a dozen times for its resources of a type. */
function isEntryResource(ast: Ast | undefined): boolean {
  return ast?.kind === 'member' && ast.name === 'resource' && ast.target?.kind === 'member' && ast.target.name === 'entry' && ast.target.target === undefined;
}

function someEntry(name: string, then: Test): Test {
  return (bundle, at) => {
    let byType = at.entries.get(bundle);
    if (byType === undefined) at.entries.set(bundle, byType = entriesByType(bundle));
    if (byType === null) return leave(bundle, at);
    const resources = byType.get(name);
    return resources !== undefined && someItem(resources, then, at);
  };
}

/** null when something is not as it should be: the general way looks at each. */
function entriesByType(bundle: unknown): ReadonlyMap<string, readonly unknown[]> | null {
  const entries = (bundle as Json).entry ?? [];
  const byType = new Map<string, unknown[]>();
  if (!Array.isArray(entries)) return null;
  for (const entry of entries as unknown[]) {
    if (typeof entry !== 'object' || entry === null) return null;
    const { resource } = entry as { resource?: { resourceType?: unknown } | null };
    if (resource === undefined) continue;
    const name = resource?.resourceType;
    if (typeof name !== 'string') return null;
    const list = byType.get(name);
    if (list === undefined) byType.set(name, [resource]);
    else list.push(resource);
  }
  return byType;
}
