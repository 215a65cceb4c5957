import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import { structureRules } from '../run/structure-rules.ts';
import type { Build } from './build.ts';
import { isObject, passes, type Check } from './check.ts';
import { beyond } from './covers.ts';
import { sliceMatcher, type Matches } from './discriminator.ts';
import { elementCheck } from './element.ts';
import type { Host } from './host.ts';
import type { ElementPlan, TypePlan } from './plan.ts';

/**
 * Sends the items of an element to its slices. `counts` holds one number a slice (reslices too) and, at its end, the
 * last slice seen and whether an item outside all slices was seen.
 */
export interface Slicer {
  readonly requires: boolean;
  begin(): number[];
  /** True when the element's own check is still to be done for this item. */
  place(value: unknown, run: Run, sibling: unknown, code: string, index: number, counts: number[]): boolean;
  end(run: Run, counts: readonly number[]): void;
}

interface Slice {
  readonly plan: ElementPlan;
  readonly slot: number;
  readonly matches: Matches;
  /** What of the element is left to check of an item of the slice; undefined when all of it. */
  readonly rest: Check | undefined;
  readonly checkFor: (code: string) => Check;
  readonly inner: Group | undefined;
}

interface Group { readonly plan: ElementPlan; readonly slices: readonly Slice[]; readonly lastSlot: number; readonly outsideSlot: number; readonly byUrl: ReadonlyMap<string, Slice> | undefined; readonly byResource: ResourceTable | undefined }

/** Slices told apart by the type of the resource in a property: which ones each type may be in, filled as types are met. */
interface ResourceTable { readonly property: string; readonly slices: Map<string, readonly Slice[]>; readonly known: (type: string) => boolean }

export function slicerOf(plan: ElementPlan, build: Build, host: Host): Slicer {
  let slots = 0;
  const group = (of: ElementPlan): Group => {
    const slices = of.slices.map(slice => sliceOf(of, slice));
    return { plan: of, slices, lastSlot: slots++, outsideSlot: slots++, byUrl: urlTable(of, slices), byResource: resourceTable(of, build) };
  };
  const sliceOf = (of: ElementPlan, slice: ElementPlan): Slice => ({
    plan: slice, slot: slots++, matches: sliceMatcher(of, slice, build), rest: restCheck(slice, of, build),
    checkFor: perType(slice, build, host), inner: slice.slices.length === 0 ? undefined : group(slice),
  });
  const root = group(plan);
  const size = slots;
  const profile = build.structure.label;
  return {
    requires: plan.slices.some(slice => slice.min > 0),
    begin: () => new Array<number>(size).fill(0),
    place: (value, run, sibling, code, index, counts) => place(root, value, run, sibling, code, index, counts, profile),
    end: (run, counts) => end(root, run, counts, profile, plan.path),
  };
}

function restCheck(slice: ElementPlan, element: ElementPlan, build: Build): Check | undefined {
  const left = beyond(slice, element);
  if (left === undefined) return undefined;
  if (left.length === 0) return passes;
  const required = left.map(plan => ({ names: (plan.types.length === 0 ? [plan.name] : plan.types.map(type => type.key)).flatMap(key => [key, `_${key}`]), args: [plan.path, '1', '0'] }));
  const profile = build.structure.label;
  return (value, run) => {
    if (!isObject(value)) return;
    for (const { names, args } of required) if (names.every(name => value[name] === undefined)) run.report(structureRules.minimum, args, profile);
  };
}

/** A slice's check for each type its items may have, made when first met. */
function perType(plan: ElementPlan, build: Build, host: Host): (code: string) => Check {
  const made = new Map<string, Check>();
  return code => {
    let check = made.get(code);
    if (check === undefined) {
      const type = plan.types.find(one => one.code === code) ?? plan.types[0];
      const whole: TypePlan | undefined = type === undefined || plan.choice ? type
        : { ...type, profiles: plan.types.flatMap(one => one.profiles), targets: plan.types.flatMap(one => one.targets) };
      check = elementCheck(plan, whole, build, host);
      made.set(code, check);
    }
    return check;
  };
}

function place(group: Group, value: unknown, run: Run, sibling: unknown, code: string, index: number, counts: number[], profile: string): boolean {
  const found = find(group, value, run, sibling, code, index, counts);
  if (found === undefined) {
    counts[group.outsideSlot] = 1;
    if (group.plan.rules === 'closed') run.report(profileRules.sliceClosed, [group.plan.path, group.slices.map(slice => slice.plan.sliceName ?? '').join(', ')], profile);
    return true;
  }
  counts[found.slot] = (counts[found.slot] ?? 0) + 1;
  order(group, found, run, counts, profile);
  found.checkFor(code)(value, run, sibling);
  if (found.inner !== undefined) place(found.inner, value, run, sibling, code, index, counts, profile);
  if (found.rest === undefined) return true;
  found.rest(value, run);
  return false;
}

/**
 * The first slice that matches and has room. Some published profiles have slices their discriminator cannot tell apart
 * (FR Core 2.2.0, Patient.contact.relationship): a full one then leaves the item to the next.
 */
function find(group: Group, value: unknown, run: Run, sibling: unknown, code: string, index: number, counts: readonly number[]): Slice | undefined {
  if (group.byUrl !== undefined) {
    const url = (value as { url?: unknown } | undefined)?.url;
    return typeof url === 'string' ? group.byUrl.get(url) : undefined;
  }
  const fitting = group.byResource === undefined ? undefined : ofResource(group, group.byResource, value, run, sibling, code, index);
  let full: Slice | undefined;
  for (const slice of fitting ?? group.slices) {
    if (fitting === undefined && !slice.matches(value, run, sibling, code, index)) continue;
    if ((counts[slice.slot] ?? 0) < slice.plan.max) return slice;
    full ??= slice;
  }
  return full;
}

/** The slices for the resource an item holds; undefined when it holds none that is known. */
function ofResource(group: Group, table: ResourceTable, value: unknown, run: Run, sibling: unknown, code: string, index: number): readonly Slice[] | undefined {
  const held = (value as Readonly<Record<string, unknown>> | undefined)?.[table.property];
  const type = (held as { resourceType?: unknown } | null | undefined)?.resourceType;
  if (typeof type !== 'string') return undefined;
  const known = table.slices.get(type);
  if (known !== undefined) return known;
  if (Array.isArray(held) || !table.known(type)) return undefined;
  const fitting = group.slices.filter(slice => slice.matches(value, run, sibling, code, index));
  table.slices.set(type, fitting);
  return fitting;
}

/** A Bundle's entries are mostly sliced by the type of `resource`, a dozen slices and more. */
function resourceTable(plan: ElementPlan, build: Build): ResourceTable | undefined {
  const [only] = plan.discriminators;
  if (plan.discriminators.length !== 1 || only?.type !== 'type' || plan.basePath !== 'Bundle.entry' || only.path !== 'resource') return undefined;
  return { property: only.path, slices: new Map(), known: type => build.compiler.isResource(type) };
}

function order(group: Group, found: Slice, run: Run, counts: number[], profile: string): void {
  const { plan } = group;
  if (plan.ordered) {
    if (found.slot + 1 < (counts[group.lastSlot] ?? 0)) run.report(profileRules.sliceOrder, [plan.path], profile);
    counts[group.lastSlot] = found.slot + 1;
  }
  if (plan.rules === 'openAtEnd' && counts[group.outsideSlot] === 1) run.report(profileRules.sliceAtEnd, [plan.path], profile);
}

function end(group: Group, run: Run, counts: readonly number[], profile: string, path: string): void {
  for (const slice of group.slices) {
    const count = counts[slice.slot] ?? 0;
    const { min, max, sliceName = '' } = slice.plan;
    if (count < min) run.report(profileRules.sliceMinimum, [`${path}:${sliceName}`, String(min), String(count)], profile);
    if (count > max) run.report(profileRules.sliceMaximum, [`${path}:${sliceName}`, String(max), String(count)], profile);
    if (slice.inner !== undefined && count > 0) end(slice.inner, run, counts, profile, path);
  }
}

/** Extensions are sliced by url: one look-up instead of one question a slice. */
function urlTable(plan: ElementPlan, slices: readonly Slice[]): ReadonlyMap<string, Slice> | undefined {
  const [only] = plan.discriminators;
  if (plan.discriminators.length !== 1 || only?.path !== 'url') return undefined;
  const table = new Map<string, Slice>();
  for (const slice of slices) {
    const url = slice.matches.url;
    if (url === undefined) return undefined;
    if (!table.has(url)) table.set(url, slice);
  }
  return table;
}
