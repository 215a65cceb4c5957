import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackageFault } from './fault.ts';
import { openPackage } from './open-package.ts';
import { readTgz, sha256 } from './read-package.ts';
import { dependenciesOf, highest, parsePackageName } from './resolve.ts';
import type { DefinitionPackage } from '../domain/definition-package.ts';

/** A package as the store lists it. */
export interface StoredPackage {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** Of the archive as it was added. */
  readonly sha256: string;
  readonly definitions: number;
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface PackageStore {
  /** Adds an archive; the same one again changes nothing. Throws PackageFault when it is no package, or another with that name and version is there. */
  add(archive: Buffer, place: string): StoredPackage;
  list(): readonly StoredPackage[];
  /** `id#version`, or `id` when there is only one version. Throws PackageFault. */
  remove(name: string): StoredPackage;
  /** The packages named (`id#1.2.x`, all when none is), with the dependencies that are in the store. Throws PackageFault. */
  open(names?: readonly string[]): DefinitionPackage[];
}

/**
 * Opens the folder where added packages are kept: one archive each, `id#version.tgz`, and a JSON line of facts beside
 * it. Works offline; nothing else may write there. `cacheFolder` holds what can be made again.
 */
export function openPackageStore(folder: string, cacheFolder: string): PackageStore {
  const list = (): StoredPackage[] => existsSync(folder)
    ? readdirSync(folder).filter(name => name.endsWith('.json')).sort().map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StoredPackage)
    : [];
  const file = ({ id, version }: Pick<StoredPackage, 'id' | 'version'>, extension: string): string => join(folder, `${id}#${version}.${extension}`);

  const add = (archive: Buffer, place: string): StoredPackage => {
    const { manifest, resources } = readTgz(archive, place);
    checkName(manifest.id, manifest.version, place);
    const stored: StoredPackage = {
      id: manifest.id, version: manifest.version, title: manifest.title, sha256: sha256(archive), definitions: resources.length, dependencies: manifest.dependencies,
    };
    const same = list().find(one => one.id === stored.id && one.version === stored.version);
    if (same !== undefined && same.sha256 !== stored.sha256) {
      throw new PackageFault(`another ${stored.id}#${stored.version} is there, with other content`, place, 'remove it first if this one is the right one');
    }
    mkdirSync(folder, { recursive: true });
    writeWhole(file(stored, 'tgz'), archive);
    writeWhole(file(stored, 'json'), `${JSON.stringify(stored)}\n`);
    return stored;
  };

  const remove = (name: string): StoredPackage => {
    const found = list().filter(one => name === one.id || name === `${one.id}#${one.version}`);
    const [only] = found;
    if (only === undefined) throw new PackageFault('no such package in the store', name, 'see packages list');
    if (found.length > 1) throw new PackageFault('several versions are in the store', name, `say which: ${found.map(one => `${one.id}#${one.version}`).join(', ')}`);
    rmSync(file(only, 'json'));
    rmSync(file(only, 'tgz'), { force: true });
    return only;
  };

  const open = (names?: readonly string[]): DefinitionPackage[] => {
    const there = list();
    const wanted = names === undefined ? there : names.map(name => {
      const found = highest(there, parsePackageName(name));
      if (found === undefined) throw new PackageFault('no such package in the store', name, 'add it with packages add');
      return found;
    });
    return dependenciesOf(wanted, there).map(one => openPackage(file(one, 'tgz'), { cacheFolder }));
  };

  return { add, list, remove, open };
}

/** The name becomes a file name: nothing but what FHIR package names are made of. */
function checkName(id: string, version: string, place: string): void {
  if (!/^[A-Za-z0-9][\w.@-]{0,120}$/.test(id) || !/^[A-Za-z0-9][\w.+-]{0,60}$/.test(version)) {
    throw new PackageFault('the package has a name or version that is none', place, 'see its package.json');
  }
}

function writeWhole(path: string, content: Buffer | string): void {
  const partial = `${path}.partial`;
  writeFileSync(partial, content);
  renameSync(partial, path);
}
