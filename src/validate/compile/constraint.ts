import { fuelEach } from '../fhirpath/env.ts';
import { repaired } from '../fhirpath/errata.ts';
import { FhirPathError } from '../fhirpath/ast.ts';
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
  const ofType = compiler.typeConstraints(code);
  const own = plan.constraints.filter(constraint => !ofType.some(other => other.key === constraint.key && other.expression === constraint.expression));
  const inline = plan.children !== undefined && !compiler.isResource(code);
  return constraintsCheck(inline ? [...ofType, ...own] : own, () => code === 'BackboneElement' || code === 'Element' ? compiler.model.at(plan.basePath) ?? compiler.model.type(code) : compiler.model.type(code), build);
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
    for (const one of all) {
      const answer = one.native?.(value, run);
      if (answer !== undefined) {
        if (!answer) one.fail(run);
        continue;
      }
      input ??= [new FhirNode(value, typed(value, type, run), sibling)];
      if (!one.holds(input, run)) one.fail(run);
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
  readonly holds: (input: Items, run: Run) => boolean;
  readonly fail: (run: Run) => void;
}

function prepared(constraint: ElementConstraint, build: Build): Prepared | undefined {
  const { key, severity, human = '', humanFr = human } = constraint;
  const expression = repaired(constraint);
  // An empty element is refused by its object, a narrative's form by its own check.
  if (expression === undefined || key === 'ele-1' || expression === 'htmlChecks()') return undefined;
  const { label } = build.structure;
  let truth: Truth | undefined;
  let unusable = false;
  return {
    native: nativeConstraint(key, expression),
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
