/**
 * A FHIR definition, as src/packages hands it to src/validate: the one reads files, the other only sees what they hold.
 * `load` gives the same answer each time, and undefined rather than an exception.
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

/**
 * Extension in a ValueSet's compose, set by the reader of NOS files: its systems are known by their OID alone, so that a code
 * under another name of the same system can only be judged when a code system at hand says that it is the same.
 */
export const systemsByOid = 'https://passerelle.test/fhir/StructureDefinition/systems-by-oid';
