import { FhirPathError } from './ast.ts';
import type { Env } from './env.ts';
import type { Item, Items } from './item.ts';

/** Calls with `$this` and `$index` bound to each item, and puts back what they were. */
export function forEachItem(input: Items, env: Env, visit: (item: Item, focus: Items) => boolean): void {
  const { self, index } = env;
  let position = 0;
  for (const item of input) {
    if (--env.fuel < 0) throw new FhirPathError('the expression takes too long on this resource');
    env.self = item;
    env.index = position++;
    if (!visit(item, [item])) break;
  }
  env.self = self;
  env.index = index;
}
