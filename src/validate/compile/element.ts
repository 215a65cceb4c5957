import type { Build } from './build.ts';
import { planAt } from './build.ts';
import { bindingCheck } from './binding.ts';
import { codedCheck } from './coded.ts';
import { allOf, lazily, passes, type Check } from './check.ts';
import { constraintCheck } from './constraint.ts';
import { extensionCheck } from './extension.ts';
import { hostOf, type Host } from './host.ts';
import { limitCheck } from './limits.ts';
import { objectCheck } from './object.ts';
import type { ElementPlan, TypePlan } from './plan.ts';
import { isPrimitive, primitiveCheck } from './primitive.ts';
import { siblingCheck } from './sibling.ts';
import { referenceCheck } from './reference.ts';
import { innerResourceCheck } from './inner-resource.ts';
import { profilesCheck } from './profiles.ts';
import { fixedCheck, maxLengthCheck, patternCheck } from './values.ts';
import { xhtmlCheck } from './xhtml.ts';

/** One item of an element with one of its types: its content, its profiles, and all the element itself says of it. */
export function elementCheck(plan: ElementPlan, type: TypePlan | undefined, build: Build, host: Host): Check {
  if (plan.refers !== undefined) return lazily(() => referred(plan.refers ?? '', build, host));
  const code = type?.code ?? 'Element';
  const profile = build.structure.label;
  return allOf([
    contentCheck(plan, code, type, build, host),
    profilesCheck(type, build),
    plan.fixed === undefined ? passes : fixedCheck(plan.fixed.value, profile),
    plan.pattern === undefined ? passes : patternCheck(plan.pattern.value, profile),
    plan.maxLength === undefined ? passes : maxLengthCheck(plan.maxLength, profile),
    plan.minValue === undefined ? passes : limitCheck(plan.minValue, 'minimum', code, profile),
    plan.maxValue === undefined ? passes : limitCheck(plan.maxValue, 'maximum', code, profile),
    plan.binding === undefined ? passes : bindingCheck(plan.binding, code, plan.choice, build),
    referenceCheck(type, build),
    constraintCheck(plan, code, build),
  ]);
}

function referred(path: string, build: Build, host: Host): Check {
  const target = planAt(build, path);
  return target === undefined ? passes : elementCheck(target, target.types[0], build, host);
}

function contentCheck(plan: ElementPlan, code: string, type: TypePlan | undefined, build: Build, host: Host): Check {
  const { compiler } = build;
  if (code === 'xhtml') return xhtmlCheck(build);
  if (isPrimitive(code)) return allOf([primitiveCheck(code), siblingCheck(plan, code, build)]);
  if (compiler.isResource(code)) return innerResourceCheck(plan, type, build);
  if (code === 'Extension') return extensionCheck(plan, type, build, host);
  if (plan.choice && plan.types.length > 1 && plan.children !== undefined) {
    // Only what all the types share (id, extension) is stated in place.
    return allOf([compiler.type(code), objectCheck(plan.children, build, { kind: 'partial', host: hostOf(plan, code, build) })]);
  }
  if (plan.children !== undefined) {
    return allOf([objectCheck(plan.children, build, { kind: 'element', host: hostOf(plan, code, build) }), codedCheck(code, build)]);
  }
  return type?.profiles.length === 1 ? passes : compiler.type(code);
}
