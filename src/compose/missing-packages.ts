import type { Config } from '../config/model.ts';
import { openPackageStore } from '../packages/store.ts';
import { cacheFolder } from './cache-folder.ts';

export interface MissingPackage { readonly destination: string; readonly name: string }

/** The packages that destinations pin and `packages add` has not kept: nothing may start without them, or it would check less than was asked. */
export function missingPackages({ destinations, packages }: Config): MissingPackage[] {
  const pinned = destinations.flatMap(({ id, validation }) => (validation.mode === 'off' ? [] : validation.packages.map((name) => ({ destination: id, name }))));
  if (pinned.length === 0) return [];
  const there = new Set(openPackageStore(packages.folder, cacheFolder()).list().map(({ id, version }) => `${id}#${version}`));
  return pinned.filter(({ name }) => !there.has(name));
}
