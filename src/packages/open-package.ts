import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PackageFault } from './fault.ts';
import { definitionsOf } from './loose-file.ts';
import { prune } from './prune.ts';
import { prunedFormat, readPruned, writePruned } from './pruned-file.ts';
import { readFolder, readTgz, sha256 } from './read-package.ts';
import type { DefinitionPackage } from '../domain/definition-package.ts';
import type { XmlReader } from './loose-file.ts';

export interface OpenOptions {
  /** Where pruned copies of .tgz packages are kept, by the sha256 of the archive. Left out: nothing is kept. */
  readonly cacheFolder?: string;
  /** Reads an XML definition; left out, XML files are refused with an advice. */
  readonly readXml?: XmlReader;
}

/**
 * Opens what `--packages` names: a .tgz, a folder, or one definition file (JSON or XML; a Bundle of definitions
 * counts as several). Throws PackageFault when nothing can be made of it.
 */
export function openPackage(path: string, options: OpenOptions = {}): DefinitionPackage {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new PackageFault('no such file or folder', path, 'check the path');
  if (stat.isDirectory()) {
    const { manifest, resources } = readFolder(path);
    return held(manifest.id, manifest.version, manifest.dependencies, resources);
  }
  const bytes = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return openTgz(bytes, path, options.cacheFolder);
  return held(path, '', {}, definitionsOf(bytes, path, options.readXml));
}

function openTgz(bytes: Buffer, path: string, cacheFolder: string | undefined): DefinitionPackage {
  if (cacheFolder === undefined) return unpacked(bytes, path);
  const file = join(cacheFolder, `package-${sha256(bytes).slice(0, 32)}-${prunedFormat}.pruned`);
  const cached = readPruned(file);
  if (cached !== undefined) return cached;
  const { manifest, resources } = readTgz(bytes, path);
  try {
    writePruned(file, manifest, resources.flatMap(resource => onlyDefinition(resource)));
  } catch {
    return held(manifest.id, manifest.version, manifest.dependencies, resources);
  }
  return readPruned(file) ?? held(manifest.id, manifest.version, manifest.dependencies, resources);
}

function unpacked(bytes: Buffer, path: string): DefinitionPackage {
  const { manifest, resources } = readTgz(bytes, path);
  return held(manifest.id, manifest.version, manifest.dependencies, resources);
}

function held(id: string, version: string, dependencies: Readonly<Record<string, string>>, resources: readonly unknown[]): DefinitionPackage {
  const entries = resources.flatMap(resource => {
    const definition = prune(resource);
    if (definition === undefined) return [];
    const own = definition.version;
    return [{ resourceType: String(definition.resourceType), url: String(definition.url), version: typeof own === 'string' ? own : '', load: () => definition }];
  });
  return { id, version, dependencies, entries };
}

function onlyDefinition(resource: unknown): Record<string, unknown>[] {
  const definition = prune(resource);
  return definition === undefined ? [] : [definition];
}
