import type { Brief, Listed, Page, PageFilter, Seen } from '../reader.ts';
import { dispositionOf, stateOf } from './counters.ts';
import type { Database, Value } from './database.ts';
import { firstDeliveryOf } from './deliveries.ts';
import { dispositionNumbers, stateNumbers } from './schema.ts';

/** Messages looked at between two looks at the clock, and how long a page may take: what is not found by then is told by its cursor. */
const chunk = 4000;
const budgetMs = 250;
/** Messages are numbered when they are stored and dated when they came: so many may stand out of order. */
const outOfOrder = 5000;

interface Row {
  readonly seq: number; readonly trace: string; readonly source: string; readonly received_at: number; readonly planned_at: number | null; readonly format: string;
  readonly type: string; readonly disposition: number; readonly ack: string | null; readonly size: number;
}
export const listedColumns = 'seq, trace, source, received_at, planned_at, format, type, disposition, ack, size';
interface BriefRow extends Omit<Brief, 'state'> { readonly state: number }

export interface Pages {
  page(filter: PageFilter, seen: Seen, limit: number): Page;
  /** One message as it is listed; null when it is not to be seen. */
  listed(row: ListedRow, seen: Seen): Listed | null;
  ofSeqs(seqs: readonly number[], seen: Seen): Listed[];
}
export type ListedRow = Row;

/** A condition of the query, with its values. */
type Condition = readonly [sql: string, ...values: Value[]];
const inList = (column: string, values: readonly string[]): Condition => [`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values)];

function ofMessage({ source, type, disposition, from, to }: PageFilter, { sources }: Seen): Condition[] {
  return [
    ...(source === undefined ? [] : [['source = ?', source] as const]), ...(sources === null ? [] : [inList('source', sources)]), ...(type === undefined ? [] : [['type = ?', type] as const]),
    ...(disposition === undefined ? [] : [[`disposition = ${dispositionNumbers[disposition]}`] as const]),
    ...(from === undefined ? [] : [['received_at >= ?', from] as const]), ...(to === undefined ? [] : [['received_at < ?', to] as const]),
  ];
}

/** That it has a delivery as wanted, by its range of ids. The signs keep the planner from starting at another index. */
function ofDeliveries({ destination, state }: PageFilter, { destinations }: Seen): Condition[] {
  const of: Condition[] = [
    ...(destination === undefined ? [] : [['+delivery.destination = ?', destination] as const]), ...(destinations === null ? [] : [inList('+delivery.destination', destinations)]),
    ...(state === undefined ? [] : [[`+delivery.state = ${stateNumbers[state]}`] as const]),
  ];
  if (of.length === 0) return [];
  const [texts, values] = [of.map(([sql]) => sql), of.flatMap(([, ...given]) => given)];
  return [[`EXISTS (SELECT 1 FROM delivery WHERE delivery.id >= message.seq * 4096 AND delivery.id < (message.seq + 1) * 4096 AND ${texts.join(' AND ')})`, ...values]];
}

/** Names of the destinations that ever had a delivery. */
export function destinationsOf(db: Database): () => string[] {
  const names = db.statement<{ name: string }>("SELECT name FROM counter WHERE name >= 'delivery.' AND name < 'delivery/'");
  return () => [...new Set(names.all().map(({ name }) => name.split('.').slice(2).join('.')))];
}

/** Lists of messages, newest first (reader.ts). `now` is a clock for the budget only. */
export function openPages(db: Database, now: () => number): Pages {
  const destinations = destinationsOf(db);
  const sql = {
    top: db.statement<{ seq: number | null }>('SELECT max(seq) AS seq FROM message'),
    bottom: db.statement<{ seq: number | null }>('SELECT min(seq) AS seq FROM message'),
    before: db.statement<{ seq: number | null }>('SELECT max(seq) AS seq FROM (SELECT seq FROM message WHERE received_at < ? ORDER BY received_at DESC LIMIT ?)'),
    after: db.statement<{ seq: number | null }>('SELECT min(seq) AS seq FROM (SELECT seq FROM message WHERE received_at >= ? ORDER BY received_at LIMIT ?)'),
    dated: db.statement<{ received_at: number }>('SELECT received_at FROM message WHERE seq >= ? ORDER BY seq LIMIT 1'),
    briefs: db.statement<BriefRow>('SELECT id, destination, system, action, state, reason FROM delivery WHERE id >= ? AND id < ? ORDER BY id'),
    inState: db.statement<{ seq: number }>('SELECT seq FROM delivery WHERE destination = ? AND state = ? AND state <> 4 AND id < ? ORDER BY id DESC LIMIT ?'),
  };

  const listed: Pages['listed'] = (row, seen) => {
    if (seen.sources !== null && !seen.sources.includes(row.source)) return null;
    const all = sql.briefs.all(firstDeliveryOf(row.seq), firstDeliveryOf(row.seq + 1));
    const deliveries = all.filter(({ destination }) => seen.destinations === null || seen.destinations.includes(destination)).map((one): Brief => ({ ...one, state: stateOf(one.state) }));
    if (seen.destinations !== null && deliveries.length === 0) return null;
    return {
      seq: row.seq, trace: row.trace, source: row.source, receivedAt: row.received_at, plannedAt: row.planned_at, format: row.format, type: row.type,
      disposition: dispositionOf(row.disposition), ack: row.ack, size: row.size, deliveries,
    };
  };
  const select = (conditions: readonly Condition[], limit: number): Row[] =>
    db.statement<Row>(`SELECT ${listedColumns} FROM message WHERE ${conditions.map(([text]) => text).join(' AND ')} ORDER BY seq DESC LIMIT ?`).all(...conditions.flatMap(([, ...values]) => values), limit);
  const told = (rows: readonly Row[], seen: Seen): Listed[] => rows.flatMap((row) => listed(row, seen) ?? []);

  /** Down the sequence numbers, a stretch at a time. */
  const walk = (filter: PageFilter, seen: Seen, limit: number): Page => {
    const [top, bottom] = [sql.top.get()?.seq ?? 0, sql.bottom.get()?.seq ?? 0];
    const latest = filter.to === undefined ? top : sql.before.get(filter.to, outOfOrder)?.seq ?? 0;
    const lowest = Math.max(bottom, filter.from === undefined ? 0 : sql.after.get(filter.from, outOfOrder)?.seq ?? top + 1);
    const conditions = [...ofMessage(filter, seen), ...ofDeliveries(filter, seen)];
    const until = now() + budgetMs;
    const rows: Row[] = [];
    let upper = Math.min(filter.before ?? top + 1, latest + 1);
    while (upper > lowest && rows.length < limit) {
      const lower = Math.max(lowest, upper - chunk);
      const found = select([['seq < ?', upper], ['seq >= ?', lower], ...conditions], limit - rows.length);
      rows.push(...found);
      upper = rows.length < limit ? lower : rows.at(-1)?.seq ?? lower;
      if (now() >= until) break;
    }
    const more = upper > lowest;
    return { rows: told(rows, seen), next: more ? upper : null, lookedBackTo: more ? sql.dated.get(upper)?.received_at ?? null : null };
  };

  /** What is rare among deliveries, and is what operators look for: by the index of what is not delivered. */
  const byState = (filter: PageFilter & { state: Exclude<PageFilter['state'], undefined> }, seen: Seen, limit: number): Page => {
    const asked = destinations().filter((one) => (filter.destination ?? one) === one && (seen.destinations === null || seen.destinations.includes(one)));
    const until = now() + budgetMs;
    const rows: Row[] = [];
    const stretch = Math.max(limit, 200);
    let before: number | null = filter.before ?? Number.MAX_SAFE_INTEGER / 4096;
    while (before !== null && rows.length < limit) {
      const below: number = Math.floor(before);
      const lists = asked.map((destination) => sql.inState.all(destination, stateNumbers[filter.state], firstDeliveryOf(below), stretch).map(({ seq }) => seq));
      // Below where one of the lists was cut, another could have some that this one has too.
      const cut = Math.max(0, ...lists.filter((list) => list.length === stretch).map((list) => list.at(-1) ?? 0));
      const seqs = [...new Set(lists.flat())].filter((seq) => seq >= cut).sort((a, b) => b - a);
      const found = seqs.length === 0 ? [] : select([['seq IN (SELECT value FROM json_each(?))', JSON.stringify(seqs)], ...ofMessage(filter, seen)], limit - rows.length);
      rows.push(...found);
      before = rows.length >= limit ? rows.at(-1)?.seq ?? null : cut > 0 ? cut : null;
      if (now() >= until) break;
    }
    return { rows: told(rows, seen), next: before, lookedBackTo: before === null ? null : sql.dated.get(before)?.received_at ?? null };
  };

  return {
    listed,
    page: (filter, seen, limit) => {
      const { state } = filter;
      return state === undefined || state === 'delivered' ? walk(filter, seen, limit) : byState({ ...filter, state }, seen, limit);
    },
    ofSeqs: (seqs, seen) => (seqs.length === 0 ? [] : told(select([['seq IN (SELECT value FROM json_each(?))', JSON.stringify(seqs)]], seqs.length), seen)),
  };
}
