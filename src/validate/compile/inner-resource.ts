import type { Frame } from '../run/frame.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import { structureRules } from '../run/structure-rules.ts';
import type { Structure } from '../registry/structures.ts';
import type { Build } from './build.ts';
import type { Compiler } from './compiler.ts';
import { isObject, type Check, type Json } from './check.ts';
import type { ElementPlan, TypePlan } from './plan.ts';

/**
 * A resource inside another: contained, a Bundle entry's, a parameter's. It is validated against its own type and the
 * profiles it claims, then against the profiles the element asks for.
 */
export function innerResourceCheck(plan: ElementPlan, type: TypePlan | undefined, build: Build): Check {
  const kind = plan.name === 'contained' ? 'contained' : plan.basePath === 'Bundle.entry.resource' ? 'entry' : 'inner';
  const allowed = new Set(plan.types.map(one => one.code));
  const any = allowed.has('Resource') || allowed.has('DomainResource');
  const asked = askedProfiles(plan, type, build);
  const { compiler, structure } = build;
  return (value, run) => {
    if (!isObject(value) || typeof value.resourceType !== 'string') {
      compiler.unknownResource(value, run);
      return;
    }
    if (depthOf(run.frame) > maxResources) {
      run.report(structureRules.tooDeep, []);
      return;
    }
    const name = value.resourceType;
    if (!any && !allowed.has(name)) run.report(profileRules.resourceNotAllowed, [compiler.isResource(name) ? name : '…', [...allowed].join(', ')], structure.label);
    const frame = frameOf(value, name, kind, run);
    run.within(frame, () => {
      // What is asked for first: a profile holds its base, which then needs no check of its own.
      const profiles = asked(name);
      if (profiles.length > 0) askFor(value, run, profiles, build);
      compiler.claimed(value, run);
    });
  };
}

/** Resources within resources: R4 has a Bundle of documents with contained resources; beyond that it is an attack. */
const maxResources = 8;

function depthOf(frame: Frame): number {
  let depth = 0;
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) depth += 1;
  return depth;
}

function frameOf(resource: Json, type: string, kind: Frame['kind'], run: Run): Frame {
  return { resource, type, kind, parent: run.frame, fullUrl: kind === 'entry' ? run.entryFullUrl() : undefined };
}

function askedProfiles(plan: ElementPlan, type: TypePlan | undefined, build: Build): (name: string) => readonly Structure[] {
  const canonicals = new Set([...plan.types.flatMap(one => one.profiles), ...type?.profiles ?? []]);
  if (canonicals.size === 0) return () => [];
  const found = [...canonicals].flatMap(canonical => build.compiler.structures.find(canonical, build.structure.pack) ?? []);
  return name => found.filter(structure => structure.definition.type === name || structure.definition.type === 'Resource' || structure.definition.type === 'DomainResource');
}

/** One profile is said in full; of several, one must fit. */
function askFor(value: Json, run: Run, profiles: readonly Structure[], build: Build): void {
  const { compiler, structure } = build;
  const [only] = profiles;
  if (only !== undefined && profiles.length === 1) compiler.once(value, only, run);
  else if (!profiles.some(profile => fits(value, profile, run, compiler))) {
    run.report(profileRules.profileMismatch, [profiles.map(profile => profile.label).join(', ')], structure.label);
  }
}

/** A profile that fits without any remark holds its base, which then has nothing to add. */
function fits(value: Json, profile: Structure, run: Run, compiler: Compiler): boolean {
  const { passed, clean } = run.verdictOf(value, profile, () => compiler.profile(profile)(value, run));
  if (clean && !run.silent) run.hold(value, profile);
  return passed;
}
