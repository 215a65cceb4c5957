import { FhirPathError, type Ast } from './ast.ts';
import { compileAst, plainExists } from './compile.ts';
import type { Env } from './env.ts';
import { forEachItem } from './each.ts';
import { FhirNode, systemValue, type Items } from './item.ts';
import { existsWhere, textComparison } from './shortcuts.ts';

/** An expression asked for its truth: true, false, or undefined for the empty collection. Makes no collections where it can. */
export type Truth = (input: Items, env: Env) => boolean | undefined;

export function truthOf(ast: Ast): Truth {
  if (ast.kind === 'binary') {
    const { operator } = ast;
    if (operator === 'and') return and(truthOf(ast.left), truthOf(ast.right));
    if (operator === 'or') return or(truthOf(ast.left), truthOf(ast.right));
    if (operator === 'implies') return implies(truthOf(ast.left), truthOf(ast.right));
    if (operator === 'xor') return xor(truthOf(ast.left), truthOf(ast.right));
  }
  if (ast.kind === 'call' && ast.args.length === 0) {
    if (ast.name === 'not' && ast.target !== undefined) return not(truthOf(ast.target));
    if (ast.name === 'exists' || ast.name === 'empty') {
      const exists = plainExists(ast.target);
      if (exists !== undefined) return ast.name === 'exists' ? exists : (input, env) => !exists(input, env);
      const filtered = existsWhere(ast.target);
      if (filtered !== undefined) return any(filtered.source, filtered.criterion, ast.name === 'exists');
    }
  }
  const evaluate = compileAst(ast);
  const general: Truth = (input, env) => truthOfItems(evaluate(input, env));
  return textComparison(ast, general) ?? general;
}

function any(source: Ast | undefined, criterion: Ast, wanted: boolean): Truth {
  const items = source === undefined ? (input: Items): Items => input : compileAst(source);
  const test = truthOf(criterion);
  return (input, env) => {
    let found = false;
    forEachItem(items(input, env), env, (_item, focus) => !(found = test(focus, env) === true));
    return found === wanted;
  };
}

/** N1 §Singleton Evaluation of Collections: a boolean is itself, any other single item is true. */
export function truthOfItems(items: Items): boolean | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  if (items.length > 1) throw new FhirPathError('a single value is expected');
  if (typeof first === 'boolean') return first;
  if (first instanceof FhirNode) {
    const value = systemValue(first);
    return typeof value === 'boolean' ? value : true;
  }
  return true;
}

function and(left: Truth, right: Truth): Truth {
  return (input, env) => {
    const a = left(input, env);
    if (a === false) return false;
    const b = right(input, env);
    return b === false ? false : a === true && b === true ? true : undefined;
  };
}

function or(left: Truth, right: Truth): Truth {
  return (input, env) => {
    const a = left(input, env);
    if (a === true) return true;
    const b = right(input, env);
    return b === true ? true : a === false && b === false ? false : undefined;
  };
}

function implies(left: Truth, right: Truth): Truth {
  return (input, env) => {
    const a = left(input, env);
    if (a === false) return true;
    const b = right(input, env);
    return b === true ? true : a === true ? b : undefined;
  };
}

function xor(left: Truth, right: Truth): Truth {
  return (input, env) => {
    const a = left(input, env);
    const b = right(input, env);
    return a === undefined || b === undefined ? undefined : a !== b;
  };
}

function not(operand: Truth): Truth {
  return (input, env) => {
    const value = operand(input, env);
    return value === undefined ? undefined : !value;
  };
}
