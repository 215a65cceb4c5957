import { FhirPathError, typeName } from '../ast.ts';
import type { Arguments, Evaluate, FunctionBuilder } from '../compile.ts';
import { forEachItem } from '../each.ts';
import { includes } from '../equality.ts';
import { none, type Item } from '../item.ts';
import { single, truth } from '../operators.ts';
import { truthOf, truthOfItems, type Truth } from '../truth.ts';
import { isOfType } from '../types.ts';
import { argument } from './collection.ts';

function criterion(args: Arguments): Truth {
  const [tree] = args.trees;
  if (tree === undefined) throw new FhirPathError('a criterion is missing');
  return truthOf(tree);
}

function exists(args: Arguments): Evaluate {
  if (args.trees.length === 0) return input => [input.length > 0];
  const test = criterion(args);
  return (input, env) => {
    let found = false;
    forEachItem(input, env, (_item, focus) => !(found = test(focus, env) === true));
    return [found];
  };
}

function all(args: Arguments): Evaluate {
  const test = criterion(args);
  return (input, env) => {
    let every = true;
    forEachItem(input, env, (_item, focus) => (every = test(focus, env) === true));
    return [every];
  };
}

function where(args: Arguments): Evaluate {
  const test = criterion(args);
  return (input, env) => {
    if (input.length === 0) return none;
    const kept: Item[] = [];
    forEachItem(input, env, (item, focus) => {
      if (test(focus, env) === true) kept.push(item);
      return true;
    });
    return kept;
  };
}

function select(args: Arguments): Evaluate {
  const projection = argument(args, 0);
  return (input, env) => {
    const out: Item[] = [];
    forEachItem(input, env, (_item, focus) => {
      out.push(...projection(focus, env));
      return true;
    });
    return out;
  };
}

function repeat(args: Arguments): Evaluate {
  const projection = argument(args, 0);
  return (input, env) => {
    const out: Item[] = [];
    let queue = input;
    while (queue.length > 0) {
      const next: Item[] = [];
      forEachItem(queue, env, (_item, focus) => {
        for (const found of projection(focus, env)) {
          if (includes(out, found)) continue;
          out.push(found);
          next.push(found);
        }
        return true;
      });
      queue = next;
    }
    return out;
  };
}

function aggregate(args: Arguments): Evaluate {
  const step = argument(args, 0);
  const start = args.evaluate[1];
  return (input, env) => {
    const { total } = env;
    env.total = start === undefined ? none : start(input, env);
    forEachItem(input, env, (_item, focus) => {
      env.total = step(focus, env);
      return true;
    });
    const result = env.total;
    env.total = total;
    return result;
  };
}

function iif(args: Arguments): Evaluate {
  const test = argument(args, 0);
  const then = argument(args, 1);
  const otherwise = args.evaluate[2];
  return (input, env) => truthOfItems(test(input, env)) === true ? then(input, env) : otherwise === undefined ? none : otherwise(input, env);
}

function ofType(args: Arguments): Evaluate {
  const type = typeName(args.trees[0]);
  return input => input.filter(item => isOfType(item, type));
}

function is(args: Arguments): Evaluate {
  const type = typeName(args.trees[0]);
  return input => input.length === 0 ? none : truth(isOfType(single(input), type));
}

export const filterFunctions: Readonly<Record<string, FunctionBuilder>> = {
  exists, all, where, select, repeat, aggregate, iif, ofType, as: ofType, is,
};
