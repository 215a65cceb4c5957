import type { JsonPath } from '../../formats/fhir/path.ts';

/**
 * A step from an element to one of its properties, made once when the profile is compiled: `json` as the property is
 * written, `shown` as FHIRPath says it (`value.ofType(Quantity)`).
 */
export interface Step { readonly json: string; readonly shown: string }

export function step(json: string, shown = json): Step {
  return { json, shown };
}

/** Where an issue is: the FHIRPath with indices, and the same place in the JSON. */
export interface Place { readonly expression: string; readonly path: JsonPath }

export function placeOf(root: string, steps: readonly (Step | number)[], depth: number): Place {
  let expression = root;
  const path: (string | number)[] = [];
  for (let i = 0; i < depth; i++) {
    const one = steps[i];
    if (one === undefined) break;
    if (typeof one === 'number') {
      expression += `[${one}]`;
      path.push(one);
    } else {
      expression += `.${one.shown}`;
      path.push(one.json);
    }
  }
  return { expression, path };
}
