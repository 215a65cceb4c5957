import { journalFault } from '../fault.ts';
import type { Database } from './database.ts';

/** Delivery states as stored; below 4 they are not final. */
export const stateNumbers = { waiting: 0, sending: 1, submitted: 2, held: 3, delivered: 4, refused: 5, abandoned: 6 } as const;
/** Dispositions as stored; 0 and 1 are still in the pipeline or kept for a person. */
export const dispositionNumbers = { pipeline: 0, quarantined: 1, planned: 2, rejected: 3, consumed: 4 } as const;

/**
 * Columns that end in `_ref` are places of sealed bytes (ref.ts). What a patient could be known by is sealed or hashed; the
 * plain columns are ids, times, states and codes. Partial indexes keep dispatch independent of what is already final.
 */
const version1 = `
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE key_check(kind TEXT NOT NULL, version INTEGER NOT NULL, proof BLOB NOT NULL, PRIMARY KEY(kind, version)) WITHOUT ROWID;

CREATE TABLE message(
  seq INTEGER PRIMARY KEY, trace TEXT NOT NULL, source TEXT NOT NULL, received_at INTEGER NOT NULL, planned_at INTEGER,
  format TEXT NOT NULL, type TEXT NOT NULL, disposition INTEGER NOT NULL, ack TEXT, size INTEGER NOT NULL,
  facts_up_to INTEGER NOT NULL, crashes INTEGER NOT NULL, repeats INTEGER NOT NULL, recipe INTEGER NOT NULL, forgotten INTEGER NOT NULL, lane INTEGER,
  bytes_ref BLOB, head_ref BLOB, ack_ref BLOB, bundle_ref BLOB, record_ref BLOB, keys_ref BLOB, hashes BLOB NOT NULL, kept BLOB);
CREATE UNIQUE INDEX message_trace ON message(trace);
CREATE INDEX message_received ON message(received_at);
CREATE INDEX message_pipeline ON message(seq) WHERE disposition = 0;
CREATE INDEX message_unkept ON message(received_at) WHERE forgotten = 0;
CREATE TABLE search(hash BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(hash, seq)) WITHOUT ROWID;

CREATE TABLE delivery(
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, destination TEXT NOT NULL, system TEXT NOT NULL, action TEXT NOT NULL,
  recipient TEXT, lane INTEGER NOT NULL, state INTEGER NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT NULL, not_before INTEGER NOT NULL,
  deadline INTEGER, notice_until INTEGER, in_doubt INTEGER NOT NULL, facts_up_to INTEGER NOT NULL,
  planned_at INTEGER NOT NULL, begun_at INTEGER,
  series BLOB, correlation TEXT, remote_id TEXT, planned_ref BLOB, envelope_ref BLOB, answers_ref BLOB);
CREATE INDEX delivery_undelivered ON delivery(destination, state, id) WHERE state <> 4;
CREATE INDEX delivery_lane ON delivery(destination, lane, recipient, id) WHERE state = 0;
CREATE INDEX delivery_held ON delivery(lane, id) WHERE state = 3;
CREATE INDEX delivery_notice ON delivery(notice_until) WHERE state = 2;
CREATE INDEX delivery_series ON delivery(destination, series, id) WHERE state < 4 AND series IS NOT NULL;
CREATE INDEX delivery_correlation ON delivery(correlation) WHERE correlation IS NOT NULL;
CREATE TABLE attempt(
  delivery INTEGER NOT NULL, n INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT, fault TEXT, raw_ref BLOB,
  PRIMARY KEY(delivery, n)) WITHOUT ROWID;

CREATE TABLE fact(id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE fact_key(hash BLOB NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY(hash, fact)) WITHOUT ROWID;
CREATE TABLE identity(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, lane INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE lane(id INTEGER PRIMARY KEY, root INTEGER NOT NULL, fact_seq INTEGER NOT NULL);
CREATE INDEX lane_root ON lane(root);

CREATE TABLE segment(id INTEGER PRIMARY KEY, users INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE payload(id INTEGER PRIMARY KEY, hash BLOB NOT NULL, size INTEGER NOT NULL, users INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE INDEX payload_hash ON payload(hash);
CREATE TABLE document(seq INTEGER NOT NULL, name TEXT NOT NULL, ref BLOB NOT NULL, PRIMARY KEY(seq, name)) WITHOUT ROWID;
CREATE TABLE event(
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, delivery INTEGER, at INTEGER NOT NULL, stage TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX event_message ON event(seq);
`;

/** The kill switches of destinations, by people: the last act of each is its state. */
const version2 = `
CREATE TABLE destination_switch(
  id INTEGER PRIMARY KEY, destination TEXT NOT NULL, paused INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL);
`;

/** The documents of a delivery beyond its first, which alone stands in its row: only what carries several costs more rows. */
const version3 = `
CREATE TABLE delivery_document(destination TEXT NOT NULL, hash BLOB NOT NULL, delivery INTEGER NOT NULL, PRIMARY KEY(destination, hash, delivery)) WITHOUT ROWID;
CREATE INDEX document_delivery ON delivery_document(delivery);
`;

/** What the fault of an attempt is about: codes and places, the partner's own code. Sealed, as a partner may put anything in its codes. */
const version4 = 'ALTER TABLE attempt ADD COLUMN said_ref BLOB;';

/** Small texts that other parts leave with the journal, so that they go and come back with it. */
const version5 = 'CREATE TABLE kept(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;';

/** Who is told how a delivery ends besides who sent it first: messages that came with the same documents while it was open. */
const version6 = 'CREATE TABLE asker(delivery INTEGER NOT NULL, seq INTEGER NOT NULL, asker_ref BLOB, PRIMARY KEY(delivery, seq)) WITHOUT ROWID;';

/** What an operator must find among millions: an ordinary message is in no such index. */
const version7 = 'CREATE INDEX message_quarantined ON message(seq) WHERE disposition = 1;';

/**
 * The search index of what came in before the newest messages: runs (docs/decisions/0009). Rows of `search` from before stay where they
 * are; `search.upTo` is where runs begin.
 */
const version8 = `
CREATE TABLE search_run(first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE search_leaf(run INTEGER NOT NULL, least BLOB NOT NULL, entries BLOB NOT NULL, PRIMARY KEY(run, least)) WITHOUT ROWID;
INSERT INTO counter(name, value) SELECT 'search.upTo', coalesce(max(seq), 0) FROM message;
`;

/** `migrations[n]` takes a journal of schema n to n + 1; a new file starts at 0. */
export const migrations: readonly string[] = [version1, version2, version3, version4, version5, version6, version7, version8];

/** 0 for a file without a journal. */
export const schemaOf = (db: Database): number => db.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;

/** Brings a file to the present schema, each step in a transaction of its own; refuses a newer one (`journal.newer`). */
export function migrate(db: Database, steps: readonly string[] = migrations): void {
  const from = schemaOf(db);
  if (from > steps.length) throw journalFault('journal.newer', String(from));
  steps.slice(from).forEach((step, i) => {
    db.exec('BEGIN IMMEDIATE');
    try { db.exec(step); db.exec(`PRAGMA user_version = ${from + i + 1}`); db.exec('COMMIT'); } catch (error) {
      if (db.inTransaction()) db.exec('ROLLBACK');
      throw error;
    }
  });
}
