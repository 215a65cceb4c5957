import type { Structure, Structures } from '../registry/structures.ts';
import { step } from '../run/place.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Json } from './check.ts';

/**
 * The profiles in meta.profile that can be used. One that is not known is said, for the resource is then not validated
 * against what it claims; a profile that another one claimed is derived from adds nothing.
 */
export function claimedProfiles(resource: Json, base: Structure, structures: Structures, run: Run): Structure[] {
  const { meta } = resource;
  const claims = (meta as { profile?: unknown } | undefined)?.profile;
  if (!Array.isArray(claims)) return [];
  const found: Structure[] = [];
  claims.forEach((claim: unknown, index) => {
    if (typeof claim !== 'string') return;
    const structure = structures.find(claim);
    if (structure === undefined) say(run, index, profileRules.metaProfileUnknown, [shown(claim)]);
    else if (!isAbout(structure, base.definition.type)) say(run, index, profileRules.profileType, [structure.url, structure.definition.type, base.definition.type]);
    else if (!found.includes(structure)) found.push(structure);
  });
  return found;
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
