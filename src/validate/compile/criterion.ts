import { deepEqual } from '../fhirpath/equality.ts';
import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import { isObject } from './check.ts';
import type { ElementPlan } from './plan.ts';
import { matchesPattern } from './values.ts';

export type Criterion = (value: unknown, run: Run) => boolean;

/**
 * What a value must be to satisfy the fixed value, pattern or required binding of an element, or those of the
 * elements it requires below; undefined when it states none.
 */
export function criterionOf(plan: ElementPlan, build: Build): Criterion | undefined {
  const { fixed, pattern, binding } = plan;
  if (fixed !== undefined) return value => deepEqual(value, fixed.value);
  if (pattern !== undefined) return value => matchesPattern(value, pattern.value);
  const inner = innerCriterion(plan, build);
  if (inner !== undefined) return inner;
  if (binding?.strength === 'required' && binding.valueSet !== undefined) return inValueSet(binding.valueSet, build);
  return undefined;
}

function innerCriterion(plan: ElementPlan, build: Build): Criterion | undefined {
  const parts: { names: readonly string[]; test: Criterion; required: boolean }[] = [];
  for (const child of plan.children ?? []) {
    const own = criterionOf(child, build);
    if (own !== undefined) parts.push({ names: namesOf(child), test: own, required: child.min > 0 });
    else {
      const slices = child.slices.filter(slice => slice.min > 0).flatMap(slice => criterionOf(slice, build) ?? []);
      for (const test of slices) parts.push({ names: namesOf(child), test, required: true });
    }
  }
  if (!parts.some(part => part.required)) return undefined;
  return (value, run) => isObject(value) && parts.every(({ names, test, required }) => {
    const name = names.find(one => value[one] !== undefined);
    const held = name === undefined ? undefined : value[name];
    if (held === undefined) return !required;
    return Array.isArray(held) ? held.some(one => test(one, run)) : test(held, run);
  });
}

/** The JSON properties of an element: several for a choice. */
function namesOf(plan: ElementPlan): readonly string[] {
  return plan.choice ? plan.types.map(type => type.key) : [plan.name];
}

function inValueSet(canonical: string, build: Build): Criterion {
  return (value, run) => {
    const codes = build.compiler.terminology.valueSet(canonical, build.structure.pack);
    if (codes === undefined) {
      run.notChecked(canonical);
      return typeof value === 'string' || hasCode(value); // what cannot be checked does not decide; what has no code is in no set
    }
    if (typeof value === 'string') return codes.has(undefined, value) !== 'out';
    if (!isObject(value)) return false;
    return codingsOf(value).some(coding => isObject(coding) && typeof coding.code === 'string'
      && codes.has(typeof coding.system === 'string' ? coding.system : '', coding.code) !== 'out');
  };
}

function codingsOf(value: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(value.coding) ? value.coding : [value];
}

function hasCode(value: unknown): boolean {
  return isObject(value) && codingsOf(value).some(coding => isObject(coding) && coding.code !== undefined);
}
