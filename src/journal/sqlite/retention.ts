import type { SearchKey } from '../../domain/message.ts';
import type { Retained } from '../journal.ts';
import { seal } from '../seal.ts';
import type { Batch } from './batch.ts';
import type { Database } from './database.ts';
import { counterNames, dispositionOf, stateOf } from './counters.ts';
import { firstDeliveryOf } from './deliveries.ts';
import { hashesIn, keptContext, type Head, type Kept } from './repeats.ts';
import type { SearchRows } from './search-rows.ts';
import type { Store } from './store.ts';

/** Where a walk over old messages stands: those that stay are passed once per walk. */
export interface Place { readonly at: number; readonly seq: number }
export interface Forgotten extends Retained { readonly next: Place | null }

/** Messages looked at in one transaction, so that retention never holds up intake. */
const chunk = 100;

interface Old {
  readonly seq: number; readonly received_at: number; readonly disposition: number; readonly repeats: number; readonly open: number; readonly forgotten: number; readonly hashes: Uint8Array;
  readonly bytes_ref: Uint8Array | null; readonly head_ref: Uint8Array | null; readonly ack_ref: Uint8Array | null; readonly bundle_ref: Uint8Array | null;
  readonly record_ref: Uint8Array | null; readonly keys_ref: Uint8Array | null;
}

/**
 * Forgets, oldest first: the payloads of what is final, then its rows. Not final: in the pipeline, quarantined (kept for a
 * person), or with a delivery that is not final (invariant 3). Facts and lanes stay: gates of later messages need them.
 */
export function openRetention(store: Store, searchRows: SearchRows): { payloads(batch: Batch, before: number, from: Place): Forgotten; messages(batch: Batch, before: number, from: Place): Forgotten } {
  const { db, keys } = store;
  const old = (condition: string) => db.statement<Old>(
    `SELECT seq, received_at, disposition, repeats, forgotten, hashes, bytes_ref, head_ref, ack_ref, bundle_ref, record_ref, keys_ref,
       EXISTS (SELECT 1 FROM delivery WHERE delivery.id >= message.seq * 4096 AND delivery.id < (message.seq + 1) * 4096 AND state < 4) AS open
     FROM message WHERE ${condition} (received_at, seq) > (?, ?) AND received_at < ? ORDER BY received_at, seq LIMIT ${chunk}`);
  const sql = {
    unforgotten: old('forgotten = 0 AND'),
    all: old(''),
    forget: db.statement(
      `UPDATE message SET forgotten = 1, bytes_ref = NULL, head_ref = NULL, ack_ref = NULL, bundle_ref = NULL, record_ref = NULL, keys_ref = NULL, kept = ?
       WHERE seq = ?`),
    deliveryRefs: db.statement<{ planned_ref: Uint8Array | null; envelope_ref: Uint8Array | null; answers_ref: Uint8Array | null }>(
      'SELECT planned_ref, envelope_ref, answers_ref FROM delivery WHERE id >= ? AND id < ?'),
    forgetDeliveries: db.statement('UPDATE delivery SET planned_ref = NULL, envelope_ref = NULL, answers_ref = NULL WHERE id >= ? AND id < ?'),
    saidRefs: db.statement<{ raw_ref: Uint8Array | null; said_ref: Uint8Array | null }>('SELECT raw_ref, said_ref FROM attempt WHERE delivery >= ? AND delivery < ?'),
    forgetSaid: db.statement('UPDATE attempt SET raw_ref = NULL, said_ref = NULL WHERE delivery >= ? AND delivery < ?'),
    askerRefs: db.statement<{ asker_ref: Uint8Array }>('SELECT asker_ref FROM asker WHERE delivery >= ? AND delivery < ?'),
    dropAskers: db.statement('DELETE FROM asker WHERE delivery >= ? AND delivery < ?'),
    documentRefs: db.statement<{ ref: Uint8Array }>('SELECT ref FROM document WHERE seq = ?'),
    dropDocuments: db.statement('DELETE FROM document WHERE seq = ?'),
    deliveries: db.statement<{ destination: string; state: number }>('SELECT destination, state FROM delivery WHERE id >= ? AND id < ?'),
    dropDeliveries: db.statement('DELETE FROM delivery WHERE id >= ? AND id < ?'),
    dropSeries: db.statement('DELETE FROM delivery_document WHERE delivery >= ? AND delivery < ?'),
    dropAttempts: db.statement('DELETE FROM attempt WHERE delivery >= ? AND delivery < ?'),
    dropEvents: db.statement('DELETE FROM event WHERE seq = ?'),
    dropMessage: db.statement('DELETE FROM message WHERE seq = ?'),
  };
  const range = (seq: number): [number, number] => [firstDeliveryOf(seq), firstDeliveryOf(seq + 1)];

  const forget = (batch: Batch, row: Old) => {
    const json = (ref: Uint8Array) => JSON.parse(batch.open(ref).toString()) as unknown;
    const head = row.head_ref === null ? { controlId: '', digest: '' } : json(row.head_ref) as Head;
    const kept: Kept = {
      ...head, keys: row.keys_ref === null ? [] : json(row.keys_ref) as SearchKey[], ack: row.ack_ref === null ? null : batch.open(row.ack_ref).toString('base64'),
    };
    const refs = [
      row.bytes_ref, row.head_ref, row.ack_ref, row.bundle_ref, row.record_ref, row.keys_ref,
      ...sql.deliveryRefs.all(...range(row.seq)).flatMap((delivery) => [delivery.planned_ref, delivery.envelope_ref, delivery.answers_ref]),
      ...sql.saidRefs.all(...range(row.seq)).flatMap((attempt) => [attempt.raw_ref, attempt.said_ref]), ...sql.askerRefs.all(...range(row.seq)).map(({ asker_ref: ref }) => ref), ...sql.documentRefs.all(row.seq).map(({ ref }) => ref),
    ];
    sql.forget.run(seal(keys.sealing, keptContext(row.seq), Buffer.from(JSON.stringify(kept))), row.seq);
    sql.forgetDeliveries.run(...range(row.seq));
    sql.forgetSaid.run(...range(row.seq));
    sql.dropAskers.run(...range(row.seq));
    sql.dropDocuments.run(row.seq);
    for (const ref of refs) batch.release(ref);
  };
  const drop = (batch: Batch, row: Old) => {
    searchRows.drop(batch, row.seq, hashesIn(row.hashes));
    for (const { destination, state } of sql.deliveries.all(...range(row.seq))) batch.add(counterNames.forgottenDelivery(stateOf(state), destination), 1);
    batch.add(counterNames.forgottenMessage(dispositionOf(row.disposition)), 1);
    batch.add(counterNames.forgottenRepeats, row.repeats);
    sql.dropSeries.run(...range(row.seq));
    sql.dropAttempts.run(...range(row.seq));
    sql.dropDeliveries.run(...range(row.seq));
    sql.dropEvents.run(row.seq);
    sql.dropMessage.run(row.seq);
  };
  const isFinal = (row: Old) => row.open === 0 && !['pipeline', 'quarantined'].includes(dispositionOf(row.disposition));
  const walk = (batch: Batch, rows: readonly Old[], act: (row: Old) => void): Pick<Forgotten, 'segments' | 'kept' | 'next'> => {
    const final = rows.filter(isFinal);
    final.forEach(act);
    const last = rows.at(-1);
    return { segments: batch.emptied, kept: rows.length - final.length, next: last === undefined ? null : { at: last.received_at, seq: last.seq } };
  };

  return {
    payloads: (batch, before, { at, seq }) => {
      let payloads = 0;
      const done = walk(batch, sql.unforgotten.all(at, seq, before), (row) => { forget(batch, row); payloads += 1; });
      return { ...done, payloads, messages: 0 };
    },
    messages: (batch, before, { at, seq }) => {
      let payloads = 0;
      let messages = 0;
      const done = walk(batch, sql.all.all(at, seq, before), (row) => {
        if (row.forgotten === 0) { forget(batch, row); payloads += 1; }
        drop(batch, row);
        messages += 1;
      });
      return { ...done, payloads, messages };
    },
  };
}

/** Gives freed pages back to the file system, 4 MB a call; whether there are more. */
export function returnPages(db: Database): boolean {
  db.exec('PRAGMA incremental_vacuum(1000)');
  return (db.statement<{ freelist_count: number }>('PRAGMA freelist_count').get()?.freelist_count ?? 0) > 0;
}

/** One report of both walks. What stays of the first is seen again by the second, unless its payloads are kept longer. */
export const retained = (dropped: Retained, emptied: Retained): Retained => ({
  messages: dropped.messages, payloads: dropped.payloads + emptied.payloads, segments: dropped.segments + emptied.segments, kept: Math.max(dropped.kept, emptied.kept),
});

/** Runs a walk to its end, one transaction after the other. */
export async function walkAll(step: (from: Place) => Promise<Forgotten>): Promise<Retained> {
  let total: Retained = { messages: 0, payloads: 0, segments: 0, kept: 0 };
  for (let from: Place | null = { at: 0, seq: 0 }; from !== null;) {
    const done: Forgotten = await step(from);
    total = {
      messages: total.messages + done.messages, payloads: total.payloads + done.payloads, segments: total.segments + done.segments, kept: total.kept + done.kept,
    };
    from = done.next;
  }
  return total;
}
