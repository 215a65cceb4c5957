import type { DeliveryHead } from '../journal.ts';
import { firstDeliveryOf, headColumns, headOf, headTables, type HeadRow } from './deliveries.ts';
import { indexed, type Store } from './store.ts';

export interface Queues {
  waiting(destination: string, after: number, limit: number): DeliveryHead[];
  firstWaiting(destination: string, lanes: readonly number[], recipient: string | null): DeliveryHead | null;
  overdue(now: number, limit: number): DeliveryHead[];
  held(filter: { lanes?: readonly number[]; destination?: string; after?: number }, limit: number): DeliveryHead[];
  unfinished(destination: string, recipient: string | null, series: readonly string[], before: number): number[];
  correlated(correlation: string, except?: number): number | null;
  ofMessage(seq: number): DeliveryHead[];
  one(id: number): DeliveryHead | null;
}

/** What dispatch reads: every query walks a partial index and stops at its limit, whatever is stored (invariant 6). */
export function openQueues(store: Store): Queues {
  const { db, index } = store;
  const heads = (where: string) => db.statement<HeadRow>(`SELECT ${headColumns} FROM ${headTables} WHERE ${where}`);
  const sql = {
    waiting: heads('destination = ? AND state = 0 AND state <> 4 AND delivery.id > ? ORDER BY delivery.id LIMIT ?'),
    first: db.statement<{ id: number }>('SELECT id FROM delivery WHERE destination = ? AND lane = ? AND recipient IS ? AND state = 0 ORDER BY id LIMIT 1'),
    one: heads('delivery.id = ?'),
    overdue: heads('state = 2 AND notice_until <= ? ORDER BY notice_until LIMIT ?'),
    heldHere: heads('destination = ? AND state = 3 AND state <> 4 AND delivery.id > ? ORDER BY delivery.id LIMIT ?'),
    heldLane: heads('delivery.lane = ? AND state = 3 AND delivery.id > ? AND destination = coalesce(?, destination) ORDER BY delivery.id LIMIT ?'),
    unfinished: db.statement<{ id: number }>('SELECT id FROM delivery WHERE destination = ? AND recipient IS ? AND series = ? AND series IS NOT NULL AND state < 4 AND state <> 2 AND id < ?'),
    unfinishedPart: db.statement<{ id: number }>(
      `SELECT id FROM delivery_document JOIN delivery ON id = delivery_document.delivery
       WHERE delivery_document.destination = ? AND hash = ? AND recipient IS ? AND state < 4 AND state <> 2 AND id < ?`),
    attempted: db.statement<{ id: number }>('SELECT id FROM delivery WHERE correlation = ? AND correlation IS NOT NULL AND attempts > 0 AND seq <> ? ORDER BY id DESC LIMIT 1'),
    correlated: db.statement<{ id: number }>('SELECT id FROM delivery WHERE correlation = ? AND correlation IS NOT NULL AND seq <> ? ORDER BY id DESC LIMIT 1'),
    ofMessage: heads('delivery.id >= ? AND delivery.id < ? ORDER BY delivery.id'),
  };
  const one = (id: number) => { const row = sql.one.get(id); return row === undefined ? null : headOf(row); };
  return {
    one,
    waiting: (destination, after, limit) => sql.waiting.all(destination, after, limit).map(headOf),
    firstWaiting: (destination, lanes, recipient) => {
      const ids = lanes.flatMap((lane) => sql.first.all(destination, lane, recipient)).map(({ id }) => id);
      return ids.length === 0 ? null : one(Math.min(...ids));
    },
    overdue: (now, limit) => sql.overdue.all(now, limit).map(headOf),
    held: ({ lanes, destination, after = 0 }, limit) => {
      if (lanes === undefined) return destination === undefined ? [] : sql.heldHere.all(destination, after, limit).map(headOf);
      const rows = lanes.flatMap((lane) => sql.heldLane.all(lane, after, destination ?? null, limit));
      return rows.sort((a, b) => a.id - b.id).slice(0, limit).map(headOf);
    },
    unfinished: (destination, recipient, series, before) => {
      const hashes = [...new Set(series)].flatMap((key) => index.all(indexed.series(key)));
      const rows = hashes.flatMap((hash) => [...sql.unfinished.all(destination, recipient, hash, before), ...sql.unfinishedPart.all(destination, hash, recipient, before)]);
      return [...new Set(rows.map(({ id }) => id))].sort((a, b) => a - b);
    },
    correlated: (correlation, except = 0) => (sql.attempted.get(correlation, except) ?? sql.correlated.get(correlation, except))?.id ?? null,
    ofMessage: (seq) => sql.ofMessage.all(firstDeliveryOf(seq), firstDeliveryOf(seq + 1)).map(headOf),
  };
}
