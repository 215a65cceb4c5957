import type { Attempt, DeliveryFull, JournalEvent, MessageFilter, MessageFull, MessageHead } from '../journal.ts';
import type { SearchKey } from '../../domain/message.ts';
import { askersReader } from './askers.ts';
import { deliveryCounters, dispositionOf } from './counters.ts';
import { openPlanned } from './deliveries.ts';
import type { Documents } from './documents.ts';
import type { Queues } from './queues.ts';
import { dispositionNumbers, stateNumbers } from './schema.ts';
import { searcher } from './search-reader.ts';
import type { Store } from './store.ts';
import type { Value } from './database.ts';

interface MessageRow {
  readonly seq: number; readonly trace: string; readonly source: string; readonly received_at: number; readonly planned_at: number | null; readonly format: string;
  readonly type: string; readonly disposition: number; readonly ack: string | null; readonly size: number; readonly facts_up_to: number; readonly crashes: number;
  readonly recipe: number; readonly bytes_ref: Uint8Array | null; readonly ack_ref: Uint8Array | null; readonly bundle_ref: Uint8Array | null; readonly record_ref: Uint8Array | null;
}
type HeadRow = Omit<MessageRow, 'facts_up_to' | 'crashes' | 'recipe' | 'bytes_ref' | 'ack_ref' | 'bundle_ref' | 'record_ref'>;
const headColumns = 'seq, trace, source, received_at, planned_at, format, type, disposition, ack, size';
const columns = `${headColumns}, facts_up_to, crashes, recipe, bytes_ref, ack_ref, bundle_ref, record_ref`;
const headOf = (row: HeadRow): MessageHead => ({
  seq: row.seq, trace: row.trace, source: row.source, receivedAt: row.received_at, plannedAt: row.planned_at, format: row.format, type: row.type,
  disposition: dispositionOf(row.disposition), ack: row.ack, size: row.size,
});

export interface Reading {
  message(ref: { seq: number } | { trace: string }): MessageFull | null;
  messages(filter: MessageFilter, limit: number): MessageHead[];
  delivery(id: number): DeliveryFull | null;
  search(key: SearchKey, limit: number): number[];
  events(seq: number): JournalEvent[];
}

export const saidOf = (bytes: Buffer | null): Attempt['said'] => (bytes === null ? null : JSON.parse(bytes.toString()) as Attempt['said']);

export function openReading(store: Store, documents: Documents, queues: Queues): Reading {
  const { db, storage, unsent } = store;
  const askersOf = askersReader(store);
  const search = searcher(store);
  const sql = {
    bySeq: db.statement<MessageRow>(`SELECT ${columns} FROM message WHERE seq = ?`),
    byTrace: db.statement<MessageRow>(`SELECT ${columns} FROM message WHERE trace = ?`),
    events: db.statement<JournalEvent>('SELECT id, seq, delivery, at, stage, kind, detail FROM event WHERE seq = ? ORDER BY id'),
    sealed: db.statement<{ planned_ref: Uint8Array | null; envelope_ref: Uint8Array | null; answers_ref: Uint8Array | null; remote_id: string | null; correlation: string | null; begun_at: number | null }>(
      'SELECT planned_ref, envelope_ref, answers_ref, remote_id, correlation, begun_at FROM delivery WHERE id = ?'),
    attempts: db.statement<{ n: number; started_at: number; ended_at: number | null; outcome: string | null; fault: string | null; raw_ref: Uint8Array | null; said_ref: Uint8Array | null }>(
      'SELECT n, started_at, ended_at, outcome, fault, raw_ref, said_ref FROM attempt WHERE delivery = ? ORDER BY n'),
  };
  const plannedIn = (ref: Uint8Array | null): ReturnType<typeof openPlanned> | null => { const bytes = storage.column(ref); return bytes === null ? null : openPlanned(bytes); };
  const attempts = (id: number): Attempt[] => sql.attempts.all(id).map((row) => ({
    n: row.n, startedAt: row.started_at, endedAt: row.ended_at, outcome: row.outcome, fault: row.fault, said: saidOf(storage.column(row.said_ref)), raw: storage.column(row.raw_ref)?.toString() ?? null,
  }));

  return {
    message: (ref) => {
      const row = 'seq' in ref ? sql.bySeq.get(ref.seq) : sql.byTrace.get(ref.trace);
      if (row === undefined) return null;
      const open = (column: Uint8Array) => storage.column(column) ?? Buffer.alloc(0);
      return {
        ...headOf(row), factsUpTo: row.facts_up_to, crashes: row.crashes,
        bytes: row.bytes_ref === null ? null : documents.openReceived(row.seq, row.bytes_ref, row.recipe, open),
        ackBytes: storage.column(row.ack_ref), bundle: storage.column(row.bundle_ref), record: storage.column(row.record_ref),
        documents: row.bytes_ref === null ? new Map() : documents.all(row.seq), deliveries: queues.ofMessage(row.seq),
      };
    },
    messages: (filter, limit) => {
      const { where, values } = conditions(store.counters, filter);
      return db.statement<HeadRow>(`SELECT ${headColumns} FROM message WHERE ${where} ORDER BY seq DESC LIMIT ?`).all(...values, limit).map(headOf);
    },
    delivery: (id) => {
      const head = queues.one(id);
      const row = sql.sealed.get(id);
      const waiting = unsent.of(id);
      const planned = waiting?.planned ?? plannedIn(row?.planned_ref ?? null);
      if (head === null || row === undefined || planned === null) return null;
      const underWay: Attempt[] = row.begun_at === null ? [] : [{ n: head.attempts, startedAt: row.begun_at, endedAt: null, outcome: null, fault: null, said: null, raw: null }];
      return {
        ...head, planned, envelope: row.envelope_ref === null ? null : waiting?.envelope ?? documents.openEnvelope(head.seq, row.envelope_ref),
        answers: storage.column(row.answers_ref), remoteId: row.remote_id, correlation: row.correlation, attemptsMade: [...attempts(id), ...underWay],
        askers: askersOf(id),
      };
    },
    search: (key, limit) => search(key, Number.MAX_SAFE_INTEGER, limit),
    events: (seq) => sql.events.all(seq).map((row) => ({ ...row })),
  };
}

/** Deliveries of a state that may be listed before their messages are looked at. */
const few = 10_000;

/**
 * Newest first from `before`. The walk goes down the sequence numbers, so a narrow filter reads what it skips; but what is
 * rare among deliveries, and is what operators look for (held, refused, abandoned), is found by its index.
 */
function conditions(counters: ReadonlyMap<string, number>, filter: MessageFilter): { where: string; values: Value[] } {
  const where = ['seq < ?'];
  const values: Value[] = [filter.before ?? Number.MAX_SAFE_INTEGER];
  const and = (condition: string, ...given: Value[]) => { where.push(condition); values.push(...given); };
  if (filter.source !== undefined) and('source = ?', filter.source);
  if (filter.type !== undefined) and('type = ?', filter.type);
  if (filter.disposition === 'repeated') and('repeats > 0');
  else if (filter.disposition !== undefined) and(`disposition = ${dispositionNumbers[filter.disposition]}`);
  if (filter.since !== undefined) and('received_at >= ?', filter.since);
  if (filter.until !== undefined) and('received_at < ?', filter.until);
  if (filter.seqs !== undefined) and('seq IN (SELECT value FROM json_each(?))', JSON.stringify(filter.seqs));
  if (filter.destination !== undefined || filter.state !== undefined) {
    const rows = [...deliveryCounters(counters)].filter(({ destination, state }) => destination === (filter.destination ?? destination) && state === filter.state);
    if (filter.state !== undefined && filter.state !== 'delivered' && rows.reduce((sum, { count }) => sum + count, 0) <= few) {
      and(`seq IN (SELECT delivery.seq FROM delivery WHERE delivery.destination IN (SELECT value FROM json_each(?)) AND delivery.state = ${stateNumbers[filter.state]} AND delivery.state <> 4)`,
        JSON.stringify(rows.map(({ destination }) => destination)));
    } else {
      // The signs keep the planner from starting at the deliveries and sorting them all.
      const of = filter.state === undefined ? '' : `AND +delivery.state = ${stateNumbers[filter.state]}`;
      and(`EXISTS (SELECT 1 FROM delivery WHERE delivery.id >= message.seq * 4096 AND delivery.id < (message.seq + 1) * 4096 AND +delivery.destination = coalesce(?, delivery.destination) ${of})`,
        filter.destination ?? null);
    }
  }
  return { where: where.join(' AND '), values };
}
