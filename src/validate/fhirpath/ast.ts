/** FHIRPath N1 (hl7.org/fhirpath/N1) as a tree. `target` undefined means the implicit focus. */
export type Ast =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'member'; readonly target: Ast | undefined; readonly name: string }
  | { readonly kind: 'call'; readonly target: Ast | undefined; readonly name: string; readonly args: readonly Ast[] }
  | { readonly kind: 'index'; readonly target: Ast; readonly index: Ast }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'focus'; readonly name: '$this' | '$index' | '$total' }
  | { readonly kind: 'unary'; readonly operator: '+' | '-'; readonly operand: Ast }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'type'; readonly operator: 'is' | 'as'; readonly operand: Ast; readonly type: string };

export type BinaryOperator =
  | '*' | '/' | 'div' | 'mod' | '+' | '-' | '&' | '|' | '<' | '<=' | '>' | '>=' | '=' | '~' | '!=' | '!~'
  | 'in' | 'contains' | 'and' | 'or' | 'xor' | 'implies';

export type Literal =
  | { readonly type: 'empty' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'integer' | 'decimal'; readonly value: number }
  | { readonly type: 'temporal'; readonly text: string }
  | { readonly type: 'quantity'; readonly value: number; readonly unit: string };

/** A text that is no FHIRPath, a function that does not exist, or a singleton that is not one. Never leaves the validator. */
export class FhirPathError extends Error {}

/** The type an argument names: `Patient`, `System.String`, `'Patient'`. Throws FhirPathError. */
export function typeName(tree: Ast | undefined): string {
  if (tree?.kind === 'member') return tree.target === undefined ? tree.name : `${typeName(tree.target)}.${tree.name}`;
  if (tree?.kind === 'literal' && tree.value.type === 'string') return tree.value.value;
  throw new FhirPathError('a type name is expected');
}
