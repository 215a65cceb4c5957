import { jsonNumber } from '../decimals.ts';
import type { ElementShape } from './schema-lookup.ts';

/**
 * The text of a `value` attribute → what JSON writes for it. A text that is not of its type stays a string, so that
 * the validator says what is wrong with it in its own words and at its path.
 */
export function primitiveValue(text: string, json: ElementShape['json']): string | number | boolean {
  if (json === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (json === 'number' && jsonNumber.test(text) && Number.isFinite(Number(text))) return Number(text);
  return text;
}
