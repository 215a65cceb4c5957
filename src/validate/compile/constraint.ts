import { fuelEach } from '../fhirpath/env.ts';
import { repaired } from '../fhirpath/errata.ts';
import { FhirPathError } from '../fhirpath/ast.ts';
import type { Direct } from '../fhirpath/direct.ts';
import { compileExpression } from '../fhirpath/expression.ts';
import { FhirNode, type Items } from '../fhirpath/item.ts';
import { isAbsent, isPresent } from '../fhirpath/presence.ts';
import type { Truth } from '../fhirpath/truth.ts';
import type { ElementConstraint } from '../registry/definition.ts';
import type { TypeInfo } from '../registry/type-model.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import { isObject, passes, type Check, type Json } from './check.ts';
import { grouped, type Group, type Prepared } from './constraint-groups.ts';
import { nativeConstraint } from './native.ts';
import type { ElementPlan } from './plan.ts';

/** The invariants of an element; those of its type are checked with the type unless the children are stated in place. */
export function constraintCheck(plan: ElementPlan, code: string, build: Build): Check {
  const { compiler } = build;
  return constraintsCheck(constraintsOf(plan, code, build), () => code === 'BackboneElement' || code === 'Element' ? compiler.model.at(plan.basePath) ?? compiler.model.type(code) : compiler.model.type(code), build);
}

/** Is there any that its own check must judge? */
export function hasConstraints(plan: ElementPlan, code: string, build: Build): boolean {
  return constraintsOf(plan, code, build).some(constraint => expressionOf(constraint) !== undefined);
}

function constraintsOf(plan: ElementPlan, code: string, { compiler }: Build): readonly ElementConstraint[] {
  const ofType = compiler.typeConstraints(code);
  const own = plan.constraints.filter(constraint => !ofType.some(other => other.key === constraint.key && other.expression === constraint.expression));
  return plan.children !== undefined && !compiler.isResource(code) ? [...ofType, ...own] : own;
}

/** An empty element is refused by its object, a narrative's form by its own check. */
function expressionOf(constraint: ElementConstraint): string | undefined {
  const expression = repaired(constraint);
  return constraint.key === 'ele-1' || expression === 'htmlChecks()' ? undefined : expression;
}

/** Invariants evaluated on a value of a type. Empty counts as not satisfied, as in the reference validator. */
export function constraintsCheck(constraints: readonly ElementConstraint[], typeOf: () => TypeInfo | undefined, build: Build): Check {
  const all = constraints.flatMap(constraint => prepared(constraint, build) ?? []);
  if (all.length === 0) return passes;
  const byType = new Map<TypeInfo | undefined, readonly Group[]>();
  let declared: TypeInfo | undefined;
  let known: TypeInfo | undefined;
  let groups: readonly Group[] | undefined;
  return (value, run, sibling) => {
    declared ??= typeOf();
    const type = typed(value, declared, run);
    if (groups === undefined || type !== known) {
      groups = byType.get(type);
      if (groups === undefined) byType.set(type, groups = grouped(all, type, build));
      known = type;
    }
    if (isObject(value)) judge(value, groups, type, run, sibling);
    else judgePrimitive(value, all, type, run, sibling);
  };
}

function judge(value: Json, groups: readonly Group[], type: TypeInfo | undefined, run: Run, sibling: unknown): void {
  let input: Items | undefined;
  for (const group of groups) {
    if (group.without !== undefined && isAbsent(value, group.without)) continue;
    for (const one of group.members) {
      if (one.enough !== undefined && isPresent(value, one.enough)) continue;
      const answer = one.native?.(value, run) ?? answered(one.direct, value, run);
      if (answer === undefined) {
        input ??= [new FhirNode(value, type, sibling)];
        if (!one.invariant.holds(input, run)) one.invariant.fail(run);
      } else if (!answer) one.invariant.fail(run);
    }
  }
}

function judgePrimitive(value: unknown, all: readonly Prepared[], type: TypeInfo | undefined, run: Run, sibling: unknown): void {
  let input: Items | undefined;
  for (const one of all) {
    input ??= [new FhirNode(value, type, sibling)];
    if (!(one.native?.(value, run) ?? one.holds(input, run))) one.fail(run);
  }
}

function answered(direct: Direct | undefined, value: Json, run: Run): boolean | undefined {
  if (direct === undefined) return undefined;
  try {
    return direct(value, run.frame.resource, run.entries);
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    return undefined; // too long: the general way says so
  }
}

function typed(value: unknown, type: TypeInfo | undefined, run: Run): TypeInfo | undefined {
  if (type !== undefined && type.kind !== 'resource') return type;
  const name = isObject(value) ? value.resourceType : undefined;
  return typeof name === 'string' && name !== type?.name ? run.env.model.type(name) ?? type : type;
}

function prepared(constraint: ElementConstraint, build: Build): Prepared | undefined {
  const { key, severity, human = '', humanFr = human } = constraint;
  const expression = expressionOf(constraint);
  if (expression === undefined) return undefined;
  const { label } = build.structure;
  let truth: Truth | undefined;
  let unusable = false;
  return {
    expression, native: nativeConstraint(key, expression),
    fail: run => run.report(profileRules.constraint, [key, human, humanFr], label, severity === 'warning' ? 'warning' : 'error', key),
    holds: (input, run) => {
      if (unusable) return true;
      try {
        truth ??= compileExpression(expression).truth;
        return evaluate(truth, input, run);
      } catch (error) {
        if (!(error instanceof FhirPathError)) throw error;
        if (truth === undefined) unusable = true;
        run.report(profileRules.constraintUnusable, [key, label], label);
        return true;
      }
    },
  };
}

function evaluate(truth: Truth, input: Items, run: Run): boolean {
  const { env } = run;
  const [node] = input;
  run.focus(node instanceof FhirNode ? node : undefined);
  env.fuel = fuelEach;
  return truth(input, env) === true;
}
