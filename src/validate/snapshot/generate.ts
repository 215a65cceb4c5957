import type { ElementDefinition, StructureDefinition } from '../registry/definition.ts';
import { copyNode, elementNode, type ElementNode } from './element-tree.ts';
import { locate, type Places } from './locate.ts';
import { mergeInto } from './merge.ts';
import { writePaths } from './paths.ts';

/** What stopped a snapshot from being made, or a differential element from finding its place. */
export interface SnapshotProblem {
  readonly kind: 'no-base' | 'no-differential' | 'circular-base' | 'no-such-element';
  /** Path of the differential element, or the canonical that is missing. */
  readonly element: string;
  readonly index?: number;
}

export interface SnapshotLookup {
  byCanonical(canonical: string): ElementNode | undefined;
  byType(code: string): ElementNode | undefined;
}

export interface GeneratedSnapshot { readonly tree: ElementNode | undefined; readonly problems: readonly SnapshotProblem[] }

/**
 * Differential over base → snapshot tree (profiling.html#snapshot). Each differential element is placed in a copy of
 * the base, unfolding datatypes, profiles and content references on the way and making slices as they are named, then
 * merged into what stands there. An element that finds no place is a problem; the rest is still done.
 */
export function generateSnapshot(definition: StructureDefinition, lookup: SnapshotLookup): GeneratedSnapshot {
  const base = definition.baseDefinition;
  const differential = usableElements(definition.differential?.element);
  const start = base === undefined ? rootOnly(differential[0]) : lookup.byCanonical(base);
  if (start === undefined) {
    return { tree: undefined, problems: [base === undefined ? { kind: 'no-differential', element: definition.url } : { kind: 'no-base', element: base }] };
  }
  const root = copyNode(start, undefined);
  const specializes = definition.derivation === 'specialization' || definition.kind === 'logical';
  if (specializes) rename(root, definition.type);
  const places: Places = { root, latest: new Map(), lookup, extend: specializes };
  const problems: SnapshotProblem[] = [];
  differential.forEach((element, index) => {
    const node = locate(places, element);
    if (node === undefined) problems.push({ kind: 'no-such-element', element: element.id ?? element.path, index });
    else mergeInto(node, element);
  });
  writePaths(root);
  return { tree: root, problems };
}

/** Definitions come from anywhere: what is not an element with a path is left out. */
export function usableElements(list: unknown): readonly ElementDefinition[] {
  return Array.isArray(list) ? list.filter((one): one is ElementDefinition => typeof (one as { path?: unknown } | null)?.path === 'string') : [];
}

function rootOnly(first: ElementDefinition | undefined): ElementNode | undefined {
  return first === undefined ? undefined : elementNode(first, first.path);
}

function rename(root: ElementNode, type: string): void {
  const name = type.slice(type.lastIndexOf('/') + 1);
  const node = root as { name: string };
  node.name = name;
  root.def = { ...root.def, path: name };
}
