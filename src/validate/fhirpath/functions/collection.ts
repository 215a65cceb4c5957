import { FhirPathError } from '../ast.ts';
import type { Arguments, Evaluate, FunctionBuilder } from '../compile.ts';
import { includes } from '../equality.ts';
import { none, systemValue, type Items } from '../item.ts';
import { distinct, single, truth } from '../operators.ts';
import { truthOfItems } from '../truth.ts';

export function argument(args: Arguments, index: number): Evaluate {
  const found = args.evaluate[index];
  if (found === undefined) throw new FhirPathError('an argument is missing');
  return found;
}

/** A function of the input alone. */
export function plain(apply: (input: Items) => Items): FunctionBuilder {
  return () => input => apply(input);
}

function withCollection(apply: (input: Items, other: Items) => Items): FunctionBuilder {
  return args => {
    const other = argument(args, 0);
    // The argument of a set function speaks of the context, not of the input (N1 §Function Invocations).
    return (input, env) => apply(input, other(env.self === undefined ? env.context === undefined ? input : [env.context] : [env.self], env));
  };
}

function withNumber(apply: (input: Items, count: number) => Items): FunctionBuilder {
  return args => {
    const number = argument(args, 0);
    return (input, env) => {
      const value = number(input, env);
      const count = value.length === 0 ? undefined : systemValue(single(value));
      if (typeof count !== 'number') throw new FhirPathError('a number is expected');
      return apply(input, count);
    };
  };
}

function booleans(input: Items): boolean[] {
  return input.map(item => {
    const value = systemValue(item);
    if (typeof value !== 'boolean') throw new FhirPathError('booleans are expected');
    return value;
  });
}

export const collectionFunctions: Readonly<Record<string, FunctionBuilder>> = {
  empty: plain(input => [input.length === 0]),
  not: plain(input => {
    const value = truthOfItems(input);
    return truth(value === undefined ? undefined : !value);
  }),
  count: plain(input => [input.length]),
  first: plain(input => input.slice(0, 1)),
  last: plain(input => input.slice(-1)),
  tail: plain(input => input.slice(1)),
  single: plain(input => input.length === 0 ? none : [single(input)]),
  distinct: plain(distinct),
  isDistinct: plain(input => [distinct(input).length === input.length]),
  allTrue: plain(input => [booleans(input).every(value => value)]),
  anyTrue: plain(input => [booleans(input).some(value => value)]),
  allFalse: plain(input => [booleans(input).every(value => !value)]),
  anyFalse: plain(input => [booleans(input).some(value => !value)]),
  skip: withNumber((input, count) => input.slice(Math.max(0, count))),
  take: withNumber((input, count) => input.slice(0, Math.max(0, count))),
  union: withCollection((input, other) => distinct([...input, ...other])),
  combine: withCollection((input, other) => [...input, ...other]),
  intersect: withCollection((input, other) => distinct(input.filter(item => includes(other, item)))),
  exclude: withCollection((input, other) => input.filter(item => !includes(other, item))),
  subsetOf: withCollection((input, other) => [input.every(item => includes(other, item))]),
  supersetOf: withCollection((input, other) => [other.every(item => includes(input, item))]),
};
