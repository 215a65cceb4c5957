import { FhirPathError } from '../ast.ts';
import type { FunctionBuilder } from '../compile.ts';
import type { Env } from '../env.ts';
import { FhirNode, none, systemValue, textOf, type Item, type Items } from '../item.ts';
import { allChildren, childrenNamed } from '../navigate.ts';
import { single, truth } from '../operators.ts';
import { parseTemporal } from '../temporal.ts';
import { argument, plain } from './collection.ts';

function children(input: Items, env: Env): Items {
  const out: Item[] = [];
  for (const item of input) allChildren(item, env.model, out);
  if ((env.fuel -= out.length + 1) < 0) throw new FhirPathError('the expression takes too long on this resource');
  return out;
}

function descendants(input: Items, env: Env): Items {
  const out: Item[] = [];
  let level = children(input, env);
  while (level.length > 0) {
    for (const item of level) out.push(item);
    level = children(level, env);
  }
  return out;
}

function hasValue(input: Items): Items {
  const [first] = input;
  if (first === undefined || input.length > 1) return [false];
  return [!(first instanceof FhirNode) || (first.type?.kind === 'primitive' && first.value !== undefined && first.value !== null)];
}

function resolve(input: Items, env: Env): Items {
  return input.flatMap(item => {
    const reference = textOf(item) ?? (item instanceof FhirNode ? (item.value as { reference?: unknown } | null)?.reference : undefined);
    const target = typeof reference === 'string' ? env.resolve(reference, item instanceof FhirNode ? item.owner : undefined) : undefined;
    return target ?? [];
  });
}

/** A function of each single item and one string argument whose answer may be unknown. */
function asked(question: (env: Env, item: Item, argument: string) => boolean | undefined): FunctionBuilder {
  return args => {
    const evaluate = argument(args, 0);
    return (input, env) => {
      if (input.length === 0) return none;
      const value = textOf(single(evaluate(input, env)));
      return value === undefined ? none : truth(question(env, single(input), value));
    };
  };
}

function now(length?: number): FunctionBuilder {
  return () => (_input, env) => {
    const value = env.now === undefined ? undefined : parseTemporal(length === undefined ? env.now : env.now.slice(0, length));
    return value === undefined ? none : [value];
  };
}

export const fhirFunctions: Readonly<Record<string, FunctionBuilder>> = {
  children: () => children,
  descendants: () => descendants,
  hasValue: plain(hasValue),
  getValue: plain(input => {
    const value = input.length === 1 ? systemValue(single(input)) : undefined;
    return value === undefined ? none : [value];
  }),
  /** Prints nothing: what is traced is patient data. */
  trace: plain(input => input),
  resolve: () => resolve,
  extension: args => {
    const url = argument(args, 0);
    return (input, env) => {
      const wanted = url(input, env);
      const value = wanted.length === 0 ? undefined : textOf(single(wanted));
      const out: Item[] = [];
      for (const item of input) childrenNamed(item, 'extension', env.model, out);
      return out.filter(item => item instanceof FhirNode && (item.value as { url?: unknown } | null)?.url === value);
    };
  },
  memberOf: asked((env, item, valueSet) => env.memberOf(item, valueSet)),
  conformsTo: asked((env, item, profile) => env.conformsTo(item, profile)),
  htmlChecks: () => (input, env) => [input.every(item => env.htmlChecks(item, 'form'))],
  htmlChecks2: () => (input, env) => [input.every(item => env.htmlChecks(item, 'content'))],
  now: now(), today: now(10),
};
