import type { Compiler } from '../compile/compiler.ts';
import { step } from '../run/place.ts';
import type { Rule } from '../run/rule.ts';
import type { Run } from '../run/run.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What every rule says of itself: the documentation is made from this. */
export interface Described {
  readonly id: string;
  /** Resource types, or datatypes, it looks at; `*` for all resources. */
  readonly types: readonly string[];
  /** Where the rule comes from: a clause of the specification, or the reference validator. */
  readonly source: string;
  readonly decision: 'adopted' | 'not adopted';
  readonly why: string;
}

/** A rule the reference validator applies outside the definitions, one to a file. */
export interface ResourceRule extends Described {
  readonly check: (resource: Json, run: Run, compiler: Compiler) => void;
}

/** The same for every element of a datatype. */
export interface ElementRule extends Described {
  readonly check: (value: Json, run: Run, compiler: Compiler) => void;
}

/** Reports at a place below the resource: `at(run, ['entry', 2, 'fullUrl'], rule)`. */
export function reportAt(run: Run, path: readonly (string | number)[], rule: Rule, args: readonly string[] = []): void {
  for (const part of path) run.push(typeof part === 'number' ? part : step(part));
  run.report(rule, args);
  for (const _part of path) run.pop();
}

/** The objects of an array property; anything else is left to the structure's own checks. */
export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The same with the index each had. */
export function indexed(value: unknown): readonly (readonly [index: number, item: Json])[] {
  const found: (readonly [number, Json])[] = [];
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) if (isObject(value[i])) found.push([i, value[i] as Json]);
  return found;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value of the first extension with a url, whatever its type. */
export function extensionValue(element: Json, url: string): unknown {
  return extensionValues(element, url)[0];
}

export function extensionValues(element: Json, url: string): unknown[] {
  return objects(element.extension).filter(one => one.url === url).map(one => {
    const key = Object.keys(one).find(name => name.startsWith('value'));
    return key === undefined ? undefined : one[key];
  });
}

/** The one `value[x]` of an element: its type as the property says it, and the value. */
export function choiceValue(element: Json, stem = 'value'): { readonly key: string; readonly type: string; readonly value: unknown } | undefined {
  for (const key in element) {
    if (key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length))) return { key, type: key.slice(stem.length), value: element[key] };
  }
  return undefined;
}
