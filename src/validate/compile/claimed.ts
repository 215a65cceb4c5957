import type { Structure, Structures } from '../registry/structures.ts';
import { step } from '../run/place.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Json } from './check.ts';
import type { Compiler } from './compiler.ts';

/**
 * The profiles in meta.profile that can be used. One that is not known is said, for the resource is then not validated
 * against what it claims; a profile that another one claimed is derived from adds nothing.
 */
export function claimedProfiles(resource: Json, base: Structure, { structures, everywhere }: Pick<Compiler, 'structures' | 'everywhere'>, run: Run): Structure[] {
  const { meta } = resource;
  const claims = (meta as { profile?: unknown } | undefined)?.profile;
  const found: Structure[] = [...everywhere.guides.get(base.definition.type) ?? [], ...run.frame.kind === 'contained' ? [] : everywhere.asked.get(base.definition.type) ?? []];
  if (!Array.isArray(claims)) return found;
  claims.forEach((claim: unknown, index) => {
    if (typeof claim !== 'string') return;
    const structure = structures.find(claim);
    if (structure === undefined) say(run, index, profileRules.metaProfileUnknown, [shown(claim)]);
    else if (!isAbout(structure, base.definition.type)) say(run, index, profileRules.profileType, [structure.url, structure.definition.type, base.definition.type]);
    else if (!found.includes(structure)) found.push(structure);
  });
  return found;
}

/** Profiles by the type whose resources must all meet them. */
export interface Everywhere {
  /** What the guides at hand ask (ImplementationGuide.global). */
  readonly guides: ReadonlyMap<string, readonly Structure[]>;
  /** What the caller asks; of contained resources only the one that holds them can say. */
  readonly asked: ReadonlyMap<string, readonly Structure[]>;
}

export function profilesEverywhere(structures: Structures, asked: readonly string[]): Everywhere {
  const found = asked.flatMap(canonical => structures.find(canonical) ?? []);
  return { guides: guideProfiles(structures), asked: Map.groupBy(found, one => one.definition.type) };
}

function guideProfiles(structures: Structures): ReadonlyMap<string, readonly Structure[]> {
  const byType = new Map<string, Structure[]>();
  const { registry } = structures;
  for (const guide of registry.urls('ImplementationGuide').flatMap(url => registry.find('ImplementationGuide', url) ?? [])) {
    const { global } = guide.definition as { global?: unknown };
    for (const one of Array.isArray(global) ? global as unknown[] : []) {
      const { type, profile } = (one ?? {}) as { type?: unknown; profile?: unknown };
      const structure = typeof profile === 'string' ? structures.find(profile, guide.pack) : undefined;
      if (structure !== undefined && typeof type === 'string') byType.set(type, [...byType.get(type) ?? [], structure]);
    }
  }
  return byType;
}

export function isAbout(structure: Structure, type: string): boolean {
  const { type: own } = structure.definition;
  return own === type || own === 'Resource' || own === 'DomainResource';
}

export function shown(canonical: string): string {
  return /^[\w:/.#|~%-]{1,256}$/.test(canonical) ? canonical : '…';
}

const meta = step('meta');
const profile = step('profile');

function say(run: Run, index: number, rule: typeof profileRules.metaProfileUnknown, args: readonly string[]): void {
  run.push(meta);
  run.push(profile);
  run.push(index);
  run.report(rule, args);
  run.pop();
  run.pop();
  run.pop();
}
