import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FaultCode } from '../../domain/catalogue.ts';
import { finding } from '../../domain/finding.ts';
import { openDatabase, type Database } from '../../journal/sqlite/database.ts';
import { schemaOf } from '../../journal/sqlite/schema.ts';

/** A SQLite file that operators keep beside the journal. */
export interface Kept {
  /** Without `.sqlite`. */
  readonly name: 'audit' | 'accounts' | 'operations' | 'incidents';
  /** `steps[n]` takes schema n to n + 1; a new file starts at 0. A step that was delivered never changes. */
  readonly steps: readonly string[];
  /** Whether a power cut may cost nothing: else it may cost the last writes, never the file. */
  readonly durable: boolean;
  /** How long another process' write is waited for; 5 s unless said. */
  readonly lockMs?: number;
}

/** A file that this version must not read: one of another version. */
export class KeptFault extends Error {
  override readonly name = 'KeptFault';
  readonly code: FaultCode;
  readonly args: readonly string[];
  constructor(code: 'operate.file-newer' | 'operate.file-other', args: readonly string[]) {
    super(finding(code, '', ...args).text);
    this.code = code;
    this.args = args;
  }
}

export const keptFile = (folder: string, { name }: Pick<Kept, 'name'>): string => join(folder, `${name}.sqlite`);

/** Its tables and their columns, in order. */
const shapeOf = (db: Database): string =>
  db.statement<{ line: string }>("SELECT t.name || '.' || c.name AS line FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY t.name, c.cid").all().map(({ line }) => line).join('\n');
function shapeAfter(steps: readonly string[]): string {
  const db = openDatabase(':memory:', { readOnly: false, timeoutMs: 0 });
  try {
    for (const step of steps) db.exec(step);
    return shapeOf(db);
  } finally { db.close(); }
}

/**
 * The schema a file is at. Its number alone is not believed: a file whose tables are not those of that number was made by
 * something else, and reading it would tell wrong things of who did what. One of the first schema may have no number yet.
 * @throws KeptFault
 */
function schemaIn(db: Database, file: string, steps: readonly string[]): number {
  const version = schemaOf(db);
  if (version > steps.length) throw new KeptFault('operate.file-newer', [file, String(version), String(steps.length)]);
  const shape = shapeOf(db);
  const from = version === 0 && shape !== '' ? 1 : version;
  if (shape !== shapeAfter(steps.slice(0, from))) throw new KeptFault('operate.file-other', [file, String(version), String(steps.length)]);
  return from;
}

/** Opens the file, made at first, and brings it to the present schema: all of its steps or none. Its owner's only. @throws KeptFault, JournalFault */
export function openKept(folder: string, kept: Kept): Database {
  const file = keptFile(folder, kept);
  const isNew = !existsSync(file);
  const db = openDatabase(file, { readOnly: false, timeoutMs: kept.lockMs ?? 5000 });
  try {
    if (isNew) chmodSync(file, 0o600);
    // Looked at before anything is written to it.
    schemaIn(db, file, kept.steps);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${kept.durable ? 'FULL' : 'NORMAL'}; PRAGMA temp_store = MEMORY`);
    together(db, () => {
      for (const step of kept.steps.slice(schemaIn(db, file, kept.steps))) db.exec(step);
      db.exec(`PRAGMA user_version = ${kept.steps.length}`);
    });
    return db;
  } catch (error) { db.close(); throw error; }
}

/** Opened to be read only, at the present schema or an earlier one. @throws KeptFault, JournalFault */
function openChecked(path: string, file: string, { steps }: Kept): Database {
  const db = openDatabase(path, { readOnly: true, timeoutMs: 5000 });
  try { schemaIn(db, file, steps); return db; } catch (error) { db.close(); throw error; }
}
export const readKept = (folder: string, kept: Kept): Database => openChecked(keptFile(folder, kept), keptFile(folder, kept), kept);

/** Whether this version reads a copy that nobody writes to: nothing is made beside it, its folder may be read-only. @throws KeptFault, JournalFault */
export function checkCopy(file: string, kept: Kept): void { openChecked(`${pathToFileURL(file).href}?immutable=1`, file, kept).close(); }

/** All of it or nothing; two processes never do so at once. */
export function together<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try { const made = work(); db.exec('COMMIT'); return made; } catch (error) {
    if (db.inTransaction()) db.exec('ROLLBACK');
    throw error;
  }
}
