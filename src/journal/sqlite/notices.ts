import type { DeliveryHead, NewPlan } from '../journal.ts';
import { askersCounter } from './askers.ts';
import type { Batch } from './batch.ts';
import { countMove, stateOf } from './counters.ts';
import { followUpWriter, presentReader } from './deliveries.ts';
import type { Documents } from './documents.ts';
import { stateNumbers } from './schema.ts';
import type { Store } from './store.ts';

/** Whether the deliveries that a plan's notice was judged on are as it found them. */
export function noticeCheck({ db }: Store): (plan: Pick<NewPlan, 'notice'>) => boolean {
  const askersOf = askersCounter({ db });
  const present = db.statement<{ state: number; reason: string }>('SELECT state, reason FROM delivery WHERE id = ?');
  return ({ notice }) => (notice?.closings ?? []).every(({ delivery, was }) => {
    const row = present.get(delivery);
    return row !== undefined && stateOf(row.state) === was.state && row.reason === was.reason && askersOf(delivery) === was.askers;
  });
}

/** Closes deliveries by a notice, tells their story, and adds what their senders are told, as born of the deliveries themselves. */
export function noticeWriter(store: Store, documents: Documents): (batch: Batch, notice: NewPlan['notice'], from: { at: number }) => { closed: readonly number[]; born: readonly DeliveryHead[] } {
  const { db } = store;
  const addFollowUp = followUpWriter(store, documents);
  const present = presentReader(store);
  const sql = {
    close: db.statement('UPDATE delivery SET state = ?, reason = ?, notice_until = NULL, in_doubt = 0 WHERE id = ?'),
    event: db.statement("INSERT INTO event(id, seq, delivery, at, stage, kind, detail) VALUES(?, ?, ?, ?, 'deliver', 'noticed', ?)"),
  };
  return (batch, notice, { at }) => {
    const closed: number[] = [];
    const born: DeliveryHead[] = [];
    for (const { delivery, becomes, followUps, detail } of notice?.closings ?? []) {
      const row = present(delivery);
      if (row === undefined) continue;
      if (becomes !== null) {
        sql.close.run(stateNumbers[becomes.state], becomes.reason, delivery);
        countMove(batch, row.destination, stateOf(row.state), becomes.state);
        closed.push(delivery);
      }
      sql.event.run(batch.next('event'), row.seq, delivery, at, detail);
      for (const one of followUps) born.push(addFollowUp(batch, row, at, one));
    }
    return { closed, born };
  };
}
