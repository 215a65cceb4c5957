import type { JournalEvent } from '../journal.ts';
import type { JournalReader } from '../reader.ts';
import { stateOf } from './counters.ts';
import type { Database } from './database.ts';
import { firstDeliveryOf } from './deliveries.ts';

/** What decides whether deliveries may be made again. */
export function openKin(db: Database): JournalReader['kin'] {
  const messages = db.statement<{ seq: number }>('SELECT DISTINCT seq FROM delivery WHERE id IN (SELECT value FROM json_each(?))');
  const deliveries = db.statement<{ id: number; state: number; reason: string }>('SELECT id, state, reason FROM delivery WHERE id >= ? AND id < ? ORDER BY id');
  const events = db.statement<JournalEvent>("SELECT id, seq, delivery, at, stage, kind, detail FROM event WHERE seq = ? AND kind IN ('replayed', 'corrected') ORDER BY id");
  return (ids) => messages.all(JSON.stringify(ids)).map(({ seq }) => ({
    deliveries: deliveries.all(firstDeliveryOf(seq), firstDeliveryOf(seq + 1)).map((one) => ({ ...one, state: stateOf(one.state) })), events: events.all(seq).map((one) => ({ ...one })),
  }));
}
