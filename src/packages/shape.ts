/**
 * The shape in which definitions are handed to the validator; `src/validate/registry/source.ts` states the same one
 * from its side (this folder may not import it, and TypeScript compares the two where they meet).
 */
export interface DefinitionEntry {
  readonly resourceType: string;
  readonly url: string;
  readonly version: string;
  readonly load: () => unknown;
}

export interface DefinitionPackage {
  readonly id: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly entries: readonly DefinitionEntry[];
}
