/** What the loader needs of a FHIR package's package.json (confluence.hl7.org, NPM Package Specification). */
export interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly title: string;
}

/** A manifest from the parsed package.json; undefined when name or version is missing. */
export function readManifest(json: unknown): Manifest | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { name, version, dependencies, title } = json as Record<string, unknown>;
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  const wanted: Record<string, string> = {};
  if (typeof dependencies === 'object' && dependencies !== null) {
    for (const [id, range] of Object.entries(dependencies)) if (typeof range === 'string') wanted[id] = range;
  }
  return { id: name, version, dependencies: wanted, title: typeof title === 'string' ? title : name };
}
