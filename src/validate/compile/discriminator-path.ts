import { coreBase } from '../registry/type-code.ts';
import type { Build } from './build.ts';
import { planAt } from './build.ts';
import { criterionOf } from './criterion.ts';
import type { ElementPlan } from './plan.ts';

/** An element a discriminator's path leads to from a slice, in whichever profile it is defined. */
export interface Reached {
  readonly plan: ElementPlan;
  readonly build: Build;
  /** After resolve(): the profiles the target may have. */
  readonly targets: readonly string[] | undefined;
  readonly throughChoice: boolean;
}

/**
 * Follows a discriminator path (`$this`, names, `extension('url')`, `ofType(X)`, `resolve()`) through a slice's plan,
 * into the profiles and types its elements name. Slices on the way are taken too: core's bp fixes `code.coding.code`
 * in a slice of `coding`.
 */
export function reach(slice: ElementPlan, path: string, build: Build): Reached[] {
  let places: Reached[] = [{ plan: slice, build, targets: undefined, throughChoice: false }];
  for (const step of stepsOf(path)) places = places.flatMap(place => follow(place, step));
  return places;
}

function stepsOf(path: string): string[] {
  return path.match(/[a-zA-Z$]+(?:\([^)]*\))?/g)?.filter(step => step !== '$this') ?? [];
}

function follow(place: Reached, step: string): Reached[] {
  const call = /^(\w+)\('?([^')]*)'?\)$/.exec(step);
  if (call === null) return named(place, step);
  const [, name, argument = ''] = call;
  if (name === 'extension') return named(place, 'extension').filter(({ plan, build }) => urlOf(plan, build) === argument);
  if (name === 'ofType' || name === 'as') return [place];
  if (name === 'resolve') return resolved(place);
  return [];
}

function urlOf(plan: ElementPlan, build: Build): string | undefined {
  const url = plan.children?.find(child => child.name === 'url');
  const value = url?.fixed?.value ?? url?.pattern?.value ?? plan.types[0]?.profiles[0];
  return typeof value === 'string' ? value : reach(plan, 'url', build).map(one => one.plan.fixed?.value).find(one => typeof one === 'string');
}

function named({ plan, build, throughChoice }: Reached, name: string): Reached[] {
  const found: Reached[] = [];
  for (const holder of holders(plan, build)) {
    // What the slice states of the child in place is narrower than what the profile it names says.
    if (found.some(one => criterionOf(one.plan, one.build) !== undefined)) break;
    for (const child of holder.plan.children ?? []) {
      if (child.name !== name) continue;
      const choice = throughChoice || child.choice;
      found.push(...[child, ...allSlices(child)].map(one => ({ plan: one, build: holder.build, targets: undefined, throughChoice: choice })));
    }
  }
  return found;
}

function allSlices(plan: ElementPlan): ElementPlan[] {
  return plan.slices.flatMap(slice => [slice, ...allSlices(slice)]);
}

/** Where an element's children are stated: in place, by reference, in its profiles, in its types. */
function holders(plan: ElementPlan, build: Build): { plan: ElementPlan; build: Build }[] {
  const inline = plan.children === undefined ? [] : [{ plan, build }];
  if (plan.refers !== undefined) {
    const target = planAt(build, plan.refers);
    return target === undefined ? inline : [...inline, { plan: target, build }];
  }
  const profiles = plan.types.flatMap(type => type.profiles.flatMap(canonical => build.compiler.buildOf(canonical, build.structure.pack) ?? []));
  const fromProfiles = profiles.map(profile => ({ plan: profile.root, build: profile }));
  if (inline.length > 0 || fromProfiles.length > 0) return [...inline, ...fromProfiles];
  return plan.types.flatMap(type => build.compiler.buildOf(type.code.includes(':') ? type.code : coreBase + type.code, build.structure.pack) ?? [])
    .map(type => ({ plan: type.root, build: type }));
}

function resolved({ plan, build, throughChoice }: Reached): Reached[] {
  const targets = plan.types.flatMap(type => type.targets);
  const found = targets.flatMap(canonical => build.compiler.buildOf(canonical, build.structure.pack) ?? []);
  return found.map(target => ({ plan: target.root, build: target, targets: [target.structure.label], throughChoice }));
}
