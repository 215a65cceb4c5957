import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PackageFault } from './fault.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { definitionTypes } from './prune.ts';
import { readTar } from './tar.ts';

/** A FHIR package read whole: its manifest and its definitions, unpruned. Examples and openapi files are left aside. */
export interface PackageContent { readonly manifest: Manifest; readonly resources: readonly unknown[] }

/** No published FHIR package comes near; a bomb stops here. */
const maxUnpacked = 512 * 1024 * 1024;
const definitionFile = new RegExp(`^(?:package/)?(?:${[...definitionTypes].join('|')})-[^/]*\\.json$`);

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads a .tgz in npm layout. Throws PackageFault. */
export function readTgz(bytes: Buffer, place: string): PackageContent {
  let manifest: Manifest | undefined;
  const resources: unknown[] = [];
  try {
    readTar(gunzipSync(bytes, { maxOutputLength: maxUnpacked }), file => {
      if (file.name === 'package/package.json') manifest = readManifest(JSON.parse(file.bytes.toString('utf8')));
      else if (isDefinition(file.name)) add(resources, file.bytes);
    });
  } catch {
    throw new PackageFault('the package cannot be read', place, 'give a FHIR package in npm layout (.tgz with package/package.json)');
  }
  if (manifest === undefined) throw new PackageFault('package/package.json with a name and a version is missing', place, 'give a FHIR package in npm layout');
  return { manifest, resources };
}

/** Reads a folder: an unpacked package (with or without its `package/`), or any folder of definition files. */
export function readFolder(folder: string): PackageContent {
  const root = readdirSync(folder).includes('package') ? join(folder, 'package') : folder;
  const names = readdirSync(root).sort();
  const resources: unknown[] = [];
  const manifest = names.includes('package.json') ? readManifest(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))) : undefined;
  for (const name of names) {
    if (manifest === undefined ? name.endsWith('.json') && name !== 'package.json' : isDefinition(name)) add(resources, readFileSync(join(root, name)));
  }
  return { manifest: manifest ?? { id: folder, version: '', dependencies: {}, title: folder }, resources };
}

function isDefinition(name: string): boolean {
  return definitionFile.test(name) || /^package\/[^/]+\.json$/.test(name) && !/\/(?:package|\.index|CapabilityStatement[^/]*|SearchParameter[^/]*)\.json$/.test(name);
}

function add(resources: unknown[], bytes: Buffer): void {
  try {
    resources.push(JSON.parse(bytes.toString('utf8')));
  } catch {
    // A file that is no JSON holds no definition; who needs it is told the canonical is missing.
  }
}
