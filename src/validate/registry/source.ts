import type { DefinitionEntry, DefinitionPackage } from '../../domain/definition-package.ts';

/** A package of definitions already in memory, for tests and for callers that made them. Resources without url are left out. */
export function packageOf(id: string, version: string, resources: readonly unknown[], dependencies: Readonly<Record<string, string>> = {}): DefinitionPackage {
  const entries: DefinitionEntry[] = [];
  for (const resource of resources) {
    if (typeof resource !== 'object' || resource === null) continue;
    const { resourceType, url, version: own } = resource as Record<string, unknown>;
    if (typeof resourceType !== 'string' || typeof url !== 'string') continue;
    entries.push({ resourceType, url, version: typeof own === 'string' ? own : '', load: () => resource });
  }
  return { id, version, dependencies, entries };
}
