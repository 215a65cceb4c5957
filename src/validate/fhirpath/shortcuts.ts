import type { Ast } from './ast.ts';
import type { Env } from './env.ts';
import { FhirNode, type Items } from './item.ts';
import type { Truth } from './truth.ts';

/**
 * `name = 'text'` on an element, the commonest test of a criterion: read straight from the JSON when the child is a
 * single primitive that is no date; undefined when the general way must be taken.
 */
export function textComparison(ast: Ast, general: Truth): Truth | undefined {
  if (ast.kind !== 'binary' || (ast.operator !== '=' && ast.operator !== '!=')) return undefined;
  const { left, right, operator } = ast;
  if (left.kind !== 'member' || left.target !== undefined || /^[A-Z]/.test(left.name)) return undefined;
  if (right.kind !== 'literal' || right.value.type !== 'string') return undefined;
  const { name } = left;
  const wanted = right.value.value;
  const equal = operator === '=';
  return (input: Items, env: Env) => {
    const [item] = input;
    if (input.length !== 1 || !(item instanceof FhirNode) || item.type === undefined || item.type.kind === 'primitive') return general(input, env);
    const child = item.type.children.get(name);
    const variant = child?.variants[0];
    if (child === undefined || variant === undefined || child.array || child.variants.length > 1 || !plainText.has(variant.code)) return general(input, env);
    const value = (item.value as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (typeof value === 'string') return (value === wanted) === equal;
    return general(input, env);
  };
}

const plainText = new Set(['code', 'string', 'uri', 'url', 'canonical', 'id', 'oid', 'uuid', 'markdown']);

/** `source.where(criterion)` under exists(): the source and the criterion; the list between them need not be made. */
export function existsWhere(target: Ast | undefined): { readonly source: Ast | undefined; readonly criterion: Ast } | undefined {
  if (target?.kind !== 'call' || target.name !== 'where') return undefined;
  const [criterion] = target.args;
  return criterion === undefined || target.args.length > 1 ? undefined : { source: target.target, criterion };
}
