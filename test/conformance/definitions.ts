import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openPackage } from '../../src/packages/open-package.ts';
import { readTar } from '../../src/packages/tar.ts';
import { coreDefinitions, testCache as cacheFolder } from '../core-definitions.ts';
import { sharedFolder } from '../when-shared.ts';

export type Package = ReturnType<typeof openPackage>;
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

export { coreDefinitions };

/** Archives of FR Core and the ANS guides, by file name. */
export function guideArchives(): string[] {
  return readdirSync(join(sharedFolder, 'packages')).filter(name => name.endsWith('.tgz') && /^(?:hl7\.fhir\.fr\.|ans\.)/.test(name)).sort();
}

export function guide(archive: string): Package {
  return openPackage(join(sharedFolder, 'packages', archive), { cacheFolder });
}

/** A guide with the others it names; the versions it pins are not all there, so all of FR Core goes along. */
export function guideWithOthers(archive: string): Package[] {
  const own = guide(archive);
  if (own.id === 'hl7.fhir.fr.core') return [own];
  const others = guideArchives().filter(name => name !== archive && /^(?:hl7\.fhir\.fr\.core|ans\.fhir\.fr\.annuaire)/.test(name));
  return [...others.map(guide), own];
}

/** The examples a guide publishes in `package/example/`. */
export function guideExamples(archive: string): (readonly [name: string, resource: Resource])[] {
  const examples: (readonly [string, Resource])[] = [];
  readTar(gunzipSync(readFileSync(join(sharedFolder, 'packages', archive))), file => {
    if (!/^package\/example\/.*\.json$/.test(file.name)) return;
    const json = JSON.parse(file.bytes.toString('utf8')) as { resourceType?: unknown };
    if (typeof json.resourceType === 'string') examples.push([file.name.slice('package/example/'.length, -'.json'.length), json as Resource]);
  });
  return examples;
}

/** The StructureDefinitions of a guide as published, snapshots and differentials. */
export function guideStructures(archive: string): Resource[] {
  const structures: Resource[] = [];
  readTar(gunzipSync(readFileSync(join(sharedFolder, 'packages', archive))), file => {
    if (/^package\/StructureDefinition-[^/]*\.json$/.test(file.name)) structures.push(JSON.parse(file.bytes.toString('utf8')) as Resource);
  });
  return structures;
}
