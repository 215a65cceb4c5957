import type { Database } from '../../journal/sqlite/database.ts';
import { JournalFault } from '../../journal/journal.ts';
import type { AuditRow } from '../api/contract/audit.ts';
import { AuditFault, type Audit, type AuditEntry, type AuditFilter } from './audit.ts';
import { openKept, together, type Kept } from '../kept/open.ts';
import { ChainWalk, hashOf, noHash, type Head } from './chain.ts';

/** Where the end of the chain is kept apart from it. `read` null: nothing is kept. */
export interface Anchor { read(): Promise<Head | null>; write(head: Head): Promise<void> }

/** Rows are added at the end and never touched: the file itself refuses, and the chain shows who went around it. */
const version1 = `
CREATE TABLE entry(
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, role TEXT, organisation TEXT, address TEXT, act TEXT NOT NULL,
  objects TEXT NOT NULL, reason TEXT, outcome TEXT NOT NULL, fault TEXT, begun INTEGER, previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX entry_begun ON entry(begun) WHERE begun IS NOT NULL;
CREATE TRIGGER entry_follows BEFORE INSERT ON entry WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry) BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END;
`;
/** A command writes while the gateway does: each waits for the other's row. */
export const auditFile: Kept = { name: 'audit', steps: [version1], durable: true };
type Stored = Omit<AuditRow, 'objects'> & { readonly objects: string };
const rowOf = ({ objects, ...rest }: Stored): AuditRow => ({ ...rest, objects: JSON.parse(objects) as AuditRow['objects'] });
const columns = 'seq, at, who, role, organisation, address, act, objects, reason, outcome, fault, begun, previous, hash';
/** The beginning of an act whose end is there tells nothing more. */
const told = " AND NOT (outcome = 'begun' AND EXISTS (SELECT 1 FROM entry AS later WHERE later.begun = entry.seq))";
/** Rows looked at for one page of a filtered list: the main thread must not be held up. */
const mostLooked = 20_000;
const verifiedAtOnce = 500;

function kept<T>(work: () => T): T {
  try { return work(); } catch (error) {
    if (error instanceof JournalFault) throw new AuditFault(error.message, { cause: error });
    throw error;
  }
}

/** In one transaction, so that two processes never take the same number. */
const locked = <T>(db: Database, work: () => T): T => kept(() => together(db, work));

/** SQLite ends a text at U+0000 and keeps no half of a surrogate pair: what is hashed must be what is read back. */
const text = (value: string): string => value.replaceAll('\u0000', '\uFFFD').toWellFormed();
const textOrNull = (value: string | null): string | null => (value === null ? null : text(value));
const wellFormed = (one: AuditEntry): AuditEntry => ({
  ...one, who: text(one.who), organisation: textOrNull(one.organisation), address: textOrNull(one.address), act: text(one.act), reason: textOrNull(one.reason),
  objects: Object.fromEntries(Object.entries(one.objects).map(([name, value]) => [text(name), text(value)])),
});

/** What a filter asks, as SQL. */
function where({ who, act, outcome, message, from, to }: AuditFilter): { readonly sql: string; readonly values: (string | number)[] } {
  const parts: [string, string | number | undefined][] = [['who = ?', who], ['act = ?', act], ['outcome = ?', outcome], ["json_extract(objects, '$.message') = ?", message], ['at >= ?', from], ['at <= ?', to]];
  const asked = parts.filter((one): one is [string, string | number] => one[1] !== undefined);
  return { sql: asked.map(([part]) => ` AND ${part}`).join(''), values: asked.map(([, value]) => value) };
}

/**
 * The audit log of a data folder, `audit.sqlite`: several processes may have it open.
 * @param secret of the rows' hashes. @param anchor null: another process looks after it. @throws AuditFault
 */
export function openAudit(folder: string, clock: () => number, secret: Uint8Array, anchor: Anchor | null = null): Audit {
  const db = kept(() => openKept(folder, auditFile));
  const last = (): Head => db.statement<{ seq: number; hash: string }>('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1').get() ?? { seq: 0, hash: noHash };
  const insert = (row: AuditRow): void => {
    db.statement(`INSERT INTO entry(${columns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(row.seq, row.at, row.who, row.role, row.organisation, row.address, row.act, JSON.stringify(row.objects), row.reason, row.outcome, row.fault, row.begun, row.previous, row.hash);
  };
  const next = (entry: AuditEntry, begun: number | null): AuditRow => {
    const { seq, hash: previous } = last();
    const row = { ...wellFormed(entry), seq: seq + 1, at: clock(), begun, previous };
    return { ...row, hash: hashOf(secret, row) };
  };
  const added = (entry: AuditEntry, begun: number | null): AuditRow => locked(db, () => { const row = next(entry, begun); insert(row); return row; });
  const underWay = new Set<number>();
  return {
    begin: (entry) => {
      const { seq } = added({ ...entry, outcome: 'begun', fault: null }, null);
      underWay.add(seq);
      return seq;
    },
    write: (entry, begun = null) => {
      // Whether or not its end can be written, the act is not under way any more.
      if (begun !== null) underWay.delete(begun);
      return added(entry, begun);
    },
    list: (filter, limit) => kept(() => {
      const before = filter.cursor ?? last().seq + 1;
      const { sql, values } = where(filter);
      const floor = Math.max(0, before - mostLooked);
      const rows = db.statement<Stored>(`SELECT ${columns} FROM entry WHERE seq < ? AND seq >= ?${told}${sql} ORDER BY seq DESC LIMIT ?`).all(before, floor, ...values, limit);
      const reached = rows.length === limit ? rows.at(-1)?.seq ?? 1 : floor;
      return { rows: rows.map(rowOf), next: reached > 1 ? reached : null };
    }),
    verify: async () => {
      const walk = new ChainWalk(secret, anchor === null ? null : await anchor.read() ?? 'missing');
      for (let after = 0; ;) {
        const rows = kept(() => db.statement<Stored>(`SELECT ${columns} FROM entry WHERE seq > ? ORDER BY seq LIMIT ?`).all(after, verifiedAtOnce));
        for (const row of rows) { walk.take(rowOf(row)); after = row.seq; }
        if (rows.length < verifiedAtOnce) return walk.end(underWay);
        await new Promise((go) => { setImmediate(go); });
      }
    },
    anchor: async () => {
      if (anchor === null) return null;
      const head = kept(last);
      const before = await anchor.read();
      // Rows that no anchor knows are never given one: whoever took the first away would have the log for their own. Only what goes
      // on from the known head takes its place: a chain cut short or made anew must stay seen by `verify`.
      const goesOn = before === null ? head.seq === 0 : before.seq === 0 || kept(() => db.statement<{ hash: string }>('SELECT hash FROM entry WHERE seq = ?').get(before.seq))?.hash === before.hash;
      if (!goesOn || (before !== null && head.seq <= before.seq)) return null;
      await anchor.write(head);
      return head;
    },
    close: () => { db.close(); },
  };
}
