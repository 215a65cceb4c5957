import { structureRules } from '../run/structure-rules.ts';
import type { Build } from './build.ts';
import { isObject, lazily, type Check } from './check.ts';
import { hostOf } from './host.ts';
import { objectCheck } from './object.ts';
import type { ElementPlan } from './plan.ts';

const nothing = {};

/**
 * The `_name` object beside a primitive: its id and extensions, by the element's own children when the profile states
 * some. A required extension is asked for even when there is no such object.
 */
export function siblingCheck(plan: ElementPlan, code: string, build: Build): Check {
  const inline = plan.children;
  const make = (): Check => objectCheck(inline ?? build.compiler.elementChildren(code), build, { kind: 'sibling', host: hostOf(plan, code, build) });
  const check = lazily(make);
  const always = siblingAlways(plan);
  const noExtension = plan.basePath === 'Resource.id';
  return (value, run, sibling) => {
    if (sibling === undefined || sibling === null) {
      if (always) check(nothing, run);
      return;
    }
    if (noExtension && isObject(sibling) && sibling.extension !== undefined) run.report(structureRules.idExtension, []);
    if ((value === undefined || value === null) && isObject(sibling) && sibling.extension === undefined) run.report(structureRules.emptyObject, []);
    check(sibling, run);
  };
}

/** Does the profile ask for an id or an extension beside the value? */
export function siblingAlways(plan: ElementPlan): boolean {
  return plan.children?.some(child => child.name !== 'value' && (child.min > 0 || child.slices.some(slice => slice.min > 0))) ?? false;
}
