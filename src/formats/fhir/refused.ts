import { DecimalTexts } from './decimals.ts';
import type { FhirText } from './fhir-text.ts';
import type { ProblemCode } from './problem.ts';

/** The answer for a text that was not read at all. */
export function refused(code: ProblemCode): FhirText {
  const start = { line: 1, column: 1 };
  return {
    resource: undefined,
    problems: [{ ...start, severity: 'error', code, path: [] }],
    decimals: new DecimalTexts(),
    pointed: [],
    locate: () => start,
  };
}
