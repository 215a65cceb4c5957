import type { Ast } from './ast.ts';
import { compileAst, type Evaluate } from './compile.ts';
import { parseFhirPath } from './parser.ts';
import { truthOf, type Truth } from './truth.ts';

/** An expression ready to run, parsed and compiled once. Both throw FhirPathError when they are made or run. */
export interface Expression { readonly items: Evaluate; readonly truth: Truth }

/** Text → closures. Throws FhirPathError on a text that is no FHIRPath. */
export function compileExpression(text: string): Expression {
  const ast: Ast = parseFhirPath(text);
  return { items: compileAst(ast), truth: truthOf(ast) };
}
