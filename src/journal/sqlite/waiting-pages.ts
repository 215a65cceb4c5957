import type { HeldFilter, HeldListed, JournalReader, Seen } from '../reader.ts';
import { stateOf } from './counters.ts';
import type { Database } from './database.ts';
import { firstDeliveryOf, headColumns, headOf, headTables, type HeadRow } from './deliveries.ts';
import { destinationsOf, listedColumns, type ListedRow, type Pages } from './pages.ts';

/** So many held deliveries are looked at for one page, and so many of a destination and state are counted by cause. */
const lookedAtMost = 5000;
const groupsMost = 20_000;

type Row = HeadRow & { readonly type: string; readonly received_at: number };

/** What is not delivered, by the index of it. */
export function openWaitingPages(db: Database, pages: Pages): Pick<JournalReader, 'held' | 'heldGroups' | 'quarantined' | 'late' | 'causes'> {
  const destinations = destinationsOf(db);
  const sql = {
    held: db.statement<Row>(`SELECT ${headColumns}, message.type, message.received_at FROM ${headTables} WHERE destination = ? AND state = 3 AND state <> 4 AND delivery.id > ? ORDER BY delivery.id LIMIT ?`),
    causes: db.statement<{ state: number; reason: string; count: number; oldest: number }>(
      `SELECT state, reason, count(*) AS count, min(planned_at) AS oldest FROM (SELECT state, reason, planned_at FROM delivery WHERE destination = ? AND state = ? AND state <> 4 ORDER BY id LIMIT ?) GROUP BY state, reason`),
    heldOf: db.statement<{ reason: string; count: number }>(
      `SELECT reason, count(*) AS count FROM (SELECT reason FROM ${headTables} WHERE destination = ? AND state = 3 AND state <> 4 AND message.source IN (SELECT value FROM json_each(?)) LIMIT ?) GROUP BY reason`),
    quarantined: db.statement<ListedRow>(`SELECT ${listedColumns} FROM message WHERE disposition = 1 ORDER BY seq DESC LIMIT ?`),
    quarantinedOf: db.statement<ListedRow>(`SELECT ${listedColumns} FROM message WHERE disposition = 1 AND +source IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?`),
    late: db.statement<{ count: number }>('SELECT count(*) AS count FROM (SELECT 1 FROM delivery WHERE destination = ? AND state = ? AND state <> 4 AND id < ? LIMIT ?)'),
    lastBefore: db.statement<{ seq: number }>('SELECT seq FROM message WHERE received_at < ? ORDER BY received_at DESC LIMIT 1'),
  };
  const inScope = (seen: Seen, asked?: string): string[] => destinations().filter((one) => (asked ?? one) === one && (seen.destinations === null || seen.destinations.includes(one)));
  const matches = ({ source, reason }: HeldFilter, { sources }: Seen) => (row: Row): boolean =>
    (source ?? row.source) === row.source && (reason ?? row.reason) === row.reason && (sources === null || sources.includes(row.source));
  const causesOf = (destination: string, states: readonly number[]) => states.flatMap((state) => sql.causes.all(destination, state, groupsMost));

  return {
    held: (filter, seen, after, limit) => {
      const asked = inScope(seen, filter.destination);
      const fits = matches(filter, seen);
      const rows: HeldListed[] = [];
      let [from, lookedAt]: [number | null, number] = [after, 0];
      while (from !== null && rows.length < limit && lookedAt < lookedAtMost) {
        const below: number = from;
        const lists = asked.map((destination) => sql.held.all(destination, below, limit));
        // Beyond where a list was cut, another could have some that this one has too.
        const cut = Math.min(...lists.filter((list) => list.length === limit).map((list) => list.at(-1)?.id ?? 0), Number.MAX_SAFE_INTEGER);
        const next = lists.flat().filter(({ id }) => id <= cut).sort((a, b) => a.id - b.id);
        lookedAt += next.length;
        const found = next.filter(fits).slice(0, limit - rows.length);
        rows.push(...found.map((row): HeldListed => ({ ...headOf(row), type: row.type, receivedAt: row.received_at })));
        from = rows.length === limit ? rows.at(-1)?.id ?? null : cut === Number.MAX_SAFE_INTEGER ? null : cut;
      }
      return { rows, next: from };
    },
    heldGroups: (seen) => inScope(seen).flatMap((destination) => (seen.sources === null ? causesOf(destination, [3]) : sql.heldOf.all(destination, JSON.stringify(seen.sources), groupsMost))
      .map(({ reason, count }) => ({ destination, reason, count }))),
    // It has no delivery: who sees some destinations only does not see it.
    quarantined: (seen, limit) => (seen.destinations === null ? (seen.sources === null ? sql.quarantined.all(limit) : sql.quarantinedOf.all(JSON.stringify(seen.sources), limit)).flatMap((row) => pages.listed(row, seen) ?? []) : []),
    late: (destination, receivedBefore, most) => {
      const last = sql.lastBefore.get(receivedBefore)?.seq;
      return last === undefined ? 0 : [0, 1].reduce((sum, state) => sum + (sql.late.get(destination, state, firstDeliveryOf(last + 1), most)?.count ?? 0), 0);
    },
    causes: (destination) => causesOf(destination, [0, 1, 2, 3, 5, 6]).map(({ state, reason, count, oldest }) => ({ state: stateOf(state), reason, count, oldestAt: oldest })).sort((a, b) => b.count - a.count),
  };
}
