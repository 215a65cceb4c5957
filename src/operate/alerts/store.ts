import { existsSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import type { Database } from '../../journal/sqlite/database.ts';
import { keptFile, openKept, together, type Kept } from '../kept/open.ts';
import type { DiskSample } from './disk-forecast.ts';
import type { Facts, Incident, Kind, Severity, Subject } from './incident.ts';
import type { Maintenance } from './maintenance.ts';
import type { Notice, NoticeState, What } from './notice.ts';
import type { Quarter } from './local-quarter.ts';

const version1 = `
CREATE TABLE incident(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject_kind TEXT NOT NULL, subject TEXT NOT NULL, severity TEXT NOT NULL, measure REAL NOT NULL, facts TEXT NOT NULL, worst TEXT NOT NULL,
  opened_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, closed_at INTEGER, ack_by TEXT, ack_at INTEGER, ack_note TEXT);
CREATE UNIQUE INDEX incident_open ON incident(kind, subject_kind, subject) WHERE closed_at IS NULL;
CREATE INDEX incident_opened ON incident(opened_at, id);
CREATE TABLE notice(
  incident TEXT NOT NULL, what TEXT NOT NULL, severity TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, made_at INTEGER NOT NULL,
  tries INTEGER NOT NULL, next_at INTEGER NOT NULL, PRIMARY KEY(incident, what, severity, channel)) WITHOUT ROWID;
CREATE TABLE maintenance(id TEXT PRIMARY KEY, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, kinds TEXT NOT NULL, subjects TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL);
CREATE TABLE traffic(source TEXT NOT NULL, quarter INTEGER NOT NULL, messages INTEGER NOT NULL, PRIMARY KEY(source, quarter)) WITHOUT ROWID;
CREATE TABLE disk(at INTEGER PRIMARY KEY, free REAL NOT NULL);
`;

interface IncidentRow {
  readonly id: string; readonly kind: string; readonly subject_kind: string; readonly subject: string; readonly severity: string; readonly measure: number; readonly facts: string; readonly worst: string;
  readonly opened_at: number; readonly seen_at: number; readonly closed_at: number | null; readonly ack_by: string | null; readonly ack_at: number | null; readonly ack_note: string | null;
}
interface NoticeRow { readonly incident: string; readonly what: string; readonly severity: string; readonly channel: string; readonly state: string; readonly at: number; readonly made_at: number; readonly tries: number; readonly next_at: number }

const incidentOf = (row: IncidentRow): Incident => ({
  id: row.id, kind: row.kind as Kind, subject: { kind: row.subject_kind as Subject['kind'], name: row.subject }, severity: row.severity as Severity, measure: row.measure,
  facts: JSON.parse(row.facts) as Facts, worst: JSON.parse(row.worst) as Facts, openedAt: row.opened_at, seenAt: row.seen_at, closedAt: row.closed_at,
  acknowledged: row.ack_by === null || row.ack_at === null ? null : { by: row.ack_by, at: row.ack_at, note: row.ack_note ?? '' },
});
const noticeOf = (row: NoticeRow): Notice => ({
  incident: row.incident, what: row.what as What, severity: row.severity as Severity, channel: row.channel, state: row.state as NoticeState, at: row.at, madeAt: row.made_at, tries: row.tries, nextAt: row.next_at,
});

/** What may be asked of the incidents kept. `before`: opened before this one. */
export interface IncidentFilter { readonly state?: 'open' | 'closed'; readonly kind?: Kind; readonly object?: string; readonly before?: { readonly openedAt: number; readonly id: string } }

export interface Changed {
  readonly incidents: readonly Incident[]; readonly notices: readonly Notice[];
  readonly traffic: readonly { readonly source: string; readonly rows: readonly (readonly [Quarter, number])[] }[]; readonly disk: readonly DiskSample[];
}
/** What alerts keep on the disk, in a file of its own: it holds nothing of a message. */
export interface AlertStore {
  open(): Incident[];
  /** Newest first. */
  incidents(filter: IncidentFilter, limit: number): Incident[];
  incident(id: string): Incident | null;
  notices(incident: string): Notice[];
  /** Not sent yet, oldest first. */
  waiting(): Notice[];
  windows(): Maintenance[];
  addWindow(window: Maintenance): void;
  endWindow(id: string): void;
  traffic(source: string): (readonly [Quarter, number])[];
  disk(since: number): DiskSample[];
  /** All or nothing. */
  save(changed: Changed): void;
  /** Forgets incidents closed, windows over and disk samples older than `before`; traffic before its quarter. */
  forget(before: number, beforeQuarter: Quarter, diskBefore: number): void;
  close(): void;
}

/** A look waits a second at most for another's. */
export const incidentsFile: Kept = { name: 'incidents', steps: [version1], durable: false, lockMs: 1000 };

/** Opens the file, made at first. One of another version is refused (KeptFault). A damaged one is put aside under another name, told to `damaged`, and begun anew: a gateway must not stop for it. */
export function openAlertStore(folder: string, now: number, damaged: (aside: string) => void): AlertStore {
  try { return storeOn(openKept(folder, incidentsFile)); } catch (error) {
    if ((error as { code?: unknown }).code !== 'journal.corrupt') throw error;
    const file = keptFile(folder, incidentsFile);
    const aside = `${file}.damaged-${now}`;
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    damaged(basename(aside));
    return storeOn(openKept(folder, incidentsFile));
  }
}

function storeOn(db: Database): AlertStore {
  const all = <R extends object>(sql: string, ...values: (string | number | null)[]): R[] => db.statement<R>(sql).all(...values);
  const within = (work: () => void): void => { together(db, work); };
  const saveIncident = ({ id, kind, subject, severity, measure, facts, worst, openedAt, seenAt, closedAt, acknowledged: ack }: Incident): void => {
    db.statement(`INSERT INTO incident(id, kind, subject_kind, subject, severity, measure, facts, worst, opened_at, seen_at, closed_at, ack_by, ack_at, ack_note) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT(id) DO UPDATE SET severity = excluded.severity, measure = excluded.measure, facts = excluded.facts, worst = excluded.worst, seen_at = excluded.seen_at, closed_at = excluded.closed_at,
        ack_by = excluded.ack_by, ack_at = excluded.ack_at, ack_note = excluded.ack_note`)
      .run(id, kind, subject.kind, subject.name, severity, measure, JSON.stringify(facts), JSON.stringify(worst), openedAt, seenAt, closedAt, ack?.by ?? null, ack?.at ?? null, ack?.note ?? null);
  };
  const saveNotice = (one: Notice): void => {
    db.statement('INSERT OR REPLACE INTO notice(incident, what, severity, channel, state, at, made_at, tries, next_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(one.incident, one.what, one.severity, one.channel, one.state, one.at, one.madeAt, one.tries, one.nextAt);
  };
  return {
    open: () => all<IncidentRow>('SELECT * FROM incident WHERE closed_at IS NULL').map(incidentOf),
    incidents: ({ state, kind, object, before }, limit) => all<IncidentRow>(
      `SELECT * FROM incident WHERE (? IS NULL OR (closed_at IS NULL) = ?) AND (? IS NULL OR kind = ?) AND (? IS NULL OR subject = ?) AND (opened_at, id) < (?, ?) ORDER BY opened_at DESC, id DESC LIMIT ?`,
      state ?? null, state === 'open' ? 1 : 0, kind ?? null, kind ?? null, object ?? null, object ?? null, before?.openedAt ?? Number.MAX_SAFE_INTEGER, before?.id ?? '', limit).map(incidentOf),
    incident: (id) => all<IncidentRow>('SELECT * FROM incident WHERE id = ?', id).map(incidentOf)[0] ?? null,
    notices: (incident) => all<NoticeRow>('SELECT * FROM notice WHERE incident = ? ORDER BY made_at, what', incident).map(noticeOf),
    waiting: () => all<NoticeRow>(`SELECT * FROM notice WHERE state = 'waiting' ORDER BY made_at`).map(noticeOf),
    windows: () => all<{ id: string; from_at: number; until_at: number; kinds: string; subjects: string; reason: string; actor: string }>('SELECT * FROM maintenance ORDER BY from_at, id').map((row) => ({
      id: row.id, from: row.from_at, until: row.until_at, kinds: JSON.parse(row.kinds) as Kind[], subjects: JSON.parse(row.subjects) as Subject[], reason: row.reason, by: row.actor,
    })),
    addWindow: ({ id, from, until, kinds, subjects, reason, by }) => { db.statement('INSERT INTO maintenance(id, from_at, until_at, kinds, subjects, reason, actor) VALUES(?, ?, ?, ?, ?, ?, ?)').run(id, from, until, JSON.stringify(kinds), JSON.stringify(subjects), reason, by); },
    endWindow: (id) => { db.statement('DELETE FROM maintenance WHERE id = ?').run(id); },
    traffic: (source) => all<{ quarter: number; messages: number }>('SELECT quarter, messages FROM traffic WHERE source = ? ORDER BY quarter', source).map(({ quarter, messages }) => [quarter, messages] as const),
    disk: (since) => all<DiskSample>('SELECT at, free FROM disk WHERE at >= ? ORDER BY at', since),
    save: ({ incidents, notices, traffic, disk }) => {
      if (incidents.length + notices.length + disk.length === 0 && traffic.every(({ rows }) => rows.length === 0)) return;
      within(() => {
        // Ends first: a matter that comes back at the same look is another incident.
        for (const one of [...incidents].sort((a, b) => Number(a.closedAt === null) - Number(b.closedAt === null))) saveIncident(one);
        for (const one of notices) saveNotice(one);
        for (const { source, rows } of traffic) for (const [quarter, messages] of rows) db.statement('INSERT OR REPLACE INTO traffic(source, quarter, messages) VALUES(?, ?, ?)').run(source, quarter, messages);
        for (const { at, free } of disk) db.statement('INSERT OR REPLACE INTO disk(at, free) VALUES(?, ?)').run(at, free);
      });
    },
    forget: (before, beforeQuarter, diskBefore) => within(() => {
      db.statement('DELETE FROM notice WHERE incident IN (SELECT id FROM incident WHERE closed_at < ?)').run(before);
      db.statement('DELETE FROM incident WHERE closed_at < ?').run(before);
      db.statement('DELETE FROM maintenance WHERE until_at < ?').run(before);
      db.statement('DELETE FROM traffic WHERE quarter < ?').run(beforeQuarter);
      db.statement('DELETE FROM disk WHERE at < ?').run(diskBefore);
    }),
    close: () => { db.close(); },
  };
}
