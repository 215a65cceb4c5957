import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** File name → text, as checked in under `profiles/package`. */
export type PackageFiles = ReadonlyMap<string, string>;

interface SushiConfig {
  readonly version: string;
  readonly canonical: string;
}

/** SUSHI's resources and a package.json, in name order, so that the same sources give the same bytes. */
export function packageFiles(resources: string, config: string): PackageFiles {
  const { version, canonical } = parse(readFileSync(config, 'utf8')) as SushiConfig;
  const files = new Map<string, string>();
  for (const name of readdirSync(resources).filter(file => file.endsWith('.json')).sort()) {
    files.set(name, text(JSON.parse(readFileSync(join(resources, name), 'utf8'))));
  }
  files.set('package.json', text({
    name: 'passerelle.fhir', version, canonical, title: 'Passerelle FHIR profiles', type: 'IG', fhirVersions: ['4.0.1'], license: 'Apache-2.0', dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
  }));
  return files;
}

/** One hash for the package: sha256 over each file's name, a line feed, its text. */
export function packageHash(files: PackageFiles): string {
  const hash = createHash('sha256');
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${name}\n${content}`);
  return hash.digest('hex');
}

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
