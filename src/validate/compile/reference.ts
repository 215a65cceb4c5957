import { profileRules } from '../run/profile-rules.ts';
import type { Run, Target } from '../run/run.ts';
import type { Structure } from '../registry/structures.ts';
import type { Build } from './build.ts';
import { isObject, passes, type Check } from './check.ts';
import type { TypePlan } from './plan.ts';

interface Targets {
  /** undefined: any resource. */
  readonly types: ReadonlySet<string> | undefined;
  readonly shown: string;
  /** Profiles to try on a target that is at hand, by its type; a type with its base definition needs none. */
  readonly profiles: readonly Structure[];
  readonly open: ReadonlySet<string>;
  readonly missing: readonly string[];
}

/** Reference and canonical targets: the type, and the profile when the target is in the Bundle or contained. */
export function referenceCheck(type: TypePlan | undefined, build: Build): Check {
  if (type?.code !== 'Reference' || type.targets.length === 0) return passes;
  let targets: Targets | undefined;
  const profile = build.structure.label;
  return (value, run) => {
    if (!isObject(value)) return;
    targets ??= targetsOf(type.targets, build);
    if (targets.types === undefined && targets.profiles.length === 0) return;
    check(value, run, targets, profile, build);
  };
}

function targetsOf(canonicals: readonly string[], build: Build): Targets {
  const { compiler, structure } = build;
  const types = new Set<string>();
  const open = new Set<string>();
  const profiles: Structure[] = [];
  const missing: string[] = [];
  let any = false;
  for (const canonical of canonicals) {
    const target = compiler.structures.find(canonical, structure.pack);
    if (target === undefined) {
      missing.push(canonical);
      continue;
    }
    const { type, derivation } = target.definition;
    if (type === 'Resource' || type === 'DomainResource') any = true;
    types.add(type);
    if (derivation === 'constraint') profiles.push(target);
    else open.add(type);
  }
  return { types: any ? undefined : types, shown: [...types].join(', '), profiles, open, missing };
}

function check(value: Readonly<Record<string, unknown>>, run: Run, targets: Targets, profile: string, build: Build): void {
  const { reference } = value;
  const target = typeof reference === 'string' ? run.options.resolve(run, reference, run.frame) : undefined;
  const type = target?.type ?? (typeof reference === 'string' ? literalType(reference, build) : reference === undefined && typeof value.type === 'string' ? value.type : undefined);
  if (type === undefined) return;
  if (targets.types !== undefined && !targets.types.has(type)) {
    // A target profile that is not known could have been of this type: it decides only when the target is at hand.
    if (targets.missing.length > 0 && target === undefined) return;
    // Some of the profiles could not be found: whether the target fits one of them cannot be said.
    const open = targets.missing.length > 0 && targets.types.size > 0;
    for (const canonical of targets.missing) run.report(profileRules.referenceProfileUnknown, [canonical], profile, open ? 'warning' : 'error');
    // Where none of them could be found, nothing is known of the types that are allowed.
    if (targets.types.size > 0 && !open) run.report(profileRules.referenceType, [type, targets.shown], profile);
    return;
  }
  if (target !== undefined && !targets.open.has(type)) conformance(target, type, run, targets, profile, build);
}

function conformance(target: Target, type: string, run: Run, targets: Targets, profile: string, build: Build): void {
  const candidates = targets.profiles.filter(one => one.definition.type === type);
  if (candidates.length === 0 || run.nesting > 60) return;
  const key = candidates.map(one => one.url).join(' ');
  if (run.visiting(target.resource, key)) return; // references go in circles
  const fits = candidates.some(candidate => run.verdictOf(target.resource, candidate, () => run.within(target.frame, () => build.compiler.profile(candidate)(target.resource, run))).passed);
  run.visited(target.resource, key);
  if (!fits) run.report(profileRules.referenceProfile, [candidates.map(one => one.label).join(', ')], profile);
}

/** `Patient/123`, `http://server/Patient/123/_history/1`, `Patient?identifier=…`: the type the url says, if it is one. */
export function literalType(reference: string, build: Build): string | undefined {
  const found = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$|\?)/.exec(reference);
  const name = found?.[1];
  return name !== undefined && build.compiler.isResource(name) ? name : undefined;
}
