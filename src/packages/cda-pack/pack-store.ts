import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PackageFault } from '../fault.ts';
import type { PackContents } from './contents.ts';
import type { PackFiles } from './pack-files.ts';

const folderName = 'ci-sis';
const contentsFile = 'pack.json';
/** How packs are named on the command line: `ci-sis/NAME`. */
export const packPrefix = `${folderName}/`;

/** The name of a pack added from a file or folder. */
export const packName = (source: string): string => basename(source).replace(/\.(?:zip|tgz|tar\.gz)$/i, '').replace(/[^\w.-]/g, '_').replace(/^\.+/, '');
export const isPack = (files: PackFiles): boolean => [...files.keys()].some((path) => /\.(?:xsd|sch)$/i.test(path));

/** The CI-SIS packs added, each in a folder of its own under the packages' folder. */
export class PackStore {
  readonly #folder: string;
  constructor(packagesFolder: string) { this.#folder = join(packagesFolder, folderName); }

  /** Keeps a pack's files with what packContents said of them; a pack of the same name is replaced whole. Throws PackageFault when nothing of it can be used. */
  add(contents: PackContents, files: PackFiles): void {
    const { name } = contents;
    if (contents.schema === null && contents.schematrons.length === 0) throw new PackageFault(`nothing of this pack can be used${contents.problems.length === 0 ? '' : `: ${contents.problems.join('; ')}`}`, name, 'give CDA_extended.xsd with the schemas it includes, and the schematrons of the volets');
    const partial = join(this.#folder, `.${name}.partial`);
    rmSync(partial, { recursive: true, force: true });
    for (const [path, bytes] of files) {
      const file = join(partial, 'files', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    writeFileSync(join(partial, contentsFile), `${JSON.stringify(contents)}\n`);
    rmSync(join(this.#folder, name), { recursive: true, force: true });
    renameSync(partial, join(this.#folder, name));
  }

  list(): readonly PackContents[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder).sort().filter((name) => existsSync(join(this.#folder, name, contentsFile)) && !name.startsWith('.')).map((name) => this.#read(name)) : [];
  }

  /** Throws PackageFault. */
  remove(name: string): PackContents {
    if (!/^[\w.-]+$/.test(name) || !existsSync(join(this.#folder, name, contentsFile))) throw new PackageFault('no such pack', `${packPrefix}${name}`, 'see packages list');
    const contents = this.#read(name);
    rmSync(join(this.#folder, name), { recursive: true });
    return contents;
  }

  /** A file of a pack; undefined when it has none of that path. */
  file(name: string, path: string): Buffer | undefined {
    if (path === '') return undefined;
    const file = join(this.#folder, name, 'files', path);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  #read(name: string): PackContents { return JSON.parse(readFileSync(join(this.#folder, name, contentsFile), 'utf8')) as PackContents; }
}
