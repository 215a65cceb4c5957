import { compileExpression } from '../fhirpath/expression.ts';
import { fuelEach } from '../fhirpath/env.ts';
import { FhirNode } from '../fhirpath/item.ts';
import { parseCanonical } from '../registry/canonical.ts';
import type { Discriminator } from '../registry/definition.ts';
import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import { isObject } from './check.ts';
import { criterionOf, type Criterion } from './criterion.ts';
import { reach, type Reached } from './discriminator-path.ts';
import type { ElementPlan } from './plan.ts';
import { typeMatcher } from './type-matcher.ts';

/** Does an item belong to a slice? `url` is set when the slice is known by an extension's url alone. */
export interface Matches {
  (value: unknown, run: Run, sibling: unknown, code: string, index: number): boolean;
  readonly url?: string | undefined;
}

type Test = (value: unknown, run: Run, code: string, index: number) => boolean;

/** All discriminators of the sliced element, for one of its slices (profiling.html#discriminator). */
export function sliceMatcher(element: ElementPlan, slice: ElementPlan, build: Build): Matches {
  const position = element.slices.indexOf(slice);
  const discriminators = element.discriminators.length > 0 ? element.discriminators : implied(element);
  const stated = discriminators.map(discriminator => testOf(discriminator, slice, build, position)).filter(test => test !== undefined);
  // A slice that says nothing at one discriminator is told by the others; one that says nothing at all takes nothing.
  const tests = stated.length === 0 ? [(): boolean => false] : stated;
  const matches = (value: unknown, run: Run, _sibling: unknown, code: string, index: number): boolean => tests.every(test => test(value, run, code, index));
  const [only] = discriminators;
  const url = discriminators.length === 1 && only?.path === 'url' ? fixedUrl(slice, build) : undefined;
  return Object.assign(matches, { url });
}

/** Slicing without discriminator: a choice by its type, anything else by what its slices fix. */
function implied(element: ElementPlan): readonly Discriminator[] {
  return [{ type: element.choice ? 'type' : 'value', path: '$this' }];
}

function fixedUrl(slice: ElementPlan, build: Build): string | undefined {
  for (const { plan } of reach(slice, 'url', build)) {
    const value = plan.fixed?.value ?? plan.pattern?.value;
    if (typeof value === 'string') return value;
  }
  const [canonical] = slice.types[0]?.profiles ?? [];
  return canonical === undefined ? undefined : parseCanonical(canonical).url;
}

function testOf(discriminator: Discriminator, slice: ElementPlan, build: Build, position: number): Test | undefined {
  const { type, path } = discriminator;
  if (type === 'position') return (_value, _run, _code, index) => index === position;
  const reached = reach(slice, path, build);
  if (type === 'type') return valuesAt(path, typeMatcher(reached, build), reached);
  if (type === 'profile') return valuesAt(path, profileMatcher(reached), reached);
  if (type === 'exists') return existsTest(path, reached);
  // A path that leads nowhere is a defect of the profile: what the slice itself demands then tells its items.
  if (reached.length === 0) {
    const own = criterionOf(slice, build);
    return own === undefined ? undefined : (value, run) => own(value, run);
  }
  const criteria = reached.flatMap(one => criterionOf(one.plan, one.build) ?? []);
  if (criteria.length === 0) return absentTest(path, reached);
  const criterion: Criterion = (value, run) => criteria.some(one => one(value, run));
  return valuesAt(path, criterion, reached);
}

/** A discriminating element that the slice forbids: the slice is the items without it. */
function absentTest(path: string, reached: readonly Reached[]): Test | undefined {
  if (!reached.some(one => one.plan.max === 0)) return undefined;
  const values = valueReader(path);
  return (value, run, code) => values(value, run, code).length === 0;
}

function existsTest(path: string, reached: readonly Reached[]): Test {
  const values = valueReader(path);
  const forbidden = reached.some(one => one.plan.max === 0);
  return (value, run, code) => (values(value, run, code).length > 0) !== forbidden;
}

function profileMatcher(reached: readonly Reached[]): Criterion {
  const profiles = reached.flatMap(({ plan, build, targets }) => (targets ?? plan.types.flatMap(type => type.profiles)).flatMap(canonical => {
    const structure = build.compiler.structures.find(canonical, build.structure.pack);
    return structure === undefined ? [] : [{ structure, compiler: build.compiler }];
  }));
  return (value, run) => profiles.some(({ structure, compiler }) => compiler.conforms(value, structure, run));
}

function valuesAt(path: string, criterion: (value: unknown, run: Run, code: string) => boolean, reached: readonly Reached[]): Test {
  if (path === '$this') return (value, run, code) => criterion(value, run, code);
  const steps = plainSteps(path, reached);
  if (steps !== undefined) return (value, run) => someAt(value, steps, 0, one => criterion(one, run, ''));
  const values = valueReader(path);
  return (value, run, code) => values(value, run, code).some(one => criterion(one, run, ''));
}

/** Property names alone, none of them a choice: read straight from the JSON. */
function plainSteps(path: string, reached: readonly Reached[]): string[] | undefined {
  if (!/^[a-zA-Z]+(?:\.[a-zA-Z]+)*$/.test(path) || reached.some(one => one.throughChoice)) return undefined;
  return path.split('.');
}

function someAt(value: unknown, steps: readonly string[], at: number, test: (value: unknown) => boolean): boolean {
  if (Array.isArray(value)) return value.some(one => someAt(one, steps, at, test));
  const step = steps[at];
  if (step === undefined) return value !== undefined && test(value);
  return isObject(value) && value[step] !== undefined && someAt(value[step], steps, at + 1, test);
}

/** The values at a path with functions or choices, by FHIRPath. */
function valueReader(path: string): (value: unknown, run: Run, code: string) => unknown[] {
  let evaluate: ReturnType<typeof compileExpression>['items'] | undefined;
  try {
    evaluate = compileExpression(path).items;
  } catch {
    return () => [];
  }
  const items = evaluate;
  return (value, run, code) => {
    const { env } = run;
    const type = isObject(value) && typeof value.resourceType === 'string' ? value.resourceType : code;
    const node = new FhirNode(value, env.model.type(type) ?? env.model.at(code));
    const { self, fuel } = env;
    env.self = node;
    env.fuel = fuelEach;
    try {
      return items([node], env).map(item => item instanceof FhirNode ? item.value : item).filter(one => one !== undefined);
    } catch {
      return [];
    } finally {
      env.self = self;
      env.fuel = fuel;
    }
  };
}
