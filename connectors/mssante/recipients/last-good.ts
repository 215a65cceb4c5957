import { copyFile, rename, rm, stat } from 'node:fs/promises';
import type { FaultCode } from '../../../src/domain/catalogue.ts';

/** Tells an operator, once for each file that is not taken. */
export type Alarm = (fault: FaultCode, detail: string) => void;

export interface ListKind<T> {
  /** @throws anything: the file is then not taken */
  read(path: string): Promise<T>;
  /** Why it is not taken in place of the good one; null when it is. */
  refusal(found: T, good: T | null): FaultCode | null;
  readonly unreadable: FaultCode;
  close(list: T): Promise<void>;
}

/** One look at a file at a time: several destinations may use the same one, and its candidate has one name. */
const looks = new Map<string, Promise<void>>();

/**
 * A list that somebody else downloads, by path. A new one is copied, read and judged; the last good one is used, and kept
 * beside it (`.good`) for the next start. What is wrong with a new one never takes the good one away.
 */
export class LastGood<T> {
  readonly #path: string;
  readonly #kind: ListKind<T>;
  readonly #everyMs: number;
  readonly #alarm: Alarm;
  #good: T | null = null;
  /** Who was given it just before may still be reading in it: closed when the next one comes. */
  #previous: T | null = null;
  #seen = '';
  #looked = -Infinity;
  #looking: Promise<void> | null = null;

  constructor(path: string, kind: ListKind<T>, everyMs: number, alarm: Alarm) { this.#path = path; this.#kind = kind; this.#everyMs = everyMs; this.#alarm = alarm; }

  /** The list to use at this moment (any clock in ms); null when there never was a good one. */
  async current(now: number): Promise<T | null> {
    if (this.#good === null || now - this.#looked >= this.#everyMs) {
      this.#looked = now;
      this.#looking ??= this.#inTurn().finally(() => { this.#looking = null; });
      await this.#looking;
    }
    return this.#good;
  }
  async close(): Promise<void> {
    for (const list of [this.#previous, this.#good]) if (list !== null) await this.#kind.close(list);
  }

  async #inTurn(): Promise<void> {
    const before = looks.get(this.#path) ?? Promise.resolve();
    const mine = before.then(() => this.#look());
    const ended = mine.catch(() => undefined);
    looks.set(this.#path, ended);
    try { await mine; } finally { if (looks.get(this.#path) === ended) looks.delete(this.#path); }
  }

  async #look(): Promise<void> {
    this.#good ??= await this.#kind.read(`${this.#path}.good`).catch(() => null);
    const found = await stat(this.#path).then(({ size, mtimeMs, ino }) => `${String(ino)}/${String(size)}/${String(mtimeMs)}`, () => 'absent');
    if (found === this.#seen) return;
    this.#seen = found;
    if (found === 'absent') { this.#alarm(this.#kind.unreadable, 'ENOENT'); return; }
    const candidate = `${this.#path}.candidate`;
    try {
      await copyFile(this.#path, candidate);
      const list = await this.#kind.read(candidate);
      const refusal = this.#kind.refusal(list, this.#good);
      if (refusal !== null) {
        this.#alarm(refusal, '');
        await this.#kind.close(list);
        return;
      }
      await rename(candidate, `${this.#path}.good`);
      const old = this.#previous;
      this.#previous = this.#good;
      this.#good = list;
      if (old !== null) await this.#kind.close(old);
    } catch (error) {
      const { detail, code } = error as { detail?: string; code?: string };
      this.#alarm(this.#kind.unreadable, detail ?? code ?? (error instanceof Error ? error.name : ''));
    } finally { await rm(candidate, { force: true }); }
  }
}
