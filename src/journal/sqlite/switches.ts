import type { DestinationSwitch } from '../../domain/destination-switch.ts';
import type { Batch } from './batch.ts';
import type { Store } from './store.ts';

interface Row { readonly destination: string; readonly paused: number; readonly actor: string; readonly reason: string; readonly at: number }

/** The kill switches of destinations: each act is a row of its own and stays, so that the state is also its own audit. */
export function openSwitches({ db }: Store): { add(batch: Batch, act: DestinationSwitch): void; all(): DestinationSwitch[] } {
  const insert = db.statement('INSERT INTO destination_switch(id, destination, paused, actor, reason, at) VALUES(?, ?, ?, ?, ?, ?)');
  const all = db.statement<Row>('SELECT destination, paused, actor, reason, at FROM destination_switch ORDER BY id');
  return {
    add: (batch, { destination, paused, by, why, at }) => { insert.run(batch.next('switch'), destination, paused ? 1 : 0, by, why, at); },
    all: () => all.all().map(({ destination, paused, actor, reason, at }) => ({ destination, paused: paused === 1, by: actor, why: reason, at })),
  };
}
