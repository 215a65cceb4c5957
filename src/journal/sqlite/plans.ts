import type { PlannedDelivery } from '../../domain/delivery.ts';
import type { DeliveryHead, NewPlan } from '../journal.ts';
import { seal } from '../seal.ts';
import { askersWriter } from './askers.ts';
import type { Batch } from './batch.ts';
import { countMove, stateOf } from './counters.ts';
import type { Documents } from './documents.ts';
import { deliveryWriter } from './deliveries.ts';
import { noticeWriter } from './notices.ts';
import { factContext } from './known-facts.ts';
import type { Lanes } from './lanes.ts';
import { controlHashes } from './repeats.ts';
import { stateNumbers } from './schema.ts';
import { hashesOf } from './search-index.ts';
import type { SearchRows } from './search-rows.ts';
import { indexed, type Store } from './store.ts';

/** What a plan leaves in its message's row, and what it did. */
export interface WrittenPlan {
  readonly lane: number; readonly ackRef: Uint8Array | null; readonly bundleRef: Uint8Array | null; readonly recordRef: Uint8Array; readonly keysRef: Uint8Array | null;
  readonly hashes: readonly Uint8Array[]; readonly deliveries: readonly DeliveryHead[]; readonly settled: readonly number[];
}
export type PlanWriter = (batch: Batch, message: { seq: number; trace: string; source: string; type: string; controlId: string }, plan: NewPlan) => WrittenPlan;

/** Writes what a sender is told of a message that has no plan, in the lane of its source. */
export type AnswersWriter = (batch: Batch, message: { seq: number; trace: string; source: string }, answers: readonly PlannedDelivery[], at: number) => readonly DeliveryHead[];
export function answersWriter(store: Store, lanes: Lanes, documents: Documents): AnswersWriter {
  const addDelivery = deliveryWriter(store, documents);
  return (batch, message, answers, at) => {
    if (answers.length === 0) return [];
    const { lane } = lanes.laneOf(batch, message.source, [], [], message.seq);
    return answers.map((answer) => addDelivery(batch, { ...message, lane, factsSeen: message.seq, at }, answer));
  };
}

/** Writes a plan with all it commits (invariant 2): facts, lanes, documents, deliveries, settlements, search keys, the acknowledgement. */
export function planWriter(store: Store, lanes: Lanes, documents: Documents, searchRows: SearchRows): PlanWriter {
  const { db, index, keys } = store;
  const addDelivery = deliveryWriter(store, documents);
  const writeNotice = noticeWriter(store, documents);
  const askers = askersWriter(store);
  const sql = {
    fact: db.statement('INSERT INTO fact(id, seq, sealed) VALUES(?, ?, ?)'),
    factKey: db.statement('INSERT INTO fact_key(hash, fact) VALUES(?, ?)'),
    correlated: db.statement<{ id: number; destination: string; state: number }>(
      `SELECT id, destination, state FROM delivery WHERE correlation = ? AND correlation IS NOT NULL
         AND attempts > 0 AND destination IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1`),
    settle: db.statement('UPDATE delivery SET state = ?, reason = ?, notice_until = NULL WHERE id = ?'),
  };
  const addFacts = (batch: Batch, seq: number, plan: NewPlan) => {
    for (const fact of plan.facts) {
      const id = batch.next('fact');
      sql.fact.run(id, seq, seal(keys.sealing, factContext(id), Buffer.from(JSON.stringify(fact))));
      for (const key of new Set(fact.keys)) sql.factKey.run(index.hash(indexed.fact(key)), id);
    }
  };
  /** A notice received closes the delivery it answers; a late good notice overrides an earlier bad one, never the reverse. */
  const settle = (batch: Batch, { correlation, destinations, outcome, reason }: NewPlan['settlements'][number]): number[] => {
    const found = sql.correlated.get(correlation, JSON.stringify(destinations));
    if (found === undefined) return [];
    const from = stateOf(found.state);
    if (from === 'delivered' || from === 'abandoned' || from === outcome) return [];
    sql.settle.run(stateNumbers[outcome], reason.code, found.id);
    countMove(batch, found.destination, from, outcome);
    return [found.id];
  };

  return (batch, { seq, trace, source, type, controlId }, plan) => {
    // A plan that comes after those of later messages teaches at a number no delivery's gate has seen yet.
    const factSeq = batch.value('seq') > seq ? batch.value('seq') + 1 : seq;
    const { lane, factsBefore } = lanes.laneOf(batch, source, plan.identities, plan.facts, factSeq);
    addFacts(batch, seq, plan);
    documents.add(batch, seq, plan.documents);
    const control = controlHashes(store, controlId, { type, disposition: plan.disposition, ack: plan.ack?.code ?? null });
    const others = hashesOf(store, plan.keys);
    searchRows.add(batch, seq, control, others);
    const message = { seq, trace, source, lane, factsSeen: factsBefore > plan.factsUpTo ? plan.factsUpTo : Math.max(seq, plan.factsUpTo), at: plan.plannedAt };
    const planned = plan.deliveries.map((delivery) => addDelivery(batch, message, delivery));
    for (const { delivery, answer } of plan.askers ?? []) askers.add(batch, delivery, seq, { trace, answer });
    const noticed = writeNotice(batch, plan.notice, { at: plan.plannedAt });
    return {
      lane, hashes: [...control, ...others],
      bundleRef: plan.bundle === null ? null : batch.put(plan.bundle),
      deliveries: [...planned, ...noticed.born],
      recordRef: batch.put(plan.record),
      ackRef: plan.ack === null ? null : batch.put(plan.ack.bytes),
      keysRef: plan.keys.length === 0 ? null : batch.put(Buffer.from(JSON.stringify(plan.keys))),
      settled: [...plan.settlements.flatMap((settlement) => settle(batch, settlement)), ...noticed.closed],
    };
  };
}
