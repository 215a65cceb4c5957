import { bindingAccepts } from './binding.ts';
import type { Build } from './build.ts';
import type { Accepts } from './check.ts';
import { hasConstraints } from './constraint.ts';
import type { ElementPlan, TypePlan } from './plan.ts';
import { primitiveAccepts } from './primitive.ts';
import { siblingAlways } from './sibling.ts';

/**
 * The short-cut of a whole primitive property: true when the value, or each of an array's, is as all that is said of
 * it asks. undefined when something is said that needs the whole check: slices, limits, invariants, extensions.
 */
export function acceptsProperty(plan: ElementPlan, type: TypePlan, build: Build): Accepts | undefined {
  const { min, max, fixed, pattern, maxLength, binding } = plan;
  const format = primitiveAccepts(type.code);
  if (format === undefined || type.code === 'xhtml' || max === 0 || plan.slices.length > 0 || plan.refers !== undefined) return undefined;
  if (plan.minValue !== undefined || plan.maxValue !== undefined || siblingAlways(plan) || hasConstraints(plan, type.code, build)) return undefined;
  let one = format;
  for (const exact of [fixed, pattern]) if (exact !== undefined) one = both(one, value => value === exact.value);
  if (maxLength !== undefined) one = both(one, value => typeof value === 'string' && value.length <= maxLength);
  if (binding !== undefined) {
    const bound = bindingAccepts(binding, type.code, build);
    if (bound !== undefined) one = both(one, bound);
  }
  if (!plan.array) return one;
  const each = one;
  return value => {
    if (!Array.isArray(value) || value.length === 0 || value.length < min || value.length > max) return false;
    for (const item of value) if (!each(item)) return false;
    return true;
  };
}

function both(first: Accepts, second: Accepts): Accepts {
  return value => first(value) && second(value);
}
