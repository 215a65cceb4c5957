import type { Build } from './build.ts';
import { allOf, passes, type Check } from './check.ts';
import { codedCheck } from './coded.ts';
import { constraintsCheck } from './constraint.ts';
import { hostOf } from './host.ts';
import { objectCheck } from './object.ts';
import { fixedCheck, patternCheck } from './values.ts';

/** The check of a whole definition: a resource, a datatype, an extension, or a profile on one. */
export function rootCheck(build: Build): Check {
  const { root, structure, compiler } = build;
  const { type } = structure.definition;
  const resource = compiler.isResource(type);
  const children = root.children ?? compiler.buildOf(type, structure.pack)?.root.children ?? [];
  const typeConstraints = compiler.typeConstraints(type).filter(constraint => !root.constraints.some(other => other.key === constraint.key));
  return allOf([
    objectCheck(children, build, { kind: resource ? 'resource' : 'element', host: hostOf(root, type, build) }),
    root.fixed === undefined ? passes : fixedCheck(root.fixed.value, structure.label),
    root.pattern === undefined ? passes : patternCheck(root.pattern.value, structure.label),
    codedCheck(type, build),
    constraintsCheck([...root.constraints, ...typeConstraints], () => compiler.model.type(type), build),
  ]);
}
