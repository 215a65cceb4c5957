import type { FinalFilter, FinalListed, JournalReader, Seen } from '../reader.ts';
import { dispositionOf, stateOf } from './counters.ts';
import type { Database, Value } from './database.ts';
import { firstDeliveryOf } from './deliveries.ts';
import { stateNumbers } from './schema.ts';

interface Row extends Omit<FinalListed, 'state' | 'receivedAt'> { readonly state: number; readonly received_at: number }
const columns = 'delivery.id, delivery.seq, message.trace, message.source, destination, recipient, state, action, message.received_at';
const listed = ({ received_at: receivedAt, ...row }: Row): FinalListed => ({ ...row, state: stateOf(row.state), receivedAt });
/** Messages are dated when they came and numbered when they were stored: so many may stand out of order. */
const outOfOrder = 5000;
const chunk = 1000;
/** Deliveries of one stretch; a message has five or six. */
const mostOfStretch = 50_000;
const budgetMs = 250;

/** What is final, for replay plans; and what counters are made of when they start anew. */
export function openFinals(db: Database, now: () => number): Pick<JournalReader, 'finals' | 'finalsOf' | 'since' | 'lastOf' | 'traffic'> {
  const sql = {
    bounds: db.statement<{ first: number | null; last: number | null }>('SELECT (SELECT min(seq) FROM message) AS first, (SELECT max(seq) FROM message) AS last'),
    first: db.statement<{ seq: number | null }>('SELECT min(seq) AS seq FROM (SELECT seq FROM message WHERE received_at >= ? ORDER BY received_at LIMIT ?)'),
    last: db.statement<{ seq: number | null }>('SELECT max(seq) AS seq FROM (SELECT seq FROM message WHERE received_at < ? ORDER BY received_at DESC LIMIT ?)'),
    recent: db.statement<{ seq: number; source: string; at: number; disposition: number }>('SELECT seq, source, received_at AS at, disposition FROM message WHERE received_at >= ? ORDER BY received_at DESC LIMIT ?'),
    attempts: db.statement<{ destination: string; at: number; outcome: string; age: number; state: number }>(
      `SELECT destination, ended_at AS at, outcome, ended_at - planned_at AS age, state FROM delivery JOIN attempt ON attempt.delivery = delivery.id
       WHERE delivery.id >= ? AND ended_at >= ? ORDER BY delivery.id LIMIT ?`),
    traffic: db.statement<{ source: string; at: number; messages: number }>('SELECT source, received_at / 900000 * 900000 AS at, count(*) AS messages FROM message WHERE received_at >= ? AND received_at < ? GROUP BY source, received_at / 900000'),
    lastOf: db.statement<{ at: number }>('SELECT received_at AS at FROM message WHERE seq > ? AND source = ? ORDER BY seq DESC LIMIT 1'),
  };
  const conditions = ({ destination, source, type, state, from, to }: FinalFilter, { sources, destinations }: Seen): { text: string; values: Value[] } => {
    const given: (readonly [string, Value] | null)[] = [
      destination === undefined ? null : ['delivery.destination = ?', destination], source === undefined ? null : ['message.source = ?', source], type === undefined ? null : ['message.type = ?', type],
      from === undefined ? null : ['message.received_at >= ?', from], to === undefined ? null : ['message.received_at < ?', to],
      sources === null ? null : ['message.source IN (SELECT value FROM json_each(?))', JSON.stringify(sources)],
      destinations === null ? null : ['delivery.destination IN (SELECT value FROM json_each(?))', JSON.stringify(destinations)],
    ];
    const used = given.filter((one) => one !== null);
    return { text: [`+delivery.state = ${stateNumbers[state]}`, ...used.map(([text]) => text)].join(' AND '), values: used.map(([, value]) => value) };
  };
  return {
    finals: (filter, seen, from, limit) => {
      const { first, last } = sql.bounds.get() ?? { first: null, last: null };
      if (first === null || last === null) return { found: [], next: null };
      const low = Math.max(from, first, filter.from === undefined ? 0 : sql.first.get(filter.from, outOfOrder)?.seq ?? last + 1);
      const high = filter.to === undefined ? last : sql.last.get(filter.to, outOfOrder)?.seq ?? 0;
      const { text, values } = conditions(filter, seen);
      const page = db.statement<Row>(`SELECT ${columns} FROM delivery JOIN message ON message.seq = delivery.seq WHERE delivery.id >= ? AND delivery.id < ? AND ${text} ORDER BY delivery.id LIMIT ?`);
      const found: FinalListed[] = [];
      const until = now() + budgetMs;
      let at = low;
      // A stretch is taken whole, so that the next page begins at a message.
      for (; at <= high && found.length < limit && now() < until; at += chunk) {
        found.push(...page.all(firstDeliveryOf(at), firstDeliveryOf(Math.min(at + chunk, high + 1)), ...values, mostOfStretch).map(listed));
      }
      return { found, next: at > high ? null : at };
    },
    finalsOf: (ids, { sources, destinations }) =>
      db.statement<Row>(`SELECT ${columns} FROM delivery JOIN message ON message.seq = delivery.seq WHERE delivery.id IN (SELECT value FROM json_each(?)) AND +delivery.state >= 4 ORDER BY delivery.id`)
        .all(JSON.stringify(ids)).map(listed).filter((row) => (sources === null || sources.includes(row.source)) && (destinations === null || destinations.includes(row.destination))),
    since: (at, most) => {
      const messages = sql.recent.all(at, most);
      const oldest = messages.reduce((low, { seq }) => Math.min(low, seq), Number.MAX_SAFE_INTEGER);
      // What was received a little earlier may have been delivered since.
      const from = messages.length === 0 ? sql.bounds.get()?.last ?? 0 : Math.max(0, oldest - 1000);
      return {
        messages: messages.map(({ source, at: when, disposition }) => ({ source, at: when, disposition: dispositionOf(disposition) })),
        attempts: sql.attempts.all(firstDeliveryOf(from), at, most).map((row) => ({ ...row, state: stateOf(row.state) })),
      };
    },
    traffic: (from, to) => sql.traffic.all(from, to).map((row) => ({ ...row })),
    lastOf: (source) => {
      const last = sql.bounds.get()?.last ?? null;
      // The latest ones only: a source that has been silent for longer is told by its profile.
      return last === null ? null : sql.lastOf.get(last - 50_000, source)?.at ?? null;
    },
  };
}
