import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { journalFault, type JournalCode } from '../fault.ts';
import { JournalFault } from '../journal.ts';

/** A value SQLite may hold; never undefined, never a Date (node:sqlite takes a Date as named parameters). */
export type Value = null | number | string | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** A prepared statement that refuses what node:sqlite would silently turn to NULL: missing and undefined values. */
export interface Statement<R extends object> {
  /** Number of rows changed. */
  run(...values: Value[]): number;
  get(...values: Value[]): R | undefined;
  all(...values: Value[]): R[];
  iterate(...values: Value[]): Iterable<R>;
}

export interface Database {
  /** Prepared at first use, once per text. */
  statement<R extends object = Row>(sql: string): Statement<R>;
  exec(sql: string): void;
  inTransaction(): boolean;
  /** Every text prepared so far; the query plan test reads it. */
  texts(): readonly string[];
  readonly raw: DatabaseSync;
  close(): void;
}

export function openDatabase(file: string, options: { readOnly: boolean; timeoutMs: number }): Database {
  const raw = translated(() => new DatabaseSync(file, { readOnly: options.readOnly, timeout: options.timeoutMs, enableForeignKeyConstraints: false }));
  const known = new Map<string, Statement<object>>();
  return {
    raw,
    statement: <R extends object>(sql: string) => {
      const found = known.get(sql) ?? checked(raw, sql);
      known.set(sql, found);
      return found as Statement<R>;
    },
    exec: (sql) => translated(() => raw.exec(sql)),
    inTransaction: () => raw.isTransaction,
    texts: () => [...known.keys()],
    close: () => translated(() => raw.close()),
  };
}

/**
 * SQLite looks at the value of a bare `LIMIT ?` to choose its plan, and so prepares the statement anew at each binding (since
 * 3.47; there is no way to tell it not to through node:sqlite). A sum it does not look into.
 */
const plannedOnce = (sql: string): string => sql.replaceAll('LIMIT ?', 'LIMIT ? + 0');

function checked(raw: DatabaseSync, sql: string): Statement<object> {
  const arity = sql.split('?').length - 1;
  let prepared: StatementSync | null = null;
  const use = <T>(values: Value[], call: (statement: StatementSync, values: SQLInputValue[]) => T): T => {
    if (values.length !== arity) throw journalFault('journal.misuse', `${values.length} values for ${arity} places in: ${sql}`);
    for (const value of values) {
      if (value === undefined as unknown || (value !== null && typeof value === 'object' && !(value instanceof Uint8Array))) {
        throw journalFault('journal.misuse', `a value that SQLite cannot hold in: ${sql}`);
      }
    }
    return translated(() => call(prepared ??= raw.prepare(plannedOnce(sql)), values));
  };
  return {
    run: (...values) => use(values, (statement, given) => Number(statement.run(...given).changes)),
    get: (...values) => use(values, (statement, given) => statement.get(...given)),
    all: (...values) => use(values, (statement, given) => statement.all(...given)),
    iterate: (...values) => use(values, (statement, given) => statement.iterate(...given) as Iterable<object>),
  };
}

/** Primary result codes (sqlite.org/rescode.html) that say something of the disk or the file, not of one operation. */
const codes: Readonly<Record<number, JournalCode>> = {
  5: 'journal.locked', 8: 'journal.read-only', 10: 'journal.io', 11: 'journal.corrupt', 13: 'journal.disk-full', 14: 'journal.io', 26: 'journal.corrupt',
};
/** SQLITE_IOERR_READ and SHORT_READ: a part of the file is gone, which concerns only who reads it. */
const unreadable: ReadonlySet<number> = new Set([266, 522]);

/** Runs and turns SQLite's errors into JournalFaults; others pass unchanged. */
export function translated<T>(work: () => T): T {
  try { return work(); } catch (error) {
    const errcode = typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;
    if (errcode === null) throw error;
    const code = unreadable.has(errcode) ? 'journal.corrupt' : codes[errcode & 0xff] ?? 'journal.misuse';
    throw journalFault(code, `SQLite ${errcode}`, { cause: error });
  }
}

const ofTheDisk: ReadonlySet<string> = new Set(['journal.locked', 'journal.read-only', 'journal.io', 'journal.disk-full']);
/** The disk is at fault, not the operation: nothing of the transaction may be acknowledged. */
export const isOfTheDisk = (error: unknown): boolean => error instanceof JournalFault && ofTheDisk.has(error.code);
