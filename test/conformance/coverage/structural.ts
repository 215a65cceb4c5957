import type { Build } from '../../../src/validate/compile/build.ts';
import type { ElementPlan } from '../../../src/validate/compile/plan.ts';
import { Instance, type Chain } from './instance.ts';
import type { Expected, Mutant } from './mutant.ts';
import { changed, valueAt, type Json, type Place } from './place.ts';
import { isPrimitive } from './sample.ts';
import type { Site } from './sites.ts';

/** The accepted instance, and where the element stands in it. */
export interface Control { readonly resource: Json; readonly place: Place; readonly trail: ReadonlyMap<ElementPlan, Place> }

const bare = (expression: string): string => expression.replace(/\[\d+\]$/, '');

/** Each way of breaking what the element itself states, its invariants apart. */
export function* structuralMutants(site: Site, control: Control, build: Build): Generator<Mutant> {
  const { plan, of } = site;
  const { resource, place } = control;
  const holder = holderOf(place.expression);
  const defining = definedBy(site, control);
  const tells = tellsApart(site) ? { apart: true } : {};
  if (plan.min > 0) {
    const whole = of === undefined && plan.array ? place.path.slice(0, -1) : place.path;
    yield { constraint: 'min', resource: changed(resource, whole, undefined), expected: [{ ids: [of === undefined ? 'min' : 'slice-min', 'min'], at: holder }, ...defining], ...tells };
  }
  if (plan.array && Number.isFinite(plan.max)) {
    const path = place.path.slice(0, -1);
    const items = valueAt(resource, path) as unknown[];
    const more = Array.from({ length: plan.max }, () => structuredClone(valueAt(resource, place.path)));
    yield { constraint: 'max', resource: changed(resource, path, [...items, ...more]), expected: [of === undefined ? { ids: ['max'], at: bare(place.expression) } : { ids: ['slice-max'], at: holder }] };
  }
  if (plan.fixed !== undefined) yield { ...broken('fixed', control, altered(plan.fixed.value), ['fixed', 'fixed-extra'], defining), ...tells };
  if (plan.pattern !== undefined) yield { ...broken('pattern', control, merge(valueAt(resource, place.path), altered(plan.pattern.value)), ['pattern'], defining), ...tells };
  for (const mutant of [...bindings(plan, control, build, defining), ...types(site, control, build)]) yield { ...mutant, expected: [...mutant.expected, ...defining], ...tells };
  if (plan.rules === 'closed' && plan.slices.length > 0 && plan.array) {
    const path = place.path.slice(0, -1);
    const items = valueAt(resource, path) as unknown[];
    yield { constraint: 'closed', resource: changed(resource, path, [...items, stranger(plan)]), expected: [{ ids: ['slice-closed'], at: `${bare(place.expression)}[${String(items.length)}]` }] };
  }
}

/** An element the profile forbids, put there. */
export function forbiddenMutant(site: Site, build: Build): Mutant & { control: Json } {
  const opened = { ...site.plan, max: 1 };
  const allowed = new Instance(opened);
  const rooted = replaced(build, site, opened);
  const resource = allowed.resource(rooted.build, rooted.chain);
  const expression = allowed.found?.expression ?? '';
  return { constraint: 'max', control: new Instance(undefined).resource(build, site.parent), resource, expected: [{ ids: ['max'], at: bare(expression) }, { ids: ['max'], at: expression }, { ids: ['slice-max'], at: holderOf(expression) }] };
}

/** The same plans with one of them exchanged, all the way up. */
function replaced(build: Build, { chain }: Site, opened: ElementPlan): { build: Build; chain: Chain } {
  const fresh: ElementPlan[] = [];
  let last = opened;
  for (let i = chain.length - 1; i >= 0; i--) {
    fresh.unshift(last);
    const own = chain[i];
    const above = i === 0 ? build.root : chain[i - 1];
    if (own === undefined || above === undefined) break;
    const swap = (list: readonly ElementPlan[]): ElementPlan[] => list.map((one) => (one === own ? last : one));
    last = above.slices.includes(own) ? { ...above, slices: swap(above.slices) } : { ...above, children: swap(above.children ?? []) };
  }
  return { build: { ...build, root: last }, chain: fresh };
}

/** The element around: a choice is one step, `value.ofType(Quantity)`. */
export const holderOf = (expression: string): string => expression.replace(/\.ofType\([^)]*\)$/, '').replace(/\.[^.]*$/, '');

/** Where the slices that an element's value defines would be missed: changing it takes the item out of them. */
function definedBy({ chain, of }: Site, { trail }: Control): Expected[] {
  return [...chain.slice(1).filter((one, i) => one !== of && chain[i]?.slices.includes(one))].flatMap((slice) => {
    const at = trail.get(slice)?.expression ?? '';
    return [{ ids: ['slice-min', 'min'], at: holderOf(at) }, { ids: ['slice-closed'], at }];
  });
}

/** Does the element's value say of which slice an item is, and may the item be of none? Another value is then no mistake. */
function tellsApart({ chain }: Site): boolean {
  return chain.some((slice, i) => {
    const of = chain[i - 1];
    if (of?.slices.includes(slice) !== true || slice.min > 0 || of.rules === 'closed') return false;
    const names = chain.slice(i + 1).filter((one, at) => chain[i + at]?.slices.includes(one) !== true).map(({ name }) => name);
    return of.discriminators.some(({ path }) => {
      const told = (path.match(/[a-zA-Z$]+(?:\([^)]*\))?/g) ?? []).map((step) => step.replace(/\(.*/, '')).filter((step) => step !== '$this');
      return told.every((name, n) => names[n] === undefined || names[n] === name || (names[n] === 'url' && told[n - 1] === 'extension'));
    });
  });
}

function broken(constraint: string, { resource, place }: Control, value: unknown, ids: readonly string[], defining: readonly Expected[]): Mutant {
  return { constraint, resource: changed(resource, place.path, value), expected: [{ ids, at: place.expression }, ...defining] };
}

/** Another value of the same shape. */
function altered(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-/.test(value) ? '1999-01-01' : `${value}z`;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.map(altered);
  const [[key, inner] = ['text', 'x'], ...rest] = Object.entries(value as Json).sort(([a], [b]) => weight(a) - weight(b));
  return { ...Object.fromEntries(rest), [key]: altered(inner) };
}
/** A code before a system, so that an unknown system does not hide what is meant; a display is last. */
const weight = (key: string): number => ['code', 'coding', 'value', 'system', 'url', 'text'].indexOf(key) + (key === 'display' ? 99 : 0) + (['code', 'coding', 'value', 'system', 'url', 'text'].includes(key) ? 0 : 50);

const merge = (value: unknown, over: unknown): unknown => (typeof value === 'object' && value !== null && typeof over === 'object' && over !== null && !Array.isArray(over) ? { ...value, ...over } : over);

function* bindings(plan: ElementPlan, control: Control, { compiler, structure }: Build, defining: readonly Expected[]): Generator<Mutant> {
  const { binding } = plan;
  if (binding?.strength !== 'required' || binding.valueSet === undefined) return;
  const set = compiler.terminology.valueSet(binding.valueSet, structure.pack);
  const value = valueAt(control.resource, control.place.path);
  const code = plan.types[0]?.code ?? '';
  if (!['code', 'Coding', 'CodeableConcept', 'Quantity', 'string', 'uri'].includes(code)) return;
  const none = 'zz-none';
  const other = typeof value === 'string' ? none : code === 'CodeableConcept' ? { coding: [{ system: 'https://example.org/none', code: none }] } : { ...value as Json, code: none, ...(code === 'Coding' ? { system: 'https://example.org/none' } : {}) };
  const why = set === undefined ? `value set not at hand: ${binding.valueSet}` : set.partial ? `value set in part at hand: ${binding.valueSet}` : set.has('https://example.org/none', none) !== 'out' && typeof value !== 'string' || set.has(undefined, none) === 'in' ? `any code is in the set: ${binding.valueSet}` : undefined;
  yield { ...broken('binding', control, other, ['binding'], defining), ...(why === undefined ? {} : { why }) };
}

const otherTypes = ['Boolean', 'Integer', 'String', 'Ratio', 'Period', 'Address'];

function* types({ plan, of }: Site, control: Control, build: Build): Generator<Mutant> {
  const { resource, place } = control;
  const [type] = plan.types;
  if (type === undefined) return;
  if (plan.choice && of === undefined) {
    const other = otherTypes.find((name) => !plan.types.some(({ key }) => key === plan.name + name));
    if (other !== undefined) yield { constraint: 'type', resource: renamed(resource, place, plan.name + other), expected: [{ ids: ['type'], at: holderOf(place.expression) }] };
  } else if (isPrimitive(type.code)) {
    const wrong = typeof valueAt(resource, place.path) === 'string' ? 12 : 'douze';
    yield { constraint: 'type', resource: changed(resource, place.path, wrong), expected: [{ ids: ['json-type'], at: place.expression }] };
  } else {
    yield { constraint: 'type', resource: changed(resource, place.path, 'texte'), expected: [{ ids: ['must-be-object', 'resource-type', 'extension-url', 'json-type'], at: place.expression }] };
  }
  if (type.code === 'Reference') yield* targets(plan, control, build);
}

function renamed(resource: Json, place: Place, key: string): Json {
  const without = changed(resource, place.path, undefined);
  return changed(without, [...place.path.slice(0, -1), key], {});
}

function* targets(plan: ElementPlan, control: Control, { compiler, structure }: Build): Generator<Mutant> {
  const wanted = plan.types.flatMap(({ targets: all }) => all);
  if (wanted.length === 0) return;
  const found = wanted.map((canonical) => compiler.structures.find(canonical, structure.pack)?.definition.type);
  if (found.some((name) => name === 'Resource' || name === 'DomainResource')) return;
  const why = found.every((name) => name === undefined) || found.includes(undefined) ? 'a target profile is in no package at hand' : undefined;
  const other = ['Basic', 'Slot', 'Bundle'].find((name) => !found.includes(name)) ?? 'Basic';
  yield { constraint: 'target', resource: changed(control.resource, control.place.path, { reference: `${other}/1` }), expected: [{ ids: ['reference-type'], at: control.place.expression }], ...(why === undefined ? {} : { why }) };
}

/** An item that none of the slices knows. */
function stranger(plan: ElementPlan): unknown {
  const code = plan.types[0]?.code ?? '';
  if (code === 'Extension') return { url: 'https://example.org/none', valueString: 'x' };
  if (code === 'CodeableConcept') return { coding: [{ system: 'https://example.org/none', code: 'none' }] };
  if (isPrimitive(code)) return 'zz-none';
  return { system: 'https://example.org/none', code: 'none' };
}
