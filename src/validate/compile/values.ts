import { deepEqual } from '../fhirpath/equality.ts';
import { structureRules } from '../run/structure-rules.ts';
import { step } from '../run/place.ts';
import { isObject, type Check } from './check.ts';

/** Equal in every part. Says which part is too much, which is the mistake people make. */
export function fixedCheck(expected: unknown, profile: string): Check {
  const shown = short(expected);
  return (value, run) => {
    if (value === undefined || deepEqual(value, expected)) return;
    const extra = isObject(value) && isObject(expected) ? Object.keys(value).filter(key => !(key in expected)) : [];
    for (const key of extra) run.reportAt(step(key), structureRules.fixedExtra, [key], profile);
    if (extra.length === 0) run.report(structureRules.fixed, [shown], profile);
  };
}

export function patternCheck(expected: unknown, profile: string): Check {
  const shown = short(expected);
  return (value, run) => {
    if (value !== undefined && !matchesPattern(value, expected)) run.report(structureRules.pattern, [shown], profile);
  };
}

/**
 * Does a value contain a pattern (elementdefinition-definitions.html#ElementDefinition.pattern_x_): every part of the
 * pattern is there, each item of a pattern's array somewhere in the value's.
 */
export function matchesPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every(part => value.some(item => matchesPattern(item, part)));
  }
  if (!isObject(pattern)) return value === pattern;
  if (!isObject(value)) return false;
  for (const key in pattern) if (!matchesPattern(value[key], pattern[key])) return false;
  return true;
}

/** What a profile expects, short enough to be read. It comes from the profile, so it is no patient data. */
export function short(expected: unknown): string {
  const text = typeof expected === 'string' ? expected : JSON.stringify(expected);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

export function maxLengthCheck(limit: number, profile: string): Check {
  return (value, run) => {
    if (typeof value === 'string' && value.length > limit) run.report(structureRules.tooLong, [String(limit), String(value.length)], profile);
  };
}

