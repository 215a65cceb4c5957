import { fuelEach } from '../fhirpath/env.ts';
import { FhirPathError } from '../fhirpath/ast.ts';
import { compileExpression, type Expression } from '../fhirpath/expression.ts';
import { FhirNode, resourceNode } from '../fhirpath/item.ts';
import type { Run } from '../run/run.ts';
import { isObject } from './check.ts';

/**
 * Is the element that holds an extension among those an expression selects in the resource (StructureDefinition.context
 * of type fhirpath, defining-extensions.html#context)? An expression that cannot be used allows: that is its author's fault.
 */
export function fhirPathContext(text: string): (run: Run) => boolean {
  let expression: Expression | undefined;
  let usable = true;
  return run => {
    if (!usable) return true;
    const holder = holderOf(run);
    if (holder === undefined) return true;
    try {
      expression ??= compileExpression(text);
      run.focus(resourceNode(run.frame.resource, run.env.model));
      run.env.fuel = fuelEach;
      const root = run.env.resource;
      return root === undefined || expression.items([root], run.env).some(item => item instanceof FhirNode && (item.value === holder || item.sibling === holder));
    } catch (error) {
      if (!(error instanceof FhirPathError)) throw error;
      usable = expression !== undefined; // out of fuel is this resource's matter, a text that is no FHIRPath the definition's
      return true;
    }
  };
}

/** The object the extension stands in, of a primitive the `_name` one: steps end with `extension[i]`. */
function holderOf(run: Run): unknown {
  let value: unknown = run.frame.resource;
  for (let i = run.frameDepth; i < run.depth - 2; i++) {
    const step = run.steps[i];
    if (typeof step === 'number') value = Array.isArray(value) ? (value as unknown[])[step] : undefined;
    else if (step !== undefined && isObject(value)) value = below(value, step.json);
    else return undefined;
  }
  return isObject(value) ? value : undefined;
}

/** A primitive's value is no object: what stands beside it is. */
function below(holder: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = holder[name];
  const sibling = holder[`_${name}`];
  if (!Array.isArray(sibling)) return isObject(value) || Array.isArray(value) ? value : sibling;
  return Array.isArray(value) && value.some(isObject) ? value : sibling;
}
