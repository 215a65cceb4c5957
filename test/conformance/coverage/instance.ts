import { planAt, type Build } from '../../../src/validate/compile/build.ts';
import type { ElementPlan, TypePlan } from '../../../src/validate/compile/plan.ts';
import { parseCanonical } from '../../../src/validate/registry/canonical.ts';
import { coreBase } from '../../../src/validate/registry/type-code.ts';
import { below, type Json, type Place } from './place.ts';
import { boundCode, isPrimitive, modifierUrl, sampleComplex, samplePrimitive, seeded } from './sample.ts';

/** From a profile's root down to an element: each element, then the slice of it that is meant. */
export type Chain = readonly ElementPlan[];

/** A discriminator's path as property names, to be there in each item of a slice. */
type Forced = readonly (readonly string[])[];

/**
 * Makes the smallest instance of a profile that has a given element: what is required, what leads to the element, and
 * what tells the slices apart. `found` is where the element came to stand.
 */
export class Instance {
  found: Place | undefined;
  /** Where each element on the way came to stand. */
  readonly trail = new Map<ElementPlan, Place>();
  readonly #target: ElementPlan | undefined;

  constructor(target: ElementPlan | undefined) { this.#target = target; }

  resource(build: Build, chain: Chain): Json {
    const { type } = build.structure.definition;
    const start: Place = { path: [], expression: type };
    if (chain.length === 0) this.found ??= start;
    if (type === 'Extension') return this.#extension(build, chain, start);
    return this.#root(build, { ...sampleComplex(type), ...seeded(type), resourceType: type }, chain, start);
  }

  #extension(build: Build, chain: Chain, place: Place): Json {
    const made = this.#root(build, {}, chain, place);
    return withValue(build.root, made, (child) => { this.#put(child, ofChoice(child), build, undefined, place, [], made); });
  }

  #root(build: Build, base: Json, chain: Chain, place: Place): Json {
    const children = build.root.children ?? [];
    const made = this.#object(children, build, chain, place, [], base);
    return overlay(build.root, made) as Json;
  }

  #object(children: readonly ElementPlan[], build: Build, chain: Chain, place: Place, forced: Forced, base: Json): Json {
    const made: Json = { ...base };
    for (const child of children) this.#property(child, build, chain[0] === child ? chain.slice(1) : undefined, place, forced.filter(([name]) => name === child.name).map((path) => path.slice(1)), made);
    return made;
  }

  #property(child: ElementPlan, build: Build, rest: Chain | undefined, place: Place, forced: Forced, made: Json): void {
    const wanted = rest === undefined ? [] : [{ plan: child, chain: rest }];
    const required = Array.isArray(made[child.name]) ? [] : child.slices.filter((slice) => slice.min > 0 && slice !== rest?.[0]);
    if (rest === undefined && Array.isArray(made[child.name])) return; // there already, with what is required of it
    const items: { plan: ElementPlan; chain: Chain | undefined }[] = [];
    for (const { chain } of wanted) items.push(...itemsWanted(child, chain));
    for (const slice of required) for (let i = 0; i < slice.min; i++) items.push({ plan: slice, chain: undefined });
    const refused = made[child.name] !== undefined && (child.fixed !== undefined || child.pattern !== undefined);
    if (refused) Reflect.deleteProperty(made, child.name);
    while (items.length < child.min || (items.length === 0 && (refused || forced.length > 0))) items.push({ plan: ofChoice(child), chain: undefined });
    if (child.max === 0 || items.length === 0) return;
    const untouched = rest === undefined && required.length === 0 && child.fixed === undefined && child.pattern === undefined && child.children === undefined;
    if (untouched && made[child.name] !== undefined) return;
    for (const { plan, chain } of items) this.#put(child, plan, build, chain, place, forced, made);
  }

  #put(child: ElementPlan, plan: ElementPlan, build: Build, chain: Chain | undefined, place: Place, forced: Forced, made: Json): void {
    const type = plan.types[0] ?? child.types[0];
    const code = type?.code ?? 'Element';
    const key = child.choice ? type?.key ?? child.name : child.name;
    const shown = child.choice ? `${child.name}.ofType(${code})` : child.name;
    const many = Array.isArray(made[key]) ? made[key] as unknown[] : [];
    const there = plan.max === 1 ? many.findIndex((one) => sameResource(one, plan, build)) : -1;
    const at = below(place, key, shown, child.array ? (there < 0 ? many.length : there) : undefined);
    if (chain !== undefined && !this.trail.has(plan)) this.trail.set(plan, at);
    if (chain?.length === 0 && (plan === this.#target || child === this.#target)) this.found ??= at;
    if (child.choice && child.name === 'value') for (const other of Object.keys(made)) if (other !== key && (other === 'dataAbsentReason' || (other.startsWith(child.name) && /^[A-Z]/.test(other.slice(child.name.length))))) Reflect.deleteProperty(made, other);
    const telling = plan === child ? forced : [...forced, ...child.discriminators.map(({ path }) => namesIn(path))];
    if (!child.array && made[key] !== undefined && isPrimitive(code) && plan.fixed === undefined && plan.pattern === undefined) return;
    if (there >= 0) {
      many[there] = this.#object(plan.children ?? [], build, chain ?? [], at, telling, many[there] as Json);
      return;
    }
    const value = this.#item(plan, type, build, chain ?? [], at, telling);
    made[key] = child.array ? [...many, value] : value;
  }

  #item(plan: ElementPlan, type: TypePlan | undefined, build: Build, chain: Chain, place: Place, forced: Forced): unknown {
    const { compiler } = build;
    const code = type?.code ?? 'Element';
    if (plan.fixed !== undefined && (plan.children === undefined || isPrimitive(code))) return structuredClone(plan.fixed.value);
    if (isPrimitive(code)) return plan.pattern?.value ?? boundCode(plan, build)?.code ?? samplePrimitive(code);
    if (plan.refers !== undefined) {
      const target = planAt(build, plan.refers);
      return target === undefined ? {} : this.#item(target, target.types[0], build, chain, place, forced);
    }
    const profile = type?.profiles.map((one) => compiler.buildOf(one, build.structure.pack) ?? compiler.buildOf(parseCanonical(one).url, undefined)).find((one) => one !== undefined);
    if (compiler.isResource(code)) return profile === undefined ? { resourceType: 'Basic', code: { text: 'x' } } : this.#root(profile, { ...seeded(profile.structure.definition.type), resourceType: profile.structure.definition.type }, [], place);
    const base = this.#base(plan, type, build, chain, profile);
    let made = plan.children === undefined ? base : this.#filled(plan.children, build, chain, place, forced, base);
    if (plan.children === undefined && forced.some((path) => path.length > 0)) made = this.#object((profile ?? compiler.buildOf(coreBase + code, build.structure.pack))?.root.children ?? [], build, [], place, forced, made);
    if (code === 'Coding') known(made, build);
    return overlay(plan, code === 'Extension' ? withValue(plan, made, (child) => { this.#put(child, ofChoice(child), build, undefined, place, [], made); }) : made);
  }

  /** An object is never empty: where nothing is asked of it, it gets the first thing it may have. */
  #filled(children: readonly ElementPlan[], build: Build, chain: Chain, place: Place, forced: Forced, base: Json): Json {
    const made = this.#object(children, build, chain, place, forced, base);
    const any = children.find(({ name, max }) => max > 0 && !['id', 'extension', 'modifierExtension', 'url'].includes(name));
    if (Object.keys(made).length === 0 && any !== undefined) this.#put(any, any, build, undefined, place, [], made);
    return made;
  }

  /** What stands there before the element's own children are laid over it. */
  #base(plan: ElementPlan, type: TypePlan | undefined, build: Build, chain: Chain, profile: Build | undefined): Json {
    const code = type?.code ?? 'Element';
    const bound = boundCode(plan, build);
    if (bound !== undefined && code === 'Coding') return bound;
    if (code === 'CodeableConcept' && (bound !== undefined || plan.binding?.strength === 'required')) return plan.children?.some(({ name, slices, children }) => name === 'coding' && (slices.length > 0 || children !== undefined)) !== true ? { coding: [bound ?? { system: 'https://example.org/s', code: 'c' }] } : {};
    if (bound !== undefined && code === 'Quantity') return { value: 1, ...bound };
    if (code === 'Reference') return reference(type, build);
    if (code === 'Extension' && plan.children !== undefined) return {};
    if (code === 'Extension' && profile === undefined && type?.profiles[0] !== undefined) return { url: parseCanonical(type.profiles[0]).url, valueString: 'x' };
    if (plan.name === 'modifierExtension') return { url: modifierUrl, valueBoolean: true };
    return { ...this.#typed(code, build, profile), ...seeded(plan.basePath) };
  }

  #typed(code: string, build: Build, profile: Build | undefined): Json {
    const inner = new Instance(undefined);
    if (profile !== undefined) {
      const nowhere: Place = { path: [], expression: '' };
      return code === 'Extension' ? inner.#extension(profile, [], nowhere) : inner.#root(profile, sampleComplex(code), [], nowhere);
    }
    const sample = sampleComplex(code);
    if (Object.keys(sample).length > 0 || code === 'BackboneElement' || code === 'Element') return sample;
    const core = build.compiler.buildOf(coreBase + code, build.structure.pack);
    return core === undefined ? {} : inner.#root(core, {}, [], { path: [], expression: '' });
  }
}

/** Is it the entry of a Bundle that a slice by its resource means? */
function sameResource(item: unknown, plan: ElementPlan, { compiler, structure }: Build): boolean {
  const profile = plan.children?.find(({ name }) => name === 'resource')?.types[0]?.profiles[0];
  const wanted = profile === undefined ? undefined : compiler.structures.find(profile, structure.pack)?.definition.type;
  return wanted !== undefined && (item as { resource?: Json }).resource?.resourceType === wanted;
}

const itemsWanted = (child: ElementPlan, chain: Chain): { plan: ElementPlan; chain: Chain }[] => {
  const [slice] = chain;
  if (slice === undefined || !child.slices.includes(slice)) return [{ plan: ofChoice(child), chain }];
  // A reslice is an item of its slice too: the innermost says most.
  let rest = chain;
  let plan = child;
  for (let next = rest[0]; next !== undefined && plan.slices.includes(next); next = rest[0]) { plan = next; rest = rest.slice(1); }
  return Array.from({ length: Math.max(1, plan.min) }, (_, i) => ({ plan, chain: i === 0 ? rest : [] }));
};

/** A choice is always of one of its types: the slice of that type says all of it. */
const ofChoice = (child: ElementPlan): ElementPlan => (child.choice ? child.slices[0] ?? child : child);

const namesIn = (path: string): string[] => path.split('.').filter((name) => /^[a-z]\w*$/i.test(name));

/** An extension has a value or extensions: where neither is required, one is chosen. */
function withValue(plan: ElementPlan, made: Json, put: (child: ElementPlan) => void): Json {
  if (made.extension !== undefined || Object.keys(made).some((key) => key.startsWith('value') && made[key] !== undefined)) return made;
  const value = plan.children?.find(({ name, max }) => name === 'value' && max > 0);
  const inner = plan.children?.find(({ name, max }) => name === 'extension' && max > 0)?.slices[0];
  if (value !== undefined) put(value);
  else if (inner !== undefined) put({ ...inner, name: 'extension', array: true });
  return made;
}

/** A code that its system has, where the system is at hand. */
function known(coding: Json, { compiler }: Build): void {
  const { system, code } = coding;
  if (typeof system !== 'string' || typeof code !== 'string' || compiler.terminology.concept(system, code) !== null) return;
  const [first] = compiler.terminology.codeSystems(system)[0]?.codes.values() ?? [];
  if (first !== undefined) coding.code = first.code;
}

function reference(type: TypePlan | undefined, build: Build): Json {
  const { compiler, structure } = build;
  for (const canonical of type?.targets ?? []) {
    const name = compiler.structures.find(canonical, structure.pack)?.definition.type;
    if (name !== undefined) return { reference: `${name === 'Resource' || name === 'DomainResource' ? 'Basic' : name}/1` };
  }
  return { reference: 'Basic/1' };
}

/** What a fixed or pattern value asks, put into what was made. */
function overlay({ fixed, pattern }: ElementPlan, made: unknown): unknown {
  if (fixed !== undefined) return structuredClone(fixed.value);
  return pattern === undefined ? made : merged(made, pattern.value);
}

function merged(value: unknown, pattern: unknown): unknown {
  if (Array.isArray(pattern)) {
    const items = Array.isArray(value) ? [...value as unknown[]] : [];
    pattern.forEach((part, i) => { items[i] = merged(items[i], part); });
    return items;
  }
  if (typeof pattern !== 'object' || pattern === null) return pattern;
  const made: Json = { ...typeof value === 'object' && value !== null ? value as Json : {} };
  for (const [key, part] of Object.entries(pattern)) made[key] = merged(made[key], part);
  return made;
}
