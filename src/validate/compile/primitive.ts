import { structureRules } from '../run/structure-rules.ts';
import type { Run } from '../run/run.ts';
import { allOf, passes, type Accepts, type Check } from './check.ts';
import { primitiveFormats, type PrimitiveFormat } from './primitive-format.ts';

export function isPrimitive(code: string): boolean {
  return Object.hasOwn(primitiveFormats, code);
}

/** The JSON type and the lexical space of a primitive. A value that is absent is left to cardinality. */
export function primitiveCheck(code: string): Check {
  const format = primitiveFormats[code];
  if (format === undefined) return passes;
  const lexical = lexicalCheck(code, format);
  return code === 'string' || code === 'markdown' ? allOf([lexical, blank]) : lexical;
}

/** The short-cut of `primitiveCheck`. */
export function primitiveAccepts(code: string): Accepts | undefined {
  const format = primitiveFormats[code];
  if (format === undefined) return undefined;
  const valid = format.valid as (value: unknown) => boolean;
  if (code === 'string' || code === 'markdown') return value => typeof value === 'string' && value.charCodeAt(0) > 32 && value.charCodeAt(value.length - 1) > 32 && valid(value);
  if (format.json === 'string') return value => typeof value === 'string' && value !== '' && valid(value);
  return format.json === 'number' ? value => typeof value === 'number' && valid(value) : value => typeof value === 'boolean';
}

function lexicalCheck(code: string, { json, valid, expected }: PrimitiveFormat): Check {
  return (value, run) => {
    if (value === undefined || value === null) return;
    if (typeof value !== json) run.report(structureRules.jsonType, [code, json]);
    else if (value === '') run.report(structureRules.emptyString, []);
    else if (!valid(value as never)) run.report(structureRules.format, [code, expected], undefined, 'error', `format-${code}`);
  };
}

function blank(value: unknown, run: Run): void {
  if (typeof value !== 'string' || value === '') return;
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  if ((first <= 32 || last <= 32) && value.trim() !== value) {
    run.report(structureRules.blankString, []); // white space alone is within R4's string too (datatypes.html#string); the reference validator warns
  }
}
