import { FhirPathError, type Ast, type Literal } from './ast.ts';
import type { Env } from './env.ts';
import { functions } from './functions/index.ts';
import { FhirNode, none, Quantity, systemValue, type Item, type Items } from './item.ts';
import { anythingAt, childrenNamed } from './navigate.ts';
import { operators, single } from './operators.ts';
import { parseTemporal } from './temporal.ts';
import { truthOf } from './truth.ts';
import { isOfType } from './types.ts';

export type Evaluate = (input: Items, env: Env) => Items;

/** How a function gets its arguments: compiled already, the trees beside for those that take a type name. */
export interface Arguments { readonly evaluate: readonly Evaluate[]; readonly trees: readonly Ast[] }
export type FunctionBuilder = (args: Arguments) => Evaluate;

/** Tree → closures. Throws FhirPathError for a function that does not exist. */
export function compileAst(ast: Ast): Evaluate {
  switch (ast.kind) {
    case 'literal': return constant(ast.value);
    case 'member': return member(ast.target, ast.name);
    case 'call': return call(ast);
    case 'index':
      if (ast.target.kind === 'member' && ast.target.target === undefined && ast.index.kind === 'literal' && ast.index.value.type === 'integer') return indexedMember(ast.target.name, ast.index.value.value);
      return indexed(compileAst(ast.target), compileAst(ast.index));
    case 'variable': return variable(ast.name);
    case 'focus': return focus(ast.name);
    case 'unary': return negated(compileAst(ast.operand), ast.operator);
    case 'type': return typed(compileAst(ast.operand), ast.operator, ast.type);
    case 'binary': return binary(ast);
  }
}

function constant(literal: Literal): Evaluate {
  const items = literalItems(literal);
  return () => items;
}

function literalItems(literal: Literal): Items {
  switch (literal.type) {
    case 'empty': return none;
    case 'quantity': return [new Quantity(literal.value, literal.unit)];
    case 'temporal': {
      const value = parseTemporal(literal.text);
      if (value === undefined) throw new FhirPathError('not a date');
      return [value];
    }
    default: return [literal.value];
  }
}

function member(target: Ast | undefined, name: string): Evaluate {
  if (target === undefined) {
    const named = /^[A-Z]/.test(name);
    return (input, env) => named && input.some(item => item instanceof FhirNode && item.type?.ancestry.includes(name) === true) ? input : step(input, name, env);
  }
  const before = compileAst(target);
  return (input, env) => step(before(input, env), name, env);
}

function step(input: Items, name: string, env: Env): Items {
  if (input.length === 0) return none;
  const out: Item[] = [];
  for (const item of input) childrenNamed(item, name, env.model, out);
  if ((env.fuel -= out.length + 1) < 0) throw new FhirPathError('the expression takes too long on this resource');
  return out;
}

/** `a.b.c` from the focus, for which existence needs no nodes; undefined for anything else. */
export function plainPath(ast: Ast | undefined): string[] | undefined {
  if (ast === undefined) return [];
  if (ast.kind !== 'member' || /^[A-Z]/.test(ast.name)) return undefined;
  const before = plainPath(ast.target);
  return before === undefined ? undefined : [...before, ast.name];
}

/** exists() on a plain path, or undefined when the general way must be taken. */
export function plainExists(target: Ast | undefined): ((input: Items, env: Env) => boolean) | undefined {
  const names = plainPath(target);
  if (names === undefined || names.length === 0) return undefined;
  return (input, env) => input.some(item => anythingAt(item, names, env.model));
}

function call(ast: Extract<Ast, { kind: 'call' }>): Evaluate {
  const build = functions[ast.name];
  if (build === undefined || !Object.hasOwn(functions, ast.name)) throw new FhirPathError(`unknown function ${ast.name}`);
  if ((ast.name === 'exists' || ast.name === 'empty') && ast.args.length === 0) {
    const exists = plainExists(ast.target);
    const wanted = ast.name === 'exists';
    if (exists !== undefined) return (input, env) => [exists(input, env) === wanted];
  }
  const trees = ast.args;
  const apply = build({ trees, evaluate: trees.map((tree, i) => takesType(ast.name, i) ? () => none : compileAst(tree)) });
  if (ast.target === undefined) return apply;
  const target = compileAst(ast.target);
  return (input, env) => apply(target(input, env), env);
}

function takesType(name: string, index: number): boolean {
  return index === 0 && (name === 'ofType' || name === 'is' || name === 'as');
}

/** `entry[0]` of a Bundle of thousands: only as many children are made as are needed. */
function indexedMember(name: string, index: number): Evaluate {
  return (input, env) => {
    const [only] = input;
    if (only === undefined || input.length > 1 || !(only instanceof FhirNode) || only.type?.ancestry.includes(name) === true) return step(input, name, env).slice(index, index + 1);
    const out: Item[] = [];
    childrenNamed(only, name, env.model, out, index + 1);
    return out.slice(index, index + 1);
  };
}

function indexed(target: Evaluate, index: Evaluate): Evaluate {
  return (input, env) => {
    const at = index(input, env);
    const position = at.length === 0 ? undefined : systemValue(single(at));
    const item = typeof position === 'number' ? target(input, env)[position] : undefined;
    return item === undefined ? none : [item];
  };
}

const codeSystems: Readonly<Record<string, string>> = { sct: 'http://snomed.info/sct', loinc: 'http://loinc.org', ucum: 'http://unitsofmeasure.org' };

function variable(name: string): Evaluate {
  const system = codeSystems[name];
  if (system !== undefined) return () => [system];
  if (name.startsWith('vs-')) return () => [`http://hl7.org/fhir/ValueSet/${name.slice(3)}`];
  if (name.startsWith('ext-')) return () => [`http://hl7.org/fhir/StructureDefinition/${name.slice(4)}`];
  return (_input, env) => {
    const value = name === 'resource' ? env.resource : name === 'rootResource' ? env.rootResource : name === 'context' ? env.context : env.variables?.get(name);
    if (value === undefined && name !== 'resource' && name !== 'rootResource' && name !== 'context') throw new FhirPathError(`unknown variable ${name}`);
    return value === undefined ? none : [value];
  };
}

function focus(name: '$this' | '$index' | '$total'): Evaluate {
  if (name === '$index') return (_input, env) => [env.index];
  if (name === '$total') return (_input, env) => env.total;
  return (input, env) => env.self === undefined ? input : [env.self];
}

function negated(operand: Evaluate, operator: '+' | '-'): Evaluate {
  return (input, env) => {
    const items = operand(input, env);
    if (items.length === 0 || operator === '+') return items;
    const value = systemValue(single(items));
    if (value instanceof Quantity) return [new Quantity(-value.value, value.unit)];
    if (typeof value !== 'number') throw new FhirPathError('only numbers have a sign');
    return [-value];
  };
}

function typed(operand: Evaluate, operator: 'is' | 'as', type: string): Evaluate {
  if (operator === 'as') return (input, env) => operand(input, env).filter(item => isOfType(item, type));
  return (input, env) => {
    const items = operand(input, env);
    return items.length === 0 ? none : [isOfType(single(items), type)];
  };
}

function binary(ast: Extract<Ast, { kind: 'binary' }>): Evaluate {
  const { operator } = ast;
  if (operator === 'and' || operator === 'or' || operator === 'xor' || operator === 'implies') {
    const truth = truthOf(ast);
    return (input, env) => {
      const value = truth(input, env);
      return value === undefined ? none : [value];
    };
  }
  const left = compileAst(ast.left);
  const right = compileAst(ast.right);
  const apply = operators[operator];
  return (input, env) => apply(left(input, env), right(input, env));
}
