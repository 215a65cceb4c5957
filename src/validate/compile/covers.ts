import { deepEqual } from '../fhirpath/equality.ts';
import type { ElementPlan } from './plan.ts';

/**
 * What an element demands beyond its slice. A generated snapshot copies the element into each slice, so usually nothing,
 * and an item that has passed through the slice need not be checked twice; or children that the element requires and
 * the slice leaves optional, for what a differential asks of the sliced element does not reach into the slices beside
 * it. undefined when there is more, or any doubt: the item must then meet the element itself.
 */
export function beyond(slice: ElementPlan, element: ElementPlan): readonly ElementPlan[] | undefined {
  if (!own(slice, element)) return undefined;
  if (element.children === undefined) return [];
  const required: ElementPlan[] = [];
  for (const child of element.children) {
    const other = slice.children?.find(one => one.name === child.name);
    if (other === undefined || other.max > child.max || child.slices.length > 0 || !own(other, child) || !below(other, child)) return undefined;
    if (other.min >= child.min) continue;
    if (child.min > 1) return undefined;
    required.push(child);
  }
  return required;
}

function own(slice: ElementPlan, element: ElementPlan): boolean {
  return same(slice.fixed, element.fixed) && same(slice.pattern, element.pattern)
    && same(slice.minValue, element.minValue) && same(slice.maxValue, element.maxValue)
    && (element.maxLength === undefined || slice.maxLength === element.maxLength)
    && (element.binding === undefined || element.binding.strength === 'example' || slice.binding?.strength === 'required' || deepEqual(slice.binding, element.binding))
    && element.constraints.every(constraint => slice.constraints.some(other => other.key === constraint.key))
    && slice.types.every(type => element.types.some(other => (other.code === type.code || other.code === 'Resource') && subset(type.profiles, other.profiles) && subset(type.targets, other.targets)));
}

function below(slice: ElementPlan, element: ElementPlan): boolean {
  if (element.children === undefined) return true;
  if (slice.children === undefined) return false;
  const { children } = slice;
  return element.children.every(child => {
    const other = children.find(one => one.name === child.name);
    if (other === undefined || other.min < child.min || other.max > child.max) return false;
    return own(other, child) && child.slices.length === 0 && below(other, child);
  });
}

function same(mine: unknown, theirs: unknown): boolean {
  return theirs === undefined || deepEqual(mine, theirs);
}

/** Fewer allowed is stricter; an empty list allows all. */
function subset(mine: readonly string[], theirs: readonly string[]): boolean {
  return theirs.length === 0 || (mine.length > 0 && mine.every(one => theirs.includes(one)));
}
