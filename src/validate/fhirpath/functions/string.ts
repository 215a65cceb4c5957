import { FhirPathError } from '../ast.ts';
import type { Arguments, Evaluate, FunctionBuilder } from '../compile.ts';
import type { Env } from '../env.ts';
import { none, systemValue, written, type Items } from '../item.ts';
import { single } from '../operators.ts';
import { argument } from './collection.ts';
import { matcher } from './regex.ts';

/** The string of a collection; undefined when empty. Dates are taken as they are written. */
function text(items: Items): string | undefined {
  if (items.length === 0) return undefined;
  const value = systemValue(single(items));
  if (value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') throw new FhirPathError('a string is expected');
  return written(value);
}

function number(items: Items): number | undefined {
  if (items.length === 0) return undefined;
  const value = systemValue(single(items));
  return typeof value === 'number' ? value : undefined;
}

type StringFunction = (input: string, args: readonly (string | undefined)[]) => Items;

/** A function from a string and string arguments; empty when the input or an argument is. */
function ofStrings(count: number, apply: StringFunction): FunctionBuilder {
  return args => {
    const evaluate = Array.from({ length: count }, (_, i) => argument(args, i));
    return (input, env) => {
      const subject = text(input);
      if (subject === undefined) return none;
      const values = evaluate.map(one => text(one(focus(input, env), env)));
      return values.includes(undefined) ? none : apply(subject, values);
    };
  };
}

/** Arguments speak of `$this` where there is one. */
function focus(input: Items, env: Env): Items {
  return env.self === undefined ? env.context === undefined ? input : [env.context] : [env.self];
}

function substring(args: Arguments): Evaluate {
  const start = argument(args, 0);
  const length = args.evaluate[1];
  return (input, env) => {
    const subject = text(input);
    const from = number(start(focus(input, env), env));
    if (subject === undefined || from === undefined || from < 0 || from >= subject.length) return none;
    const count = length === undefined ? undefined : number(length(focus(input, env), env));
    return [subject.slice(from, count === undefined ? undefined : from + Math.max(0, count))];
  };
}

function join(args: Arguments): Evaluate {
  const separator = args.evaluate[0];
  return (input, env) => {
    const between = separator === undefined ? '' : text(separator(focus(input, env), env)) ?? '';
    return [input.flatMap(item => text([item]) ?? []).join(between)];
  };
}

export const stringFunctions: Readonly<Record<string, FunctionBuilder>> = {
  startsWith: ofStrings(1, (value, [start = '']) => [value.startsWith(start)]),
  endsWith: ofStrings(1, (value, [end = '']) => [value.endsWith(end)]),
  contains: ofStrings(1, (value, [part = '']) => [value.includes(part)]),
  indexOf: ofStrings(1, (value, [part = '']) => [value.indexOf(part)]),
  lastIndexOf: ofStrings(1, (value, [part = '']) => [value.lastIndexOf(part)]),
  matches: ofStrings(1, (value, [pattern = '']) => [matcher(pattern, false)(value)]),
  matchesFull: ofStrings(1, (value, [pattern = '']) => [matcher(pattern, true)(value)]),
  replace: ofStrings(2, (value, [pattern = '', by = '']) => [value.replaceAll(pattern, () => by)]),
  replaceMatches: ofStrings(2, (value, [pattern = '', by = '']) => [value.replace(new RegExp(pattern, 'gsu'), by)]),
  split: ofStrings(1, (value, [by = '']) => value.split(by)),
  upper: ofStrings(0, value => [value.toUpperCase()]),
  lower: ofStrings(0, value => [value.toLowerCase()]),
  trim: ofStrings(0, value => [value.trim()]),
  length: ofStrings(0, value => [value.length]),
  toChars: ofStrings(0, value => Array.from(value)),
  substring, join,
};
