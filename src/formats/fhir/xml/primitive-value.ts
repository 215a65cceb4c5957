import { jsonNumber } from '../decimals.ts';
import type { ElementShape } from './schema-lookup.ts';

/** FHIR's integers (R4 datatypes.html#integer), as far as JSON can write them. */
const integer = /^-?(?:0|[1-9][0-9]*)$/;

/**
 * The text of a `value` attribute → what JSON writes for it. A text that is not of its type stays a string, so that
 * the validator says what is wrong with it in its own words and at its path.
 */
export function primitiveValue(text: string, shape: Pick<ElementShape, 'json' | 'type'> | undefined): string | number | boolean {
  const json = shape?.json;
  if (json === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (json === 'number' && (shape?.type === 'decimal' ? jsonNumber : integer).test(text) && Number.isFinite(Number(text))) return Number(text);
  return text;
}
