import type { Build } from '../../../src/validate/compile/build.ts';
import type { ElementPlan } from '../../../src/validate/compile/plan.ts';
import type { Chain } from './instance.ts';

/** An element of a profile, or a slice of one, with the way down to it. `of` is the element a slice slices. */
export interface Site { readonly plan: ElementPlan; readonly chain: Chain; readonly of: ElementPlan | undefined; readonly parent: Chain }

/** Every element and slice of a profile, its root first; not below one that the profile forbids. */
export function* sitesOf(build: Build): Generator<Site> {
  yield { plan: build.root, chain: [], of: undefined, parent: [] };
  yield* under(build.root.children ?? [], []);
}

function* under(children: readonly ElementPlan[], parent: Chain): Generator<Site> {
  for (const child of children) {
    const chain = [...parent, child];
    yield { plan: child, chain, of: undefined, parent };
    if (child.max === 0) continue;
    yield* under(child.children ?? [], chain);
    yield* slices(child, chain, parent);
  }
}

function* slices(of: ElementPlan, before: Chain, parent: Chain): Generator<Site> {
  for (const slice of of.slices) {
    const chain = [...before, slice];
    yield { plan: slice, chain, of, parent };
    if (slice.max === 0) continue;
    yield* under(slice.children ?? [], chain);
    yield* slices(slice, chain, parent);
  }
}
