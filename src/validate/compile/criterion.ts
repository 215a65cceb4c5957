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
  const parts: { name: string; test: Criterion }[] = [];
  for (const child of plan.children ?? []) {
    const own = criterionOf(child, build);
    if (own !== undefined && child.min > 0) parts.push({ name: child.name, test: own });
    else {
      const slices = child.slices.filter(slice => slice.min > 0).flatMap(slice => criterionOf(slice, build) ?? []);
      for (const test of slices) parts.push({ name: child.name, test });
    }
  }
  if (parts.length === 0) return undefined;
  return (value, run) => isObject(value) && parts.every(({ name, test }) => {
    const held = value[name];
    return Array.isArray(held) ? held.some(one => test(one, run)) : held !== undefined && test(held, run);
  });
}

function inValueSet(canonical: string, build: Build): Criterion {
  return value => {
    const codes = build.compiler.terminology.valueSet(canonical, build.structure.pack);
    if (codes === undefined) return false;
    if (typeof value === 'string') return codes.has(undefined, value) === 'in';
    if (!isObject(value)) return false;
    const codings: unknown[] = Array.isArray(value['coding']) ? value['coding'] : [value];
    return codings.some(coding => isObject(coding) && typeof coding['code'] === 'string'
      && codes.has(typeof coding['system'] === 'string' ? coding['system'] : '', coding['code']) === 'in');
  };
}
