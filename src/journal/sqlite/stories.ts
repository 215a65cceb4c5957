import type { JournalReader, ReadStory, Seen, StoryDelivery } from '../reader.ts';
import type { JournalEvent } from '../journal.ts';
import { headColumns, headOf, headTables, firstDeliveryOf, openPlanned, type HeadRow } from './deliveries.ts';
import { listedColumns, type ListedRow, type Pages } from './pages.ts';
import { decodeRef } from './ref.ts';
import { saidOf } from './reading.ts';
import type { Store } from './store.ts';

interface MessageRow extends ListedRow { readonly bytes_ref: Uint8Array | null; readonly bundle_ref: Uint8Array | null; readonly record_ref: Uint8Array | null }
type StoryRow = HeadRow & { readonly planned_ref: Uint8Array | null; readonly remote_id: string | null; readonly begun_at: number | null };
interface AttemptRow { readonly n: number; readonly started_at: number; readonly ended_at: number | null; readonly outcome: string | null; readonly fault: string | null; readonly said_ref: Uint8Array | null }

/** Messages and deliveries one by one, without their documents' bytes and what partners said. */
export function openStories({ db, storage }: Pick<Store, 'db' | 'storage'>, pages: Pages): Pick<JournalReader, 'story' | 'brief'> {
  const sql = {
    message: db.statement<MessageRow>(`SELECT ${listedColumns}, bytes_ref, bundle_ref, record_ref FROM message WHERE trace = ?`),
    deliveries: db.statement<StoryRow>(`SELECT ${headColumns}, planned_ref, remote_id, begun_at FROM ${headTables} WHERE delivery.id >= ? AND delivery.id < ? ORDER BY delivery.id`),
    attempts: db.statement<AttemptRow>('SELECT n, started_at, ended_at, outcome, fault, said_ref FROM attempt WHERE delivery = ? ORDER BY n'),
    events: db.statement<JournalEvent>('SELECT id, seq, delivery, at, stage, kind, detail FROM event WHERE seq = ? ORDER BY id'),
    // What an envelope keeps apart has a name that begins with #.
    documents: db.statement<{ name: string; ref: Uint8Array }>("SELECT name, ref FROM document WHERE seq = ? AND name NOT LIKE '#%' ORDER BY name"),
    payload: db.statement<{ size: number }>('SELECT size FROM payload WHERE id = ?'),
    brief: db.statement<HeadRow & { type: string; received_at: number }>(`SELECT ${headColumns}, message.type, message.received_at FROM ${headTables} WHERE delivery.id = ?`),
  };
  const sizeOf = (column: Uint8Array): number => {
    const ref = decodeRef(column);
    return 'payload' in ref ? sql.payload.get(ref.payload)?.size ?? 0 : ref.length;
  };
  const delivery = (row: StoryRow): StoryDelivery => {
    const planned = storage.column(row.planned_ref);
    const underWay = row.begun_at === null ? [] : [{ n: row.attempts, startedAt: row.begun_at, endedAt: null, outcome: null, fault: null, said: null }];
    const attempts = sql.attempts.all(row.id).map((one) => ({ n: one.n, startedAt: one.started_at, endedAt: one.ended_at, outcome: one.outcome, fault: one.fault, said: saidOf(storage.column(one.said_ref)) }));
    return { ...headOf(row), planned: planned === null ? null : openPlanned(planned), remoteId: row.remote_id, attemptsMade: [...attempts, ...underWay] };
  };
  return {
    story: (trace: string, seen: Seen): ReadStory | null => {
      const row = sql.message.get(trace);
      const message = row === undefined ? null : pages.listed(row, seen);
      if (row === undefined || message === null) return null;
      const mine = new Set(message.deliveries.map(({ id }) => id));
      const record = storage.column(row.record_ref);
      return {
        message, record: record === null ? null : JSON.parse(record.toString('utf8')) as unknown, bundle: storage.column(row.bundle_ref), hasContent: row.bytes_ref !== null,
        documents: row.bytes_ref === null ? [] : sql.documents.all(row.seq).map(({ name, ref }) => ({ name, size: sizeOf(ref) })),
        deliveries: sql.deliveries.all(firstDeliveryOf(row.seq), firstDeliveryOf(row.seq + 1)).filter(({ id }) => mine.has(id)).map(delivery),
        events: sql.events.all(row.seq).filter((one) => one.delivery === null || mine.has(one.delivery)).map((one) => ({ ...one })),
      };
    },
    brief: (id, { sources, destinations }) => {
      const row = sql.brief.get(id);
      if (row === undefined || (sources !== null && !sources.includes(row.source)) || (destinations !== null && !destinations.includes(row.destination))) return null;
      return { ...headOf(row), type: row.type, receivedAt: row.received_at };
    },
  };
}
