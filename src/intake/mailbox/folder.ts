import { mkdir, readdir, readFile, rename, stat, access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readyFiles, type Dropped } from '../folder/ready.ts';
import { MailboxFault, type MailboxDriver, type Settled, type WaitingMail } from './driver.ts';

const places: Readonly<Record<Settled, string>> = { done: 'done', kept: 'for-a-person', 'too-large': 'too-large' };
const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
const unusable = (error: unknown): never => { throw new MailboxFault('mailbox.unusable', (error as NodeJS.ErrnoException).code ?? '', { cause: error }); };

/** A folder of `.eml` files, for the sandbox and tests: each renamed into place whole, moved to a folder beside it once settled. */
export class FolderMailbox implements MailboxDriver {
  readonly #path: string;
  constructor(path: string) { this.#path = path; }

  async waiting(most: number): Promise<readonly WaitingMail[]> {
    try {
      for (const place of Object.values(places)) await mkdir(join(this.#path, place), { recursive: true });
      const names = (await readdir(this.#path, { withFileTypes: true })).filter((entry) => entry.isFile() && /\.eml$/i.test(entry.name)).map(({ name }) => name);
      const files = (await Promise.all(names.map((name) => this.#file(name)))).flat();
      return readyFiles(files, 'rename', new Map()).slice(0, most).map(({ name, size }) => ({ id: name, size }));
    } catch (error) { return unusable(error); }
  }

  async read({ id }: WaitingMail): Promise<Uint8Array | null> {
    try { return Uint8Array.from(await readFile(join(this.#path, id))); } catch (error) { return missing(error) ? null : unusable(error); }
  }

  async settle({ id }: WaitingMail, as: Settled): Promise<void> {
    try {
      for (let n = 1; ; n += 1) {
        const to = join(this.#path, places[as], n === 1 ? id : `${id}.${String(n)}`);
        // Two files of one name are two mails: never one onto the other.
        if (await access(to).then(() => true, () => false)) continue;
        await rename(join(this.#path, id), to);
        return;
      }
    } catch (error) { if (!missing(error)) unusable(error); }
  }

  async changed(ms: number, signal: AbortSignal): Promise<void> { await wait(ms, undefined, { signal }).catch(() => undefined); }
  reset(): void { /* nothing is held open */ }
  async close(): Promise<void> { return Promise.resolve(); }

  async #file(name: string): Promise<Dropped[]> {
    try { const { size, mtimeMs } = await stat(join(this.#path, name)); return [{ name, size, mtimeMs }]; } catch (error) { if (missing(error)) return []; throw error; }
  }
}
