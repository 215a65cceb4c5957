import { copyFile, rename, rm, stat } from 'node:fs/promises';
import type { FaultCode } from '../../../src/domain/catalogue.ts';
import { Download, NotBrought, type DownloadSettings } from './download.ts';

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

/** A server that gives nothing is not asked for each mail. */
const leastMs = 60_000;
/** One bringing of a file at a time, whoever asks. */
const bringing = new Map<string, Promise<void>>();

/** One look at a file at a time: several destinations may use the same one, and its candidate has one name. */
const looks = new Map<string, Promise<void>>();

/**
 * A list by path, downloaded by somebody else or brought here from where it is published. A new one is copied, read and judged; the last good one is used, and kept
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
  readonly #download: Download | null;
  #notBrought = '';
  #broughtAt = -Infinity;
  #bringing: Promise<void> | null = null;
  #broughtNew = false;
  #closed = false;

  /** `from`: where it is brought from, as often as it is looked at; null when somebody else puts it there. */
  constructor(path: string, kind: ListKind<T>, everyMs: number, alarm: Alarm, from: Omit<DownloadSettings, 'path'> | null = null) {
    this.#path = path;
    this.#kind = kind;
    this.#everyMs = everyMs;
    this.#alarm = alarm;
    this.#download = from === null ? null : new Download({ ...from, path });
  }

  /** The list to use at this moment (any clock in ms); null when there never was a good one. */
  async current(now: number): Promise<T | null> {
    const due = this.#good === null || now - this.#looked >= this.#everyMs;
    if (due || this.#broughtNew) {
      this.#looked = now;
      this.#broughtNew = false;
      await this.#lookOnce();
    }
    // Nobody waits for a download while there is a good list: what it brings is looked at by the next who asks.
    if (due && this.#download !== null && now - this.#broughtAt >= Math.min(this.#everyMs, leastMs)) {
      this.#broughtAt = now;
      this.#bringing = this.#bring(this.#download).finally(() => { this.#bringing = null; });
    }
    if (this.#good === null && this.#bringing !== null) {
      await this.#bringing;
      await this.#lookOnce();
    }
    return this.#good;
  }
  async close(): Promise<void> {
    this.#closed = true;
    this.#download?.close();
    await this.#bringing;
    await this.#looking;
    for (const list of [this.#previous, this.#good]) if (list !== null) await this.#kind.close(list);
  }

  /** Told once for each thing that is wrong; the good list stays in use. Never rejects. */
  async #bring(download: Download): Promise<void> {
    const mine = bringing.get(this.#path) ?? download.bring().then(() => undefined).finally(() => { bringing.delete(this.#path); });
    bringing.set(this.#path, mine);
    try {
      await mine;
      this.#notBrought = '';
      this.#broughtNew = true;
    } catch (error) {
      if (this.#closed) return;
      const detail = error instanceof NotBrought ? error.detail : '';
      if (detail !== this.#notBrought) this.#alarm('recipients.not-brought', detail);
      this.#notBrought = detail;
    }
  }

  /** One look at a time, shared by who asks meanwhile. */
  #lookOnce(): Promise<void> {
    this.#looking ??= this.#inTurn().finally(() => { this.#looking = null; });
    return this.#looking;
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
    if (found === 'absent') { if (this.#download === null) this.#alarm(this.#kind.unreadable, 'ENOENT'); return; }
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
