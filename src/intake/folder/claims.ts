import { access, mkdir, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flagOf, flagsOf, type Dropped, type Ready } from './ready.ts';

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/**
 * The moves of a file through a drop folder, each an atomic rename: the folder → `.work` (ours alone from then on) → `done` or
 * `rejected`. Whatever moment the process dies at, the file is in one of them, and what is in `.work` is taken again at start.
 */
export class Claims {
  readonly path: string;
  readonly #work: string;
  constructor(path: string) { this.path = path; this.#work = join(path, '.work'); }

  async prepare(): Promise<void> {
    for (const folder of ['.work', 'done', 'rejected']) await mkdir(join(this.path, folder), { recursive: true });
  }

  /** Regular files of the folder. A link could lead anywhere, and is left. */
  dropped(): Promise<Dropped[]> { return files(this.path); }

  /** What was claimed and not finished. A flag claimed without its file is a claim cut short: it is finished first. */
  async claimed(): Promise<Dropped[]> {
    const inWork = await files(this.#work);
    const flags = inWork.filter(file => file.name.endsWith('.ok')).map(file => file.name.slice(0, -3));
    for (const name of flags) {
      await this.#move(join(this.path, name), join(this.#work, name));
      await unlink(join(this.#work, flagOf(name)));
    }
    return (flags.length > 0 ? await files(this.#work) : inWork).sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
  }

  /** False when somebody else took it. The flag goes first, and with us: left behind, it would call the next file of that name whole. */
  async claim(name: string, ready: Ready): Promise<boolean> {
    if (ready !== 'flag') return this.#move(join(this.path, name), join(this.#work, name));
    for (const flag of flagsOf(name)) {
      if (!await this.#move(join(this.path, flag), join(this.#work, flagOf(name)))) continue;
      const taken = await this.#move(join(this.path, name), join(this.#work, name));
      await unlink(join(this.#work, flagOf(name)));
      return taken;
    }
    return false;
  }

  working(name: string): string { return join(this.#work, name); }

  /** The answer first, then the file: a file in `done` or `rejected` always has its answer beside it. */
  async settle(name: string, to: 'done' | 'rejected', answer: Uint8Array): Promise<void> {
    const free = await this.#freeName(to, name);
    const ack = `${free}.ack`;
    await writeFile(`${ack}.tmp`, answer);
    await rename(`${ack}.tmp`, ack);
    await rename(join(this.#work, name), free);
  }

  async #freeName(to: string, name: string): Promise<string> {
    for (let n = 1; ; n++) {
      const candidate = join(this.path, to, n === 1 ? name : `${name}.${n}`);
      if (!await exists(candidate)) return candidate;
    }
  }

  /** Never onto a file that is there: two files of one name are two messages. */
  async #move(from: string, to: string): Promise<boolean> {
    if (await exists(to)) return false;
    try { await rename(from, to); return true; } catch (error) { if (missing(error)) return false; throw error; }
  }
}

async function files(folder: string): Promise<Dropped[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(entries.filter(entry => entry.isFile()).map(async ({ name }): Promise<Dropped[]> => {
    try { const { size, mtimeMs } = await stat(join(folder, name)); return [{ name, size, mtimeMs }]; } catch (error) { if (missing(error)) return []; throw error; }
  }));
  return found.flat();
}
