import type { FinalListed } from '../../journal/reader.ts';
import type { Database } from '../../journal/sqlite/database.ts';
import type { ReplayItem, ReplayPreview, ReplayRow, ReplaySelection } from '../api/contract/replays.ts';
import { together } from '../kept/open.ts';

interface PlanRow {
  readonly id: number; readonly state: ReplayRow['state']; readonly made_by: string; readonly why: string; readonly made_at: number; readonly second: number; readonly started_by: string | null;
  readonly started_at: number | null; readonly ended_at: number | null; readonly per_minute: number; readonly cap: number; readonly selection: string; readonly preview: string;
  readonly total: number; readonly sent: number; readonly skipped: number;
}
export interface StoredPlan { readonly row: ReplayRow; readonly preview: ReplayPreview[] }
export interface StoredItem { readonly delivery: number; readonly seq: number; readonly trace: string; readonly source: string; readonly destination: string; readonly state: 'pending' | 'making' | 'sent' | 'skipped'; readonly made: number | null; readonly cause: string | null; readonly at: number | null }
export interface Draft { readonly by: string; readonly why: string; readonly at: number; readonly second: boolean; readonly perMinute: number; readonly cap: number; readonly selection: ReplaySelection; readonly preview: readonly ReplayPreview[]; readonly items: readonly FinalListed[] }

const planOf = (one: PlanRow): StoredPlan => ({
  row: {
    id: one.id, state: one.state, made: { by: one.made_by, why: one.why, at: one.made_at }, needsSecondPerson: one.second === 1, startedBy: one.started_by, startedAt: one.started_at, endedAt: one.ended_at,
    perMinute: one.per_minute, cap: one.cap, total: one.total, sent: one.sent, skipped: one.skipped, left: one.total - one.sent - one.skipped, selection: JSON.parse(one.selection) as ReplaySelection,
  },
  // One of a plan made before acknowledgements were counted has no such number.
  preview: (JSON.parse(one.preview) as ReplayPreview[]).map((group) => ({ ...group, acknowledgements: (group as Partial<ReplayPreview>).acknowledgements ?? 0 })),
});
const itemColumns = 'delivery, seq, trace, source, destination, state, made, cause, at';
export const itemState = ({ state }: Pick<StoredItem, 'state'>): ReplayItem['state'] => (state === 'making' ? 'pending' : state);

/** Replay plans as they are kept: frozen when made, and each delivery's turn written before and after. */
export function openReplayStore(db: Database) {
  const plans = `SELECT replay.*, (SELECT count(*) FROM replay_item WHERE plan = replay.id) AS total, (SELECT count(*) FROM replay_item WHERE plan = replay.id AND state = 'sent') AS sent,
    (SELECT count(*) FROM replay_item WHERE plan = replay.id AND state = 'skipped') AS skipped FROM replay`;
  const sql = {
    one: db.statement<PlanRow>(`${plans} WHERE id = ?`), all: db.statement<PlanRow>(`${plans} ORDER BY id DESC LIMIT ?`), unfinished: db.statement<{ id: number }>("SELECT id FROM replay WHERE state = 'running' OR EXISTS (SELECT 1 FROM replay_item WHERE plan = replay.id AND state = 'making') ORDER BY id"),
    make: db.statement<{ id: number }>("INSERT INTO replay(state, made_by, why, made_at, second, per_minute, cap, selection, preview) VALUES('draft', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"),
    item: db.statement("INSERT INTO replay_item(plan, delivery, seq, trace, source, destination, state) VALUES(?, ?, ?, ?, ?, ?, 'pending')"),
    act: db.statement('INSERT INTO replay_act(plan, act, by, at) VALUES(?, ?, ?, ?)'), acts: db.statement<{ act: string; by: string; at: number }>('SELECT act, by, at FROM replay_act WHERE plan = ? ORDER BY id'),
    state: db.statement('UPDATE replay SET state = ?, started_by = coalesce(started_by, ?), started_at = coalesce(started_at, ?), ended_at = ? WHERE id = ? AND state = ?'),
    items: db.statement<StoredItem>(`SELECT ${itemColumns} FROM replay_item WHERE plan = ? AND delivery > ? ORDER BY delivery LIMIT ?`),
    next: db.statement<StoredItem>(`SELECT ${itemColumns} FROM replay_item WHERE plan = ? AND state IN ('pending', 'making') ORDER BY delivery LIMIT 1`),
    turn: db.statement('UPDATE replay_item SET state = ?, made = ?, cause = ?, at = ? WHERE plan = ? AND delivery = ?'),
    last: db.statement<{ at: number | null }>('SELECT max(at) AS at FROM replay_item WHERE plan = ?'),
    touched: db.statement<{ source: string; destination: string }>('SELECT DISTINCT source, destination FROM replay_item WHERE plan = ?'),
  };
  return {
    one: (id: number): StoredPlan | null => { const row = sql.one.get(id); return row === undefined ? null : planOf(row); },
    all: (limit: number): StoredPlan[] => sql.all.all(limit).map(planOf),
    /** Those that run, and those with a turn that was begun and not ended. */
    unfinished: (): number[] => sql.unfinished.all().map(({ id }) => id),
    acts: (id: number) => sql.acts.all(id).map((one) => ({ ...one })),
    lastTurn: (id: number): number | null => sql.last.get(id)?.at ?? null,
    touched: (id: number) => sql.touched.all(id),
    items: (id: number, after: number, limit: number): StoredItem[] => sql.items.all(id, after, limit),
    next: (id: number): StoredItem | null => sql.next.get(id) ?? null,
    make: ({ by, why, at, second, perMinute, cap, selection, preview, items }: Draft): number => together(db, () => {
      const id = sql.make.get(by, why, at, second ? 1 : 0, perMinute, cap, JSON.stringify(selection), JSON.stringify(preview))?.id ?? 0;
      for (const one of items) sql.item.run(id, one.id, one.seq, one.trace, one.source, one.destination);
      sql.act.run(id, 'made', by, at);
      return id;
    }),
    /** False when the plan was no longer in that state. */
    become: (id: number, from: ReplayRow['state'], to: ReplayRow['state'], act: string, by: string, at: number): boolean => together(db, () => {
      const changed = sql.state.run(to, to === 'running' ? by : null, to === 'running' ? at : null, to === 'done' || to === 'cancelled' ? at : null, id, from) === 1;
      if (changed) sql.act.run(id, act, by, at);
      return changed;
    }),
    turn: (plan: number, delivery: number, state: StoredItem['state'], more: { readonly made?: number; readonly cause?: string; readonly at: number }): void => { sql.turn.run(state, more.made ?? null, more.cause ?? null, more.at, plan, delivery); },
  };
}
export type ReplayStore = ReturnType<typeof openReplayStore>;
