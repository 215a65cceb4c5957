import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change, DmpStatus, Entry, Registry, StoredAssociation, StoredLot } from './registry.ts';

type Line = Omit<Change, 'documents'> & { readonly documents?: readonly { readonly uniqueId: string; readonly file: string }[] };

/** VIHF and message ids are remembered this long; far more than any clock window. */
const remembered = 24 * 3_600_000;
const fileOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The record: in memory, and as a list of changes in a folder when one is given. */
export class Store implements Registry {
  readonly entries = new Map<string, Entry>();
  readonly #folder: string | null;
  readonly #lots = new Map<string, StoredLot>();
  readonly #documents = new Map<string, Buffer>();
  readonly #dmps = new Map<string, DmpStatus>();
  readonly #authorised = new Set<string>();
  readonly #assertions = new Map<string, number>();
  readonly #messages = new Map<string, number>();
  #associations: StoredAssociation[] = [];

  constructor(folder: string | null) {
    this.#folder = folder;
    if (folder === null) return;
    mkdirSync(join(folder, 'documents'), { recursive: true });
    if (!existsSync(this.#record)) return;
    let good = 0;
    for (const text of readFileSync(this.#record, 'utf8').split(/(?<=\n)/)) {
      let line: Line;
      // A line cut by a crash was never answered: it is taken away, so that the next one starts afresh.
      try { line = JSON.parse(text) as Line; } catch { truncateSync(this.#record, good); break; }
      good += Buffer.byteLength(text);
      const { documents = [], ...rest } = line;
      this.#apply({ ...rest, documents: documents.map(({ uniqueId, file }) => ({ uniqueId, bytes: readFileSync(join(folder, 'documents', file)) })) });
    }
  }

  get #record(): string { return join(this.#folder ?? '', 'record.jsonl'); }

  /** Kept first, then seen. */
  change(change: Change): void {
    if (this.#folder !== null) {
      const folder = this.#folder;
      const { documents, ...rest } = change;
      const kept = documents?.map(({ uniqueId, bytes }) => {
        const file = fileOf(bytes);
        writeFileSync(join(folder, 'documents', file), bytes);
        return { uniqueId, file };
      });
      appendFileSync(this.#record, `${JSON.stringify({ ...rest, ...(kept === undefined ? {} : { documents: kept }) })}\n`);
    }
    this.#apply(change);
  }

  #apply(change: Change): void {
    for (const entry of change.entries ?? []) this.entries.set(entry.entryUuid, entry);
    for (const lot of change.lots ?? []) this.#lots.set(lot.uniqueId, lot);
    this.#associations.push(...change.associations ?? []);
    for (const { uniqueId, bytes } of change.documents ?? []) this.#documents.set(uniqueId, bytes);
    if (change.dmp !== undefined) this.#dmps.set(change.dmp.ins, change.dmp.status);
    if (change.authorised !== undefined) this.#authorised[change.authorised.on ? 'add' : 'delete'](`${change.authorised.ins} ${change.authorised.structure}`);
    if (change.assertion !== undefined) this.#remember(this.#assertions, change.assertion);
    if (change.message !== undefined) this.#remember(this.#messages, change.message);
  }
  #remember(among: Map<string, number>, { id, at }: { readonly id: string; readonly at: number }): void {
    among.set(id, at);
    // In order of arrival: the oldest come first.
    for (const [old, seen] of among) { if (seen >= at - remembered) break; among.delete(old); }
  }

  byUniqueId(uniqueId: string): Entry[] { return [...this.entries.values()].filter((one) => one.uniqueId === uniqueId); }
  lot(uniqueId: string): StoredLot | null { return this.#lots.get(uniqueId) ?? null; }
  document(uniqueId: string): Buffer | null { return this.#documents.get(uniqueId) ?? null; }
  associations(): readonly StoredAssociation[] { return this.#associations; }
  dmp(ins: string): DmpStatus { return this.#dmps.get(ins) ?? 'open'; }
  authorised(ins: string, structure: string): boolean { return this.#authorised.has(`${ins} ${structure}`); }
  assertionSeen(id: string): boolean { return this.#assertions.has(id); }
  messageSeen(id: string): boolean { return this.#messages.has(id); }
  get lots(): number { return this.#lots.size; }

  clear(): void {
    this.entries.clear(); this.#lots.clear(); this.#documents.clear(); this.#dmps.clear(); this.#authorised.clear(); this.#assertions.clear(); this.#messages.clear();
    this.#associations = [];
    if (this.#folder !== null) { rmSync(this.#record, { force: true }); rmSync(join(this.#folder, 'documents'), { recursive: true, force: true }); mkdirSync(join(this.#folder, 'documents'), { recursive: true }); }
  }
}
