import type { Run } from '../run/run.ts';

/** A compiled check of one value. `sibling` is the `_name` object beside a primitive. */
export type Check = (value: unknown, run: Run, sibling?: unknown) => void;

/**
 * Is a value that stands alone (no `_name` beside it) surely without remark? A check's short-cut: no answer but true
 * means anything. Most values of most messages are plain strings that are as they should be.
 */
export type Accepts = (value: unknown) => boolean;

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const passes: Check = () => undefined;

/** Several checks as one, without a loop for the usual few. */
export function allOf(checks: readonly Check[]): Check {
  const [a, b, c, ...others] = checks.filter(check => check !== passes);
  if (a === undefined) return passes;
  if (b === undefined) return a;
  if (c === undefined) {
    return (value, run, sibling) => {
      a(value, run, sibling);
      b(value, run, sibling);
    };
  }
  const rest = allOf(others);
  return (value, run, sibling) => {
    a(value, run, sibling);
    b(value, run, sibling);
    c(value, run, sibling);
    if (rest !== passes) rest(value, run, sibling);
  };
}

/** A check made when it is first needed: types refer to themselves. */
export function lazily(make: () => Check): Check {
  let made: Check | undefined;
  return (value, run, sibling) => {
    made ??= make();
    made(value, run, sibling);
  };
}
