import type { DeliveryState, Envelope, PlannedDelivery } from '../../domain/delivery.ts';
import { journalFault } from '../fault.ts';
import type { DeliveryHead, FollowUp } from '../journal.ts';
import type { Batch } from './batch.ts';
import { counterNames, stateOf } from './counters.ts';
import type { Documents } from './documents.ts';
import { stateNumbers } from './schema.ts';
import { indexed, mailboxName, type Store } from './store.ts';

/** What a delivery takes from its message. */
export interface OfMessage { readonly seq: number; readonly trace: string; readonly source: string; readonly lane: number; readonly factsSeen: number; readonly at: number }

export interface HeadRow {
  readonly id: number; readonly seq: number; readonly trace: string; readonly source: string; readonly destination: string; readonly recipient: string | null; readonly system: string;
  readonly action: string; readonly lane: number; readonly state: number; readonly reason: string; readonly attempts: number; readonly not_before: number;
  readonly deadline: number | null; readonly facts_up_to: number; readonly in_doubt: number; readonly has_envelope: number; readonly planned_at: number;
}
/** The columns of a DeliveryHead, from `delivery` joined with its message. */
export const headColumns = `delivery.id, delivery.seq, message.trace, message.source, destination, recipient, system, action, delivery.lane, state, reason, attempts,
  not_before, deadline, delivery.facts_up_to, in_doubt, envelope_ref IS NOT NULL AS has_envelope, delivery.planned_at`;
export const headTables = 'delivery JOIN message ON message.seq = delivery.seq';

export const headOf = (row: HeadRow): DeliveryHead => ({
  id: row.id, seq: row.seq, trace: row.trace, source: row.source, destination: row.destination, recipient: row.recipient, system: row.system, action: row.action, lane: row.lane,
  state: stateOf(row.state), reason: row.reason, attempts: row.attempts, notBefore: row.not_before, deadline: row.deadline, factsUpTo: row.facts_up_to,
  inDoubt: row.in_doubt === 1, hasEnvelope: row.has_envelope === 1, plannedAt: row.planned_at,
});

type Planned = Omit<PlannedDelivery, 'envelope'>;
/** The column of a delivery that holds its sealed row of the plan: everything but the envelope. Before schema 3 `series` was one key or null. */
export function openPlanned(bytes: Uint8Array): Planned {
  const { series, ...planned } = JSON.parse(Buffer.from(bytes).toString()) as Omit<Planned, 'series'> & { readonly series: readonly string[] | string | null };
  return { ...planned, series: series === null ? [] : typeof series === 'string' ? [series] : series };
}

/** The id by which a peer will answer, when the frozen envelope already has it: MSH-10 of what we send, or a mail's ENVID. */
export const correlationOf = (envelope: Envelope | null): string | null =>
  envelope?.steps.map(({ meta }) => meta.controlId ?? meta.envid).find((id) => id !== undefined) ?? null;

/** Ids of deliveries grow with (sequence number, rank in the message): id order is the order of the messages. */
const mostDeliveries = 4096;
export const firstDeliveryOf = (seq: number): number => seq * mostDeliveries;

/** Keeps the documents of a delivery beyond its first, whose hash is given back for the delivery's own row. */
export function seriesWriter({ db, index }: Pick<Store, 'db' | 'index'>): (id: number, destination: string, series: readonly string[]) => Uint8Array | null {
  const insert = db.statement('INSERT INTO delivery_document(destination, hash, delivery) VALUES(?, ?, ?) ON CONFLICT DO NOTHING');
  return (id, destination, [first, ...others]) => {
    for (const one of others) insert.run(destination, index.hash(indexed.series(one)), id);
    return first === undefined ? null : index.hash(indexed.series(first));
  };
}

/** Writes one planned delivery. */
export function deliveryWriter(store: Store, documents: Documents): (batch: Batch, message: OfMessage, planned: PlannedDelivery) => DeliveryHead {
  const { db, index, unsent } = store;
  const last = db.statement<{ id: number | null }>('SELECT max(id) AS id FROM delivery WHERE id >= ? AND id < ?');
  const insert = db.statement(
    `INSERT INTO delivery(id, seq, destination, recipient, system, action, lane, state, reason, attempts, not_before, deadline, notice_until, in_doubt,
       facts_up_to, planned_at, begun_at, series, correlation, remote_id, planned_ref, envelope_ref, answers_ref)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, NULL, 0, ?, ?, NULL, ?, ?, NULL, ?, ?, NULL)`);
  const addSeries = seriesWriter(store);
  return (batch, message, { envelope, ...planned }) => {
    const first = firstDeliveryOf(message.seq);
    const id = (last.get(first, first + mostDeliveries)?.id ?? first - 1) + 1;
    if (id === first + mostDeliveries) throw journalFault('journal.misuse', `more than ${mostDeliveries} deliveries of message ${message.seq}`);
    const state: DeliveryState = planned.state === 'planned' ? 'waiting' : planned.state;
    const { destination, system, action, deadline } = planned;
    const envelopeRef = envelope === null ? null : documents.putEnvelope(batch, message.seq, envelope);
    const series = addSeries(id, destination, planned.series);
    const recipient = planned.recipient === null ? null : mailboxName(index, planned.recipient);
    insert.run(id, message.seq, destination, recipient, system, action, message.lane, stateNumbers[state], planned.reason.code, deadline, message.factsSeen, message.at, series,
      correlationOf(envelope), batch.put(Buffer.from(JSON.stringify(planned))), envelopeRef);
    batch.add(counterNames.delivery(state, destination), 1);
    if (envelope !== null && state === 'waiting') batch.after(() => { unsent.keep(id, { planned, envelope }); });
    return {
      id, seq: message.seq, trace: message.trace, source: message.source, destination, recipient, system, action, lane: message.lane, state, reason: planned.reason.code,
      attempts: 0, notBefore: 0, deadline, factsUpTo: message.factsSeen, inDoubt: false, hasEnvelope: envelope !== null, plannedAt: message.at,
    };
  };
}

/** Writes a delivery born of another one's outcome, as of the message it answers; of the parent's where that one is forgotten. */
export function followUpWriter(store: Store, documents: Documents): (batch: Batch, parent: Present, at: number, followUp: FollowUp) => DeliveryHead {
  const addDelivery = deliveryWriter(store, documents);
  const message = store.db.statement<{ seq: number; trace: string; source: string }>('SELECT seq, trace, source FROM message WHERE seq = ?');
  return (batch, parent, at, { delivery, seq }) => addDelivery(batch, { ...parent, ...(seq === undefined ? {} : message.get(seq)), factsSeen: parent.facts_up_to, at }, delivery);
}

/** What moves of a delivery need to know of it. */
export interface Present {
  readonly id: number; readonly seq: number; readonly trace: string; readonly source: string; readonly lane: number; readonly facts_up_to: number;
  readonly destination: string; readonly state: number; readonly attempts: number; readonly begun_at: number | null; readonly envelope_ref: Uint8Array | null; readonly answers_ref: Uint8Array | null;
}
export function presentReader(store: Store): (id: number) => Present | undefined {
  const read = store.db.statement<Present>(
    `SELECT delivery.id, delivery.seq, trace, source, delivery.lane, delivery.facts_up_to, destination, state, attempts, begun_at, envelope_ref, answers_ref
     FROM ${headTables} WHERE delivery.id = ?`);
  return (id) => read.get(id);
}
