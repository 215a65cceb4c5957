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

/**
 * A guide with the FR Core and the directory it depends on, and what those depend on. A dependency whose version is not there is
 * judged by the versions that are.
 */
export function guideWithOthers(archive: string): Package[] {
  const found = new Map<string, Package>();
  const take = (name: string): void => {
    if (found.has(name)) return;
    const one = guide(name);
    for (const [id, version] of Object.entries(one.dependencies)) {
      const all = guideArchives().filter(other => /^(?:hl7\.fhir\.fr\.core|ans\.fhir\.fr\.annuaire)-/.test(other) && other.startsWith(`${id}-`));
      for (const other of all.includes(`${id}-${version}.tgz`) ? [`${id}-${version}.tgz`] : all) take(other);
    }
    found.set(name, one);
  };
  take(archive);
  return [...found.values()];
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
