import type { FhirText } from '../../formats/fhir/fhir-text.ts';
import type { JsonPath } from '../../formats/fhir/path.ts';
import type { TextProblem } from '../../formats/fhir/problem.ts';
import type { SchemaLookup } from '../../formats/fhir/xml/schema-lookup.ts';
import { isObject } from '../compile/check.ts';

/** The type of the primitive at a place; undefined where the definitions know none. */
function primitiveAt(resource: unknown, path: JsonPath, schema: SchemaLookup): string | undefined {
  let at: unknown = resource, type: string | undefined, primitive: string | undefined;
  for (const step of path) {
    if (typeof step === 'string') {
      if (!isObject(at)) return undefined;
      const own: unknown = at.resourceType;
      const shape = schema.child(typeof own === 'string' ? own : type ?? '', step);
      primitive = shape?.kind === 'primitive' ? shape.type : undefined;
      type = shape?.type;
    }
    at = (at as Record<string | number, unknown>)[step];
  }
  return primitive;
}

/** `1.0` and `1e2` where an integer stands (R4 datatypes.html#integer): once read they are numbers like any other, so the text must tell. */
export function integerProblems({ resource, pointed, locate }: FhirText, schema: SchemaLookup): TextProblem[] {
  return pointed.flatMap((path): TextProblem[] => {
    const type = primitiveAt(resource, path, schema);
    return type === undefined || type === 'decimal' ? [] : [{ ...locate(path), severity: 'error', code: 'integer', path }];
  });
}
