/** Where something is in a FHIR JSON tree: property names and array indices from the root resource. */
export type JsonPath = readonly (string | number)[];

/** `['name', 0, 'given', 1]` → `name[0].given[1]`; the root is the empty text. */
export function pathText(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

const step = /([A-Za-z_][A-Za-z0-9_]*)(?:\[([0-9]+)\])?/y;
const narrowing = /\.ofType\(([A-Za-z0-9]+)\)/y;

/**
 * A FHIRPath expression as OperationOutcome.issue.expression writes it → path in the JSON tree. The resource type
 * in front is dropped; `value.ofType(Quantity)` becomes `valueQuantity`. What is not such an expression (a function
 * call, a slice name) ends the path where it was last understood: the locator then gives the nearest known place.
 */
export function expressionPath(text: string): JsonPath {
  const expression = text.replace(/\/\*[^*]*\*\//g, ''); // the reference validator notes the type: resource/*Patient/1*/
  const path: (string | number)[] = [];
  let position = 0;
  let first = true;
  for (;;) {
    step.lastIndex = position;
    const found = step.exec(expression);
    if (found?.[1] === undefined) return path;
    position = step.lastIndex;
    let name = found[1];
    narrowing.lastIndex = position;
    const type = narrowing.exec(expression)?.[1];
    if (type !== undefined) {
      name += type.charAt(0).toUpperCase() + type.slice(1);
      position = narrowing.lastIndex;
    }
    if (!first || !/^[A-Z]/.test(name)) path.push(name);
    if (found[2] !== undefined && (!first || path.length > 0)) path.push(Number(found[2]));
    first = false;
    if (expression.charAt(position) !== '.') return path;
    position += 1;
  }
}
