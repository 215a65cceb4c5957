import { isFinal } from '../../domain/delivery.ts';
import type { Asker, NewPlan } from '../journal.ts';
import type { Batch } from './batch.ts';
import { stateOf } from './counters.ts';
import type { Store } from './store.ts';

/** What is kept of an asker, sealed. */
type Kept = Omit<Asker, 'seq'>;

/** Whether the deliveries whose end a plan counts on are as it found them: not ended, nor moved after their end. */
export function askersCheck({ db }: Pick<Store, 'db'>): (plan: Pick<NewPlan, 'askers'>) => boolean {
  const present = db.statement<{ state: number; reason: string }>('SELECT state, reason FROM delivery WHERE id = ?');
  return ({ askers = [] }) => askers.every(({ delivery, was }) => {
    const row = present.get(delivery);
    const state = row === undefined ? null : stateOf(row.state);
    return state !== null && (isFinal(was.state) ? state === was.state && row?.reason === was.reason : !isFinal(state));
  });
}

/** Keeps who is to be told how a delivery ends, besides who asked for it first; `again` does so of another one's, for a delivery made again. */
export function askersWriter({ db }: Pick<Store, 'db'>): { add(batch: Batch, delivery: number, seq: number, kept: Kept): void; again(batch: Batch, of: number, delivery: number): void } {
  const known = db.statement('SELECT 1 FROM asker WHERE delivery = ? AND seq = ?');
  const insert = db.statement('INSERT INTO asker(delivery, seq, asker_ref) VALUES(?, ?, ?)');
  const all = db.statement<{ seq: number; asker_ref: Uint8Array }>('SELECT seq, asker_ref FROM asker WHERE delivery = ? ORDER BY seq');
  return {
    add: (batch, delivery, seq, kept) => { if (known.get(delivery, seq) === undefined) insert.run(delivery, seq, batch.put(Buffer.from(JSON.stringify(kept)))); },
    again: (batch, of, delivery) => { for (const { seq, asker_ref: ref } of all.all(of)) insert.run(delivery, seq, batch.put(batch.open(ref))); },
  };
}

export const askersCounter = ({ db }: Pick<Store, 'db'>): ((delivery: number) => number) => {
  const count = db.statement<{ n: number }>('SELECT count(*) AS n FROM asker WHERE delivery = ?');
  return (delivery) => count.get(delivery)?.n ?? 0;
};

/** Oldest first. */
export function askersReader({ db, storage }: Pick<Store, 'db' | 'storage'>): (delivery: number) => readonly Asker[] {
  const all = db.statement<{ seq: number; asker_ref: Uint8Array | null }>('SELECT seq, asker_ref FROM asker WHERE delivery = ? ORDER BY seq');
  return (delivery) => all.all(delivery).flatMap(({ seq, asker_ref: ref }) => {
    const kept = storage.column(ref);
    return kept === null ? [] : [{ seq, ...JSON.parse(kept.toString()) as Kept }];
  });
}
