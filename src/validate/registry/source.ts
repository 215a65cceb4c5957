/**
 * How definitions come in: the caller (src/packages) reads files, this folder only sees what they hold. `load` must
 * be pure from the validator's side: the same answer each time, and undefined rather than an exception.
 */
export interface DefinitionEntry {
  /** StructureDefinition, ValueSet, CodeSystem, Questionnaire… */
  readonly resourceType: string;
  readonly url: string;
  /** Empty when the definition states none. */
  readonly version: string;
  readonly load: () => unknown;
}

export interface DefinitionPackage {
  /** `hl7.fhir.fr.core`; for loose files a name of the caller's. */
  readonly id: string;
  readonly version: string;
  /** Package id → version as package.json states it. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly entries: readonly DefinitionEntry[];
}

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
