import { fuelEach } from '../fhirpath/env.ts';
import { repaired } from '../fhirpath/errata.ts';
import { FhirPathError } from '../fhirpath/ast.ts';
import { compileDirect, type Direct } from '../fhirpath/direct.ts';
import { compileExpression } from '../fhirpath/expression.ts';
import { FhirNode, type Items } from '../fhirpath/item.ts';
import type { Truth } from '../fhirpath/truth.ts';
import type { ElementConstraint } from '../registry/definition.ts';
import type { TypeInfo } from '../registry/type-model.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import { isObject, passes, type Check } from './check.ts';
import { nativeConstraint, type Native } from './native.ts';
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
  let type: TypeInfo | undefined;
  let known = false;
  return (value, run, sibling) => {
    if (!known) {
      type = typeOf();
      known = true;
    }
    let input: Items | undefined;
    let own: TypeInfo | undefined;
    for (const one of all) {
      let answer = one.native?.(value, run);
      if (answer === undefined) {
        own ??= typed(value, type, run);
        answer = one.direct(value, own, run);
      }
      if (answer === undefined) {
        input ??= [new FhirNode(value, own, sibling)];
        if (!one.holds(input, run)) one.fail(run);
      } else if (!answer) one.fail(run);
    }
  };
}

function typed(value: unknown, type: TypeInfo | undefined, run: Run): TypeInfo | undefined {
  if (type !== undefined && type.kind !== 'resource') return type;
  const name = isObject(value) ? value.resourceType : undefined;
  return typeof name === 'string' ? run.env.model.type(name) ?? type : type;
}

interface Prepared {
  readonly native: Native | undefined;
  /** The answer read from the JSON; undefined when the general way must be taken. */
  readonly direct: (value: unknown, type: TypeInfo | undefined, run: Run) => boolean | undefined;
  readonly holds: (input: Items, run: Run) => boolean;
  readonly fail: (run: Run) => void;
}

function prepared(constraint: ElementConstraint, build: Build): Prepared | undefined {
  const { key, severity, human = '', humanFr = human } = constraint;
  const expression = expressionOf(constraint);
  if (expression === undefined) return undefined;
  const { label } = build.structure;
  let truth: Truth | undefined;
  let unusable = false;
  return {
    native: nativeConstraint(key, expression),
    direct: directly(expression, build),
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

/** The direct way of an expression, made for each type it is asked of. */
function directly(expression: string, { compiler }: Build): Prepared['direct'] {
  let known: TypeInfo | undefined;
  let ready: Direct | undefined;
  const others = new Map<TypeInfo, Direct | undefined>();
  return (value, type, run) => {
    if (type === undefined || !isObject(value)) return undefined;
    if (type !== known) {
      if (!others.has(type)) others.set(type, compileDirect(expression, type, compiler.model));
      known = type;
      ready = others.get(type);
    }
    if (ready === undefined) return undefined;
    try {
      return ready(value, run.frame.resource, run.entries);
    } catch (error) {
      if (!(error instanceof FhirPathError)) throw error;
      return undefined; // too long: the general way says so
    }
  };
}

function evaluate(truth: Truth, input: Items, run: Run): boolean {
  const { env } = run;
  const [node] = input;
  run.focus(node instanceof FhirNode ? node : undefined);
  env.fuel = fuelEach;
  return truth(input, env) === true;
}
