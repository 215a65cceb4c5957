import type { TypeInfo, Variant } from '../registry/type-model.ts';
import type { Ast } from './ast.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The child without which an invariant holds whatever else there is: `contained.where(…).empty()` asks nothing of a
 * resource that contains nothing. Most invariants of most elements speak of what is not there.
 */
export function heldWithout(ast: Ast, type: TypeInfo): Variant | undefined {
  if (ast.kind === 'call') {
    if (ast.name === 'empty' || ast.name === 'all') return ast.target === undefined ? undefined : startOf(ast.target, type);
    return ast.name === 'not' && ast.target !== undefined ? failedWithout(ast.target, type) : undefined;
  }
  if (ast.kind !== 'binary') return undefined;
  const { operator, left, right } = ast;
  if (operator === 'or') return heldWithout(left, type) ?? heldWithout(right, type);
  if (operator === 'implies') return failedWithout(left, type) ?? heldWithout(right, type);
  if (operator !== 'and') return undefined;
  const child = heldWithout(left, type);
  return child !== undefined && child === heldWithout(right, type) ? child : undefined;
}

function failedWithout(ast: Ast, type: TypeInfo): Variant | undefined {
  if (ast.kind === 'call') {
    if (ast.name === 'exists') return ast.target === undefined ? undefined : startOf(ast.target, type);
    return ast.name === 'not' && ast.target !== undefined ? heldWithout(ast.target, type) : undefined;
  }
  return ast.kind === 'binary' && ast.operator === 'and' ? failedWithout(ast.left, type) ?? failedWithout(ast.right, type) : undefined;
}

/** The child whose presence alone makes an invariant hold: `coding.exists() or text.exists()` of one that has a coding. */
export function heldWith(ast: Ast, type: TypeInfo): Variant | undefined {
  if (ast.kind === 'call') return ast.name === 'exists' && ast.args.length === 0 && ast.target?.kind === 'member' && ast.target.target === undefined ? childOf(ast.target.name, type) : undefined;
  if (ast.kind !== 'binary') return undefined;
  if (ast.operator === 'or') return heldWith(ast.left, type) ?? heldWith(ast.right, type);
  return ast.operator === 'implies' ? heldWith(ast.right, type) : undefined;
}

/** Functions that make nothing of nothing. */
const narrowing = new Set(['where', 'select', 'first', 'last', 'tail', 'skip', 'take', 'ofType', 'as', 'extension']);

/** The child a path begins with, when without it the path leads to nothing. */
function startOf(ast: Ast, type: TypeInfo): Variant | undefined {
  switch (ast.kind) {
    case 'member': return ast.target === undefined ? childOf(ast.name, type) : startOf(ast.target, type);
    case 'call': return narrowing.has(ast.name) && ast.target !== undefined ? startOf(ast.target, type) : undefined;
    case 'index': return startOf(ast.target, type);
    case 'type': return ast.operator === 'as' ? startOf(ast.operand, type) : undefined;
    default: return undefined;
  }
}

/** Written under one name only. */
function childOf(name: string, type: TypeInfo): Variant | undefined {
  const [only, ...others] = type.children.get(name)?.variants ?? [];
  return others.length === 0 ? only : undefined;
}

export function isAbsent(holder: Json, { key, sibling }: Variant): boolean {
  return holder[key] === undefined && holder[sibling] === undefined;
}

/** Surely there: what is null, an empty array or a lone `_name` is left to the expression. */
export function isPresent(holder: Json, { key }: Variant): boolean {
  const held = holder[key];
  if (!Array.isArray(held)) return held !== undefined && held !== null;
  const first: unknown = held[0];
  return first !== undefined && first !== null;
}
