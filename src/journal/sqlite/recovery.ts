import type { Counts, MessageFull, Recovery } from '../journal.ts';
import type { Batch } from './batch.ts';
import { counterNames, deliveryCounters, type Disposed } from './counters.ts';
import type { Intake } from './intake.ts';
import type { Reading } from './reading.ts';
import { stateNumbers } from './schema.ts';
import type { Store } from './store.ts';

/** Messages given back by one call of `recover`. */
const chunk = 100;

/** The conservation counts (invariant 4), from the counters; nothing is scanned. */
export function countsReader(store: Store): () => Counts {
  const { db, counters } = store;
  const oldest = db.statement<{ planned_at: number }>('SELECT planned_at FROM delivery WHERE destination = ? AND state = ? AND state <> 4 ORDER BY id LIMIT 1');
  return () => {
    const of = (name: string) => counters.get(name) ?? 0;
    const message = (disposition: Disposed) => of(counterNames.message(disposition));
    const perDestination = [...deliveryCounters(counters)].filter(({ count }) => count > 0).map((row) => ({
      ...row, oldest: stateNumbers[row.state] < 4 ? oldest.get(row.destination, stateNumbers[row.state])?.planned_at ?? null : null,
    }));
    const sum = (...states: string[]) => perDestination.filter(({ state }) => states.length === 0 || states.includes(state)).reduce((total, { count }) => total + count, 0);
    return {
      messages: {
        received: of(counterNames.received), planned: message('planned'), rejected: message('rejected'), consumed: message('consumed'),
        repeated: of(counterNames.repeated), quarantined: message('quarantined'), pipeline: message('pipeline'),
      },
      deliveries: {
        planned: sum(), delivered: sum('delivered'), refused: sum('refused'), abandoned: sum('abandoned'), held: sum('held'),
        waiting: sum('waiting', 'sending'), submitted: sum('submitted'),
      },
      perDestination,
    };
  };
}

export interface Recoverer {
  /** Once per opening: attempts without an outcome become doubts, crashes are counted, and who crashed too often is set aside. */
  first(batch: Batch): { quarantined: number[]; inDoubt: number };
  /** The next messages without a plan that were there at the opening, oldest first; empty when all were given. */
  next(): MessageFull[];
}

export function openRecovery(store: Store, intake: Intake, reading: Reading): Recoverer {
  const { db } = store;
  const sql = {
    attempts: db.statement(
      `INSERT INTO attempt(delivery, n, started_at, ended_at, outcome, fault, raw_ref)
       SELECT id, attempts, begun_at, NULL, NULL, NULL, NULL FROM delivery WHERE destination = ? AND state = 1 AND state <> 4`),
    doubts: db.statement('UPDATE delivery SET state = 0, in_doubt = 1, begun_at = NULL WHERE destination = ? AND state = 1 AND state <> 4'),
    crashed: db.statement('UPDATE message SET crashes = crashes + 1 WHERE disposition = 0'),
    often: db.statement<{ seq: number }>('SELECT seq FROM message WHERE disposition = 0 AND crashes >= ? ORDER BY seq'),
    unplanned: db.statement<{ seq: number }>('SELECT seq FROM message WHERE disposition = 0 AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?'),
  };
  const lastAtOpening = store.counters.get('seq') ?? 0;
  let given = 0;
  return {
    first: (batch) => {
      let inDoubt = 0;
      for (const { destination } of [...deliveryCounters(store.counters)].filter(({ state }) => state === 'sending')) {
        sql.attempts.run(destination);
        const moved = sql.doubts.run(destination);
        batch.add(counterNames.delivery('sending', destination), -moved);
        batch.add(counterNames.delivery('waiting', destination), moved);
        inDoubt += moved;
      }
      sql.crashed.run();
      const quarantined = sql.often.all(store.crashesBeforeQuarantine).map(({ seq }) => seq);
      for (const seq of quarantined) intake.quarantine(batch, seq, `in the pipeline at ${store.crashesBeforeQuarantine} starts`, [], store.clock());
      return { quarantined, inDoubt };
    },
    next: () => {
      const rows = sql.unplanned.all(given, lastAtOpening, chunk);
      given = rows.at(-1)?.seq ?? lastAtOpening;
      return rows.flatMap(({ seq }) => reading.message({ seq }) ?? []);
    },
  };
}

/** What the port's `recover` answers on its first call and on the following ones. */
export const recovered = (unplanned: readonly MessageFull[], first: { quarantined: number[]; inDoubt: number } | null): Recovery =>
  ({ unplanned, quarantined: first?.quarantined ?? [], inDoubt: first?.inDoubt ?? 0 });
