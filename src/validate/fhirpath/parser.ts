import { FhirPathError, type Ast, type BinaryOperator } from './ast.ts';
import { tokens, type Token } from './lexer.ts';

/** Binding strength of the infix operators, N1 grammar: the higher binds tighter. */
const strength: Readonly<Record<string, number>> = {
  implies: 1, or: 2, xor: 2, and: 3, in: 4, contains: 4, '=': 5, '~': 5, '!=': 5, '!~': 5,
  '<': 6, '<=': 6, '>': 6, '>=': 6, '|': 7, is: 8, as: 8, '+': 9, '-': 9, '&': 9, '*': 10, '/': 10, div: 10, mod: 10,
};

const units = new Set(['year', 'years', 'month', 'months', 'week', 'weeks', 'day', 'days', 'hour', 'hours', 'minute', 'minutes', 'second', 'seconds', 'millisecond', 'milliseconds']);
const maxDepth = 200;

/** FHIRPath text → tree. Throws FhirPathError on anything that is not a whole expression. */
export function parseFhirPath(text: string): Ast {
  if (typeof (text as unknown) !== 'string') throw new FhirPathError('an expression is a text');
  const parser = new Parser(tokens(text));
  const ast = parser.expression(0);
  parser.expect('end', '');
  return ast;
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(list: readonly Token[]) {
    this.#tokens = list;
  }

  expression(minimum: number): Ast {
    if (++this.#depth > maxDepth) throw new FhirPathError('expression nested too deeply');
    let left = this.#prefix();
    for (;;) {
      const operator = this.#peek();
      const bound = operator.kind === 'word' || operator.kind === 'symbol' ? strength[operator.text] : undefined;
      if (bound === undefined || bound <= minimum) break;
      this.#position += 1;
      left = operator.text === 'is' || operator.text === 'as'
        ? { kind: 'type', operator: operator.text, operand: left, type: this.#typeName() }
        : { kind: 'binary', operator: operator.text as BinaryOperator, left, right: this.expression(bound) };
    }
    this.#depth -= 1;
    return left;
  }

  expect(kind: Token['kind'], text: string): Token {
    const token = this.#peek();
    if (token.kind !== kind || (text !== '' && token.text !== text)) throw new FhirPathError(`${text === '' ? kind : text} expected`);
    this.#position += 1;
    return token;
  }

  #prefix(): Ast {
    const token = this.#peek();
    if (token.kind === 'symbol' && (token.text === '+' || token.text === '-')) {
      this.#position += 1;
      return { kind: 'unary', operator: token.text, operand: this.expression(10) };
    }
    let term = this.#term();
    for (;;) {
      if (this.#take('.')) term = this.#invocation(term);
      else if (this.#take('[')) {
        term = { kind: 'index', target: term, index: this.expression(0) };
        this.expect('symbol', ']');
      } else return term;
    }
  }

  #term(): Ast {
    const token = this.#peek();
    switch (token.kind) {
      case 'string': return this.#literal({ kind: 'literal', value: { type: 'string', value: token.text } });
      case 'temporal': return this.#literal({ kind: 'literal', value: { type: 'temporal', text: token.text } });
      case 'number': return this.#number(token.text);
      case 'variable': return this.#literal({ kind: 'variable', name: token.text });
      case 'focus': return this.#literal({ kind: 'focus', name: token.text as '$this' });
      case 'word':
      case 'quoted':
        if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) return this.#literal({ kind: 'literal', value: { type: 'boolean', value: token.text === 'true' } });
        return this.#invocation(undefined);
      case 'symbol': return this.#bracketed(token.text);
      case 'end': throw new FhirPathError('expression ends too early');
    }
  }

  #bracketed(text: string): Ast {
    this.#position += 1;
    if (text === '{') {
      this.expect('symbol', '}');
      return { kind: 'literal', value: { type: 'empty' } };
    }
    if (text !== '(') throw new FhirPathError(`unexpected ${text}`);
    const inner = this.expression(0);
    this.expect('symbol', ')');
    return inner;
  }

  #literal(ast: Ast): Ast {
    this.#position += 1;
    return ast;
  }

  #number(text: string): Ast {
    this.#position += 1;
    const unit = this.#peek();
    if (unit.kind === 'string' || (unit.kind === 'word' && units.has(unit.text))) {
      this.#position += 1;
      return { kind: 'literal', value: { type: 'quantity', value: Number(text), unit: unit.text } };
    }
    return { kind: 'literal', value: { type: text.includes('.') ? 'decimal' : 'integer', value: Number(text) } };
  }

  #invocation(target: Ast | undefined): Ast {
    const token = this.#peek();
    if (token.kind === 'focus') return this.#literal({ kind: 'focus', name: token.text as '$this' });
    if (token.kind !== 'word' && token.kind !== 'quoted') throw new FhirPathError('a name is expected');
    this.#position += 1;
    if (!this.#take('(')) return { kind: 'member', target, name: token.text };
    const args: Ast[] = [];
    if (!this.#take(')')) {
      do args.push(this.expression(0)); while (this.#take(','));
      this.expect('symbol', ')');
    }
    return { kind: 'call', target, name: token.text, args };
  }

  #typeName(): string {
    let name = this.#name();
    while (this.#take('.')) name = `${name}.${this.#name()}`;
    return name;
  }

  #name(): string {
    const token = this.#peek();
    if (token.kind !== 'word' && token.kind !== 'quoted') throw new FhirPathError('a type name is expected');
    this.#position += 1;
    return token.text;
  }

  #take(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== text) return false;
    this.#position += 1;
    return true;
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '' };
  }
}
