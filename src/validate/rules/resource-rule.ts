import type { Compiler } from '../compile/compiler.ts';
import type { Run } from '../run/run.ts';

/**
 * A rule the reference validator applies outside the definitions, one to a file. The documentation lists them from
 * this: what, where from, and whether the product adopts it.
 */
export interface ResourceRule {
  readonly id: string;
  /** Resource types it looks at; `*` for all. */
  readonly types: readonly string[];
  readonly source: string;
  readonly decision: 'adopted' | 'not adopted';
  readonly why: string;
  readonly check: (resource: Readonly<Record<string, unknown>>, run: Run, compiler: Compiler) => void;
}
