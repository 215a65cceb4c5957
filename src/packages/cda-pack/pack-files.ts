import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fromBufferPromise, validateFileName } from 'yauzl';
import { PackageFault } from '../fault.ts';
import { readTar } from '../tar.ts';

/** What a CI-SIS pack is made of: schemas, schematrons and the value sets they read. Everything else is left aside. */
const wanted = /\.(?:xsd|sch|xml)$/i;
const maxFiles = 20_000;
const maxBytes = 512 * 1024 * 1024;

export type PackFiles = ReadonlyMap<string, Buffer>;

class Gathering {
  readonly files = new Map<string, Buffer>();
  readonly #place: string;
  #bytes = 0;
  constructor(place: string) { this.#place = place; }

  add(path: string, bytes: Buffer): void {
    if (!wanted.test(path)) return;
    if (validateFileName(path) !== null) throw new PackageFault('a file of the pack has a path that leaves it', this.#place, 'do not use this archive');
    this.#bytes += bytes.length;
    if (this.files.size >= maxFiles || this.#bytes > maxBytes) throw new PackageFault(`the pack is over ${String(maxFiles)} files or ${String(maxBytes)} bytes`, this.#place, 'give only the schemas, the schematrons and their value sets');
    this.files.set(path, bytes);
  }

  /** Without the one folder that a zip of a repository puts everything in. */
  done(): PackFiles {
    const [first = ''] = this.files.keys();
    const top = first.slice(0, first.indexOf('/') + 1);
    const common = top !== '' && [...this.files.keys()].every((path) => path.startsWith(top));
    return common ? new Map([...this.files].map(([path, bytes]) => [path.slice(top.length), bytes])) : this.files;
  }
}

function folder(root: string, at: string, gathering: Gathering): void {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const path = join(at, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) folder(root, path, gathering);
    else if (entry.isFile() && wanted.test(entry.name)) gathering.add(relative(root, path).replaceAll(sep, '/'), readFileSync(path));
  }
}

async function zip(bytes: Buffer, gathering: Gathering): Promise<void> {
  const archive = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of archive.eachEntry()) {
    if (!wanted.test(entry.fileName) || entry.isEncrypted()) continue;
    if (entry.uncompressedSize > maxBytes) throw new Error('too large');
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    gathering.add(entry.fileName, Buffer.concat(chunks));
  }
}

/** The files of a folder, a .zip or a .tgz, by their path in it. Throws PackageFault. */
export async function readPackFiles(source: string): Promise<PackFiles> {
  const gathering = new Gathering(source);
  try {
    if (statSync(source).isDirectory()) folder(source, source, gathering);
    else {
      const bytes = readFileSync(source);
      if (bytes[0] === 0x50 && bytes[1] === 0x4b) await zip(bytes, gathering);
      else readTar(gunzipSync(bytes, { maxOutputLength: maxBytes }), (file) => { gathering.add(file.name.replace(/^\.\//, ''), Buffer.from(file.bytes)); });
    }
  } catch (error) {
    if (error instanceof PackageFault) throw error;
    throw new PackageFault('the pack cannot be read', source, 'give a folder, a .zip or a .tgz of schemas (.xsd) and schematrons (.sch)');
  }
  return gathering.done();
}
