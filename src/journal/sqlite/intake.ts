import { isAcknowledgement } from '../../domain/message.ts';
import { journalFault } from '../fault.ts';
import type { PlannedDelivery } from '../../domain/delivery.ts';
import type { Appended, MoveReason, NewMessage, NewPlan, Planned, Quarantined } from '../journal.ts';
import type { Batch } from './batch.ts';
import { freshnessOf } from './fresh.ts';
import { counterNames, dispositionOf, type Disposed } from './counters.ts';
import type { Documents } from './documents.ts';
import { Refusal } from './group-commit.ts';
import type { AnswersWriter, PlanWriter } from './plans.ts';
import { controlHashes, digestText, hashesIn, isPositive, repeatFinder, type Head } from './repeats.ts';
import { dispositionNumbers } from './schema.ts';
import type { SearchRows } from './search-rows.ts';
import type { Store } from './store.ts';

export interface Intake {
  append(batch: Batch, message: NewMessage): Appended;
  accept(batch: Batch, message: NewMessage, plan: NewPlan): Planned;
  plan(batch: Batch, seq: number, plan: NewPlan, again: MoveReason | null): Planned;
  repeated(batch: Batch, original: number, receivedAt: number): void;
  quarantine(batch: Batch, message: NewMessage | number, reason: string, answers: readonly PlannedDelivery[], at: number): Quarantined;
}

interface Unplanned { readonly trace: string; readonly source: string; readonly type: string; readonly hashes: Uint8Array; readonly disposition: number; readonly bytes_ref: Uint8Array; readonly head_ref: Uint8Array }

/** How messages come in. Each call runs inside a transaction and refuses before it writes. */
export function openIntake(store: Store, documents: Documents, searchRows: SearchRows, writePlan: PlanWriter, writeAnswers: AnswersWriter): Intake {
  const { db } = store;
  const repeatOf = repeatFinder(store);
  const sql = {
    insert: db.statement(
      `INSERT INTO message(seq, trace, source, received_at, planned_at, format, type, disposition, ack, size, facts_up_to, crashes, repeats, recipe,
         forgotten, lane, bytes_ref, head_ref, ack_ref, bundle_ref, record_ref, keys_ref, hashes, kept)
       VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`),
    unplanned: db.statement<Unplanned>('SELECT trace, source, type, hashes, disposition, bytes_ref, head_ref FROM message WHERE seq = ?'),
    plan: db.statement(
      `UPDATE message SET planned_at = ?, disposition = ?, ack = ?, facts_up_to = ?, recipe = ?, lane = ?, bytes_ref = ?, ack_ref = ?, bundle_ref = ?,
         record_ref = ?, keys_ref = ?, hashes = ? WHERE seq = ?`),
    aside: db.statement('UPDATE message SET disposition = ?, hashes = ? WHERE seq = ?'),
    repeat: db.statement('UPDATE message SET repeats = repeats + 1 WHERE seq = ?'),
    event: db.statement('INSERT INTO event(id, seq, delivery, at, stage, kind, detail) VALUES(?, ?, NULL, ?, ?, ?, ?)'),
  };
  const freshness = freshnessOf(store);
  const none: ReadonlyMap<string, Uint8Array> = new Map();

  /** Two messages of one source and control id must not both be taken, whatever was asked before (exactly-once). */
  const guard = (batch: Batch, { source, identified, contentDigest }: NewMessage) => {
    if (repeatOf(source, identified.controlId, contentDigest, (ref) => batch.open(ref)).kind !== 'new') throw new Refusal(journalFault('journal.repeat'));
  };
  const head = (batch: Batch, message: NewMessage) =>
    batch.put(Buffer.from(JSON.stringify({ controlId: message.identified.controlId, digest: digestText(message.contentDigest) } satisfies Head)));
  const event = (batch: Batch, seq: number, at: number, kind: string, detail: string) => { sql.event.run(batch.next('event'), seq, at, 'journal', kind, detail); };
  const insertBare = (batch: Batch, message: NewMessage, disposition: Disposed): number => {
    const { identified } = message;
    const seq = batch.next('seq');
    const hashes = controlHashes(store, identified.controlId, { type: identified.type, disposition, ack: null });
    searchRows.add(batch, seq, hashes, []);
    const { ref, recipe } = documents.putReceived(batch, message.bytes, none);
    sql.insert.run(seq, message.trace, message.source, message.receivedAt, null, identified.format, identified.type, dispositionNumbers[disposition], null,
      message.bytes.length, 0, recipe, null, ref, head(batch, message), null, null, null, null, Buffer.concat(hashes));
    searchRows.run(batch);
    batch.add(counterNames.received, 1);
    batch.add(counterNames.message(disposition), 1);
    return seq;
  };
  const stillUnplanned = (seq: number, again: MoveReason | null = null): Unplanned => {
    const row = sql.unplanned.get(seq);
    if (row === undefined) throw new Refusal(journalFault('journal.unknown', `message ${seq}`));
    const wanted: Disposed = again === null ? 'pipeline' : 'quarantined';
    if (dispositionOf(row.disposition) !== wanted) throw new Refusal(journalFault(again === null ? 'journal.not-in-pipeline' : 'journal.not-quarantined', String(seq)));
    return row;
  };

  const setAside = (batch: Batch, seq: number): void => {
    const row = stillUnplanned(seq);
    const { controlId } = JSON.parse(batch.open(row.head_ref).toString()) as Head;
    const hashes = controlHashes(store, controlId, { type: row.type, disposition: 'quarantined', ack: null });
    searchRows.drop(batch, seq, hashesIn(row.hashes));
    searchRows.add(batch, seq, hashes, []);
    sql.aside.run(dispositionNumbers.quarantined, Buffer.concat(hashes), seq);
    batch.add(counterNames.message('pipeline'), -1);
    batch.add(counterNames.message('quarantined'), 1);
  };

  return {
    append: (batch, message) => { guard(batch, message); return { seq: insertBare(batch, message, 'pipeline') }; },
    accept: (batch, message, plan) => {
      if (isPositive(plan.disposition, plan.ack?.code ?? null) && !isAcknowledgement(message.identified.type)) guard(batch, message);
      freshness(batch, plan, message.stream);
      const { trace, source, identified } = message;
      const seq = batch.next('seq');
      const { ref, recipe } = documents.putReceived(batch, message.bytes, plan.documents);
      const done = writePlan(batch, { seq, trace, source, type: identified.type, controlId: identified.controlId }, plan);
      sql.insert.run(seq, trace, source, message.receivedAt, plan.plannedAt, identified.format, identified.type, dispositionNumbers[plan.disposition],
        plan.ack?.code ?? null, message.bytes.length, plan.factsUpTo, recipe, done.lane, ref, head(batch, message), done.ackRef, done.bundleRef,
        done.recordRef, done.keysRef, Buffer.concat(done.hashes));
      searchRows.run(batch);
      batch.add(counterNames.received, 1);
      batch.add(counterNames.message(plan.disposition), 1);
      return { seq, lane: done.lane, deliveries: done.deliveries, settled: done.settled };
    },
    plan: (batch, seq, plan, reason) => {
      const row = stillUnplanned(seq, reason);
      freshness(batch, plan);
      const { controlId, digest } = JSON.parse(batch.open(row.head_ref).toString()) as Head;
      // A quarantined message gave its control id back: its sender may have used it again since.
      if (reason !== null && repeatOf(row.source, controlId, Buffer.from(digest, 'hex'), (ref) => batch.open(ref)).kind !== 'new') throw new Refusal(journalFault('journal.repeat'));
      const again = plan.documents.size === 0 ? null : documents.putReceived(batch, batch.open(row.bytes_ref), plan.documents);
      const done = writePlan(batch, { seq, trace: row.trace, source: row.source, type: row.type, controlId }, plan);
      if (again !== null) batch.release(row.bytes_ref);
      // What is refused in the end gives its control id back.
      searchRows.drop(batch, seq, hashesIn(row.hashes).filter((old) => !done.hashes.some((hash) => old.equals(hash))));
      sql.plan.run(plan.plannedAt, dispositionNumbers[plan.disposition], plan.ack?.code ?? null, plan.factsUpTo, again?.recipe ?? 0, done.lane,
        again?.ref ?? row.bytes_ref, done.ackRef, done.bundleRef, done.recordRef, done.keysRef, Buffer.concat(done.hashes), seq);
      batch.add(counterNames.message(dispositionOf(row.disposition)), -1);
      batch.add(counterNames.message(plan.disposition), 1);
      if (reason !== null) event(batch, seq, reason.at, 'replanned', JSON.stringify({ code: reason.code, by: reason.by, text: reason.text, disposition: plan.disposition }));
      return { seq, lane: done.lane, deliveries: done.deliveries, settled: done.settled };
    },
    repeated: (batch, original, receivedAt) => {
      if (sql.repeat.run(original) === 0) throw new Refusal(journalFault('journal.unknown', `message ${original}`));
      event(batch, original, receivedAt, 'repeated', '');
      batch.add(counterNames.received, 1);
      batch.add(counterNames.repeated, 1);
    },
    quarantine: (batch, message, reason, answers, at) => {
      const seq = typeof message === 'number' ? message : insertBare(batch, message, 'quarantined');
      const row = sql.unplanned.get(seq);
      const before = row === undefined ? null : dispositionOf(row.disposition);
      if (before !== 'quarantined') setAside(batch, seq);
      if (before !== 'quarantined' || typeof message !== 'number') event(batch, seq, at, 'quarantined', reason);
      else if (answers.length === 0) throw new Refusal(journalFault('journal.not-in-pipeline', String(seq)));
      const { trace, source } = row ?? { trace: '', source: '' };
      return { seq, deliveries: writeAnswers(batch, { seq, trace, source }, answers, at) };
    },
  };
}
