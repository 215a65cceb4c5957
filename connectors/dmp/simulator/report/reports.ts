import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';

/** The reports of past requests: all of them in a folder when one is given, the last thousand in memory otherwise. */
export class Reports {
  readonly #folder: string | null;
  readonly #kept = new Map<string, Report>();
  #rank = 0;

  constructor(folder: string | null) {
    this.#folder = folder === null ? null : join(folder, 'reports');
    if (this.#folder === null) return;
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder).filter((one) => /^[0-9]{6,}\.json$/.test(one)).sort()) {
      const one = JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as Report;
      this.#kept.set(one.id, one);
      this.#rank = Math.max(this.#rank, Number(one.id));
    }
  }
  next(): number { return ++this.#rank; }
  add(one: Report): void {
    this.#kept.set(one.id, one);
    if (this.#folder !== null) { writeFileSync(join(this.#folder, `${one.id}.json`), JSON.stringify(one)); return; }
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > 1000 && oldest !== undefined) this.#kept.delete(oldest);
  }
  get(id: string): Report | null { return this.#kept.get(id) ?? null; }
  /** Newest first. */
  list(): Report[] { return [...this.#kept.values()].reverse(); }
  clear(): void {
    this.#kept.clear();
    if (this.#folder !== null && existsSync(this.#folder)) { rmSync(this.#folder, { recursive: true }); mkdirSync(this.#folder); }
  }
}
