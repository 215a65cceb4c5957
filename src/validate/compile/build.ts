import type { Structure } from '../registry/structures.ts';
import type { Compiler } from './compiler.ts';
import type { ElementPlan } from './plan.ts';

/** The profile a check is being made for: where messages say it comes from, where names are looked up. */
export interface Build {
  readonly compiler: Compiler;
  readonly structure: Structure;
  readonly root: ElementPlan;
}

/** The plan at a path of the same profile, slices aside: what a contentReference points to. */
export function planAt(build: Build, path: string): ElementPlan | undefined {
  let plan: ElementPlan | undefined = build.root;
  for (const name of path.split('.').slice(1)) plan = plan?.children?.find(child => child.name === name || `${child.name}[x]` === name);
  return plan;
}
