import type { TypeInfo, TypeModel } from '../registry/type-model.ts';
import { typeName, type Ast, type BinaryOperator } from './ast.ts';
import { someAt } from './direct-path.ts';
import { matcher } from './functions/regex.ts';
import { always, countBy, leave, note, type Ground, type Test } from './ground.ts';

/** As `Truth` of truth.ts, on the JSON of an element: true, false, or undefined for the empty collection. */
export type DirectTruth = (value: unknown, ground: Ground) => boolean | undefined;

const leaveIt: DirectTruth = leave;

/** undefined for what the direct way does not know. What stands to the right of something it does know may be left. */
export function directTruth(ast: Ast, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  if (ast.kind === 'binary') return binary(ast, type, model);
  if (ast.kind === 'call') return call(ast, type, model);
  if (ast.kind === 'literal' && ast.value.type === 'boolean') {
    const { value } = ast.value;
    return () => value;
  }
  if (ast.kind === 'type' && ast.operator === 'is') return isResource(ast.operand, ast.type, type, model);
  if (ast.kind === 'member') return single(ast, type, model, new Set(['boolean']), 'boolean', found => found);
  return undefined;
}

function call(ast: Extract<Ast, { kind: 'call' }>, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  const { name, target, args } = ast;
  const [first] = args;
  if (args.length === 0) {
    if (name === 'exists') return someAt(target, type, model, () => always);
    if (name === 'empty') return not(someAt(target, type, model, () => always));
    if (name === 'not') return target === undefined ? undefined : not(directTruth(target, type, model));
    if (name === 'hasValue') return hasValue(target, type, model);
    return undefined;
  }
  if (first === undefined || args.length > 1) return undefined;
  if (name === 'is') return isResource(target, typeName(first), type, model);
  if (name === 'exists') return someAt({ ...ast, name: 'where' }, type, model, () => always);
  if (name === 'all') return not(someAt(target, type, model, of => {
    const criterion = directTruth(first, of, model);
    return criterion === undefined ? leave : (value, at) => criterion(value, at) !== true;
  }));
  if (first.kind !== 'literal' || first.value.type !== 'string') return undefined;
  const test = textTest(name, first.value.value);
  return test === undefined ? undefined : single(target, type, model, plainText, 'string', test);
}

function not(truth: DirectTruth | undefined): DirectTruth | undefined {
  if (truth === undefined) return undefined;
  return (value, at) => {
    const answer = truth(value, at);
    return answer === undefined ? undefined : !answer;
  };
}

function textTest(name: string, argument: string): ((text: string) => boolean) | undefined {
  if (name === 'startsWith') return text => text.startsWith(argument);
  if (name === 'endsWith') return text => text.endsWith(argument);
  if (name === 'contains') return text => text.includes(argument);
  if (name !== 'matches') return undefined;
  try {
    return matcher(argument, false);
  } catch {
    return undefined; // the general way says so
  }
}

const plainText = new Set(['code', 'string', 'uri', 'url', 'canonical', 'id', 'oid', 'uuid', 'markdown']);
const numbers = new Set(['integer', 'positiveInt', 'unsignedInt', 'decimal']);

interface Written { string: string; boolean: boolean }

/** A question to the only item of a path, written as its type is: undefined when there is none, left when it is otherwise. */
function single<K extends keyof Written>(ast: Ast | undefined, type: TypeInfo, model: TypeModel, types: ReadonlySet<string>, kind: K, test: (found: Written[K]) => boolean): DirectTruth | undefined {
  const walk = noted(ast, type, model, types);
  return walk === undefined ? undefined : (value, at) => {
    const count = countBy(walk, value, at);
    if (count === 0) return undefined;
    return count > 1 || typeof at.found !== kind ? leave(value, at) : test(at.found as Written[K]);
  };
}

function noted(ast: Ast | undefined, type: TypeInfo, model: TypeModel, types: ReadonlySet<string>): Test | undefined {
  return someAt(ast, type, model, of => types.has(of.name) ? note : leave);
}

function hasValue(target: Ast | undefined, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  const walk = someAt(target, type, model, of => of.kind === 'primitive' ? note : leave);
  return walk === undefined ? undefined : (value, at) => countBy(walk, value, at) === 1;
}

/** `entry.first().resource.is(MessageHeader)`: of resources, by the type they name. */
function isResource(operand: Ast | undefined, name: string, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  if (model.type(name)?.kind !== 'resource' || name === 'Resource' || name === 'DomainResource') return undefined;
  const walk = someAt(operand, type, model, of => of.kind === 'resource' ? note : leave);
  return walk === undefined ? undefined : (value, at) => {
    const count = countBy(walk, value, at);
    if (count === 0) return undefined;
    return count > 1 ? leave(value, at) : (at.found as { resourceType?: unknown }).resourceType === name;
  };
}

function binary(ast: Extract<Ast, { kind: 'binary' }>, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  const { operator, left, right } = ast;
  if (operator === '=' || operator === '!=') return equality(left, right, operator === '=', type, model);
  if (operator === 'in') return within(left, right, type, model);
  if (operator === '>' || operator === '<' || operator === '>=' || operator === '<=') return counted(left, right, operator, type, model);
  if (operator !== 'and' && operator !== 'or' && operator !== 'implies') return undefined;
  const a = directTruth(left, type, model);
  if (a === undefined) return undefined;
  const b = directTruth(right, type, model) ?? leaveIt;
  return logical[operator](a, b);
}

const logical: Readonly<Record<'and' | 'or' | 'implies', (a: DirectTruth, b: DirectTruth) => DirectTruth>> = {
  and: (a, b) => (value, at) => {
    const x = a(value, at);
    if (x === false) return false;
    const y = b(value, at);
    return y === false ? false : x === true && y === true ? true : undefined;
  },
  or: (a, b) => (value, at) => {
    const x = a(value, at);
    if (x === true) return true;
    const y = b(value, at);
    return y === true ? true : x === false && y === false ? false : undefined;
  },
  implies: (a, b) => (value, at) => {
    const x = a(value, at);
    if (x === false) return true;
    const y = b(value, at);
    return y === true ? true : x === true ? y : undefined;
  },
};

/** `path = 'text'`, `path = 1`, `path = true`, and two questions with the same answer. */
function equality(left: Ast, right: Ast, equal: boolean, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  if (isQuestion(left) && isQuestion(right)) return alike(once(left, directTruth(left, type, model)), once(right, directTruth(right, type, model)), equal);
  if (right.kind !== 'literal') return undefined;
  const { value: literal } = right;
  const types = literal.type === 'string' ? plainText : literal.type === 'boolean' ? new Set(['boolean']) : literal.type === 'integer' || literal.type === 'decimal' ? numbers : undefined;
  if (types === undefined || !('value' in literal)) return undefined;
  const walk = noted(left, type, model, types);
  if (walk === undefined) return undefined;
  const wanted = literal.value;
  return (value, at) => {
    const count = countBy(walk, value, at);
    if (count === 0) return undefined;
    return (count === 1 && at.found === wanted) === equal; // several are not equal to one
  };
}

const questions = new Set(['exists', 'empty', 'all', 'not', 'hasValue']);
const operators: ReadonlySet<BinaryOperator> = new Set(['and', 'or', 'implies', '=', '!=', 'in']);

/** Is the answer of an expression a boolean by its form? */
function isQuestion(ast: Ast): boolean {
  return (ast.kind === 'call' && questions.has(ast.name)) || (ast.kind === 'binary' && operators.has(ast.operator));
}

/** What speaks of %resource alone has one answer, however many entries an `all` asks it for. */
function once(ast: Ast, truth: DirectTruth | undefined): DirectTruth | undefined {
  if (truth === undefined || !ofResourceAlone(ast)) return truth;
  let turn = -1;
  let answer: boolean | undefined;
  return (value, at) => {
    if (turn === at.turn) return answer;
    answer = truth(value, at);
    turn = at.turn;
    return answer;
  };
}

function ofResourceAlone(ast: Ast): boolean {
  switch (ast.kind) {
    case 'literal': return true;
    case 'variable': return ast.name === 'resource';
    case 'member': case 'call': return ast.target !== undefined && ofResourceAlone(ast.target);
    case 'binary': return ofResourceAlone(ast.left) && ofResourceAlone(ast.right);
    default: return false;
  }
}

function alike(a: DirectTruth | undefined, b: DirectTruth | undefined, equal: boolean): DirectTruth | undefined {
  if (a === undefined || b === undefined) return undefined;
  return (value, at) => {
    const x = a(value, at);
    const y = b(value, at);
    return x === undefined || y === undefined ? undefined : (x === y) === equal;
  };
}

/** `a in b`, both texts. */
function within(left: Ast, right: Ast, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  const one = noted(left, type, model, plainText);
  const among = someAt(right, type, model, of => plainText.has(of.name) ? (value, at) => value === at.wanted : leave);
  if (one === undefined || among === undefined) return undefined;
  return (value, at) => {
    const count = countBy(one, value, at);
    if (count === 0) return undefined;
    if (count > 1 || typeof at.found !== 'string') return leave(value, at);
    const { wanted } = at;
    at.wanted = at.found;
    const found = among(value, at);
    at.wanted = wanted;
    return found;
  };
}

/** `path.count() > 1`: the only order the direct way knows, for small numbers. */
function counted(left: Ast, right: Ast, operator: '>' | '<' | '>=' | '<=', type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  if (left.kind !== 'call' || left.name !== 'count' || left.target === undefined || right.kind !== 'literal' || right.value.type !== 'integer') return undefined;
  const limit = right.value.value + (operator === '>' || operator === '<=' ? 1 : 0);
  const walk = someAt(left.target, type, model, () => (_value, at) => ++at.count >= limit);
  if (walk === undefined) return undefined;
  const more = operator === '>' || operator === '>=';
  return (value, at) => (countBy(walk, value, at) >= limit) === more;
}
