import type { DecimalTexts } from './decimals.ts';
import type { JsonPath } from './path.ts';
import type { Position } from './position.ts';
import type { TextProblem } from './problem.ts';

/** A FHIR text as read, JSON or XML: the same tree, the same places, whichever way it came. */
export interface FhirText {
  /** FHIR JSON as a plain tree; undefined when the text could not be read to its end. Any JSON value: not checked to be a resource. */
  readonly resource: unknown;
  /** In the order of the text. An error means the text is to be refused even where a resource is given. */
  readonly problems: readonly TextProblem[];
  /** The texts of numbers JavaScript would write differently. */
  readonly decimals: DecimalTexts;
  /** Whole numbers written with a point or an exponent (`1.0`, `1e2`), which a decimal may be and an integer not; the first ones. Always empty for XML, whose reader knows the types. */
  readonly pointed: readonly JsonPath[];
  /** Line and column of a place of the tree, or of its nearest ancestor that is there. The work is done at the first call. */
  readonly locate: (path: JsonPath) => Position;
}

export interface TextLimits {
  /** UTF-16 units (or bytes, when bytes are given). */
  readonly maxLength: number;
  /** Objects and arrays within one another. */
  readonly maxDepth: number;
  /** After this many problems reading stops. */
  readonly maxProblems: number;
}

/** The deepest published R4 examples reach some 30 levels; 100 000 Bundle entries of 2 KB are 200 MB. */
export const textLimits: TextLimits = { maxLength: 256 * 1024 * 1024, maxDepth: 200, maxProblems: 100 };
