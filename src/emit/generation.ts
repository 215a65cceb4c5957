/** The FR Core generations a destination may ask for; their differences break each other (regional.md §2.3). */
export const generations = ['2.0.1', '2.1.0', '2.2.0'] as const;
export type Generation = (typeof generations)[number];

const base = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-';

/** Canonical of an FR Core profile as a resource of that generation claims it: 2.2.0 pins the version in its slices. */
export const profile = (generation: Generation, name: string): string => `${base}${name}${generation === '2.2.0' ? '|2.2.0' : ''}`;

/** Systems of the matricule INS, and the `use` each generation wants (fr-core-patient-ins, identifier slices). */
const ins = {
  nir: 'urn:oid:1.2.250.1.213.1.4.8', nia: 'urn:oid:1.2.250.1.213.1.4.9', test: 'urn:oid:1.2.250.1.213.1.4.10', demo: 'urn:oid:1.2.250.1.213.1.4.11',
} as const;
const insSystems: ReadonlySet<string> = new Set(Object.values(ins));
export const isInsSystem = (system: string | undefined): boolean => system !== undefined && insSystems.has(system);

/**
 * Does fr-core-patient-ins of a generation take a matricule of this authority as the INS (fr-core-1)? 2.0.1 knows no test nor
 * demonstration matricules, not even their types (fr-core-cs-v2-0203); 2.1.0 forgot the demonstration one in fr-core-1.
 */
export const isInsOf = (generation: Generation, system: string): boolean =>
  generation === '2.2.0' || system === ins.nir || system === ins.nia || (generation === '2.1.0' && system === ins.test);
/** Has the type of this authority's matricules a code in the generation's table 0203? */
export const hasInsType = (generation: Generation, system: string): boolean => generation !== '2.0.1' || isInsOf(generation, system);

/** `temp` for a NIA up to 2.1.0 (pattern of the INS-NIA slice), `official` for all in 2.2.0. An old one stays old. */
export const insUse = (generation: Generation, system: string): 'official' | 'temp' => (system === ins.nia && generation !== '2.2.0' ? 'temp' : 'official');

/** The social security number (NSS, type NH): one OID up to 2.1.0, the NIR's; two of its own from 2.2.0 on. */
const nss = { nir: 'urn:oid:1.2.250.1.213.1.4.13', nia: 'urn:oid:1.2.250.1.213.1.4.14' } as const;
export function nssSystem(generation: Generation, system: string | undefined): string | undefined {
  if (generation === '2.2.0') return system === ins.nir ? nss.nir : system === ins.nia ? nss.nia : system;
  return system === nss.nir || system === nss.nia ? ins.nir : system;
}
