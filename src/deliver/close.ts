import type { Reason, Receipt } from '../domain/delivery.ts';
import { finding } from '../domain/finding.ts';
import { JournalFault, type DeliveryFull, type FollowUp } from '../journal/journal.ts';
import type { Engine } from './engine.ts';
import { placeOf } from './events.ts';
import type { Decided } from './outcome.ts';

/** The business acknowledgements of an outcome. A defect in writing them must not lose the outcome itself. */
function followUps({ ports }: Engine, delivery: DeliveryFull, receipt: Receipt): readonly FollowUp[] {
  try {
    return ports.acknowledge(delivery, receipt);
  } catch (error) {
    ports.log({ kind: 'trouble', fault: 'deliver.acknowledge-failed', destination: delivery.destination, delivery: delivery.id, ...placeOf(error) });
    return [];
  }
}

/** So many senders may ask for the same delivery while its end is being written. */
const mostAgain = 20;

/** Writes what ends a delivery, as often as somebody else asked for it in between: that sender is told too. @throws Stopping */
async function ending(engine: Engine, delivery: DeliveryFull, write: (delivery: DeliveryFull) => Promise<readonly number[]>): Promise<readonly number[]> {
  for (let now = delivery, left = mostAgain; ; left -= 1) {
    const found = now;
    try { return await engine.pause.until(() => write(found)); } catch (error) {
      if (!(error instanceof JournalFault) || error.code !== 'journal.asked-since' || left <= 1) throw error;
    }
    now = { ...delivery, askers: (await engine.pause.until(() => engine.ports.journal.delivery(delivery.id)))?.askers ?? [] };
  }
}

/** Writes an attempt's outcome and what it causes, in one transaction, however long the journal refuses. @throws Stopping */
export async function settle(engine: Engine, delivery: DeliveryFull, receipt: Receipt, { next, reason }: Pick<Decided, 'next' | 'reason'>): Promise<void> {
  const { ports } = engine;
  const ends = next.state !== 'waiting' && next.state !== 'held';
  const at = ports.clock();
  const born = await ending(engine, delivery, (now) =>
    ports.journal.settle(now.id, { at, receipt, next, reason, askers: now.askers.length }, ends ? followUps(engine, now, receipt) : []));
  ports.crashPoint('after-settle');
  engine.born(born);
  engine.became(delivery.id, next.state);
}

/** Moves a delivery without an attempt: by the gate, its deadline, a fact, or a person. `told`: what its sender is told, where that is not the reason. */
export async function move(engine: Engine, delivery: DeliveryFull, to: 'held' | 'waiting' | 'refused' | 'abandoned', reason: Reason, mover: { readonly by: string; readonly why?: string; readonly factsUpTo?: number; readonly told?: Receipt }): Promise<void> {
  const { ports } = engine;
  const receipt: Receipt = mover.told ?? { kind: 'refused', fault: reason.code, ...(reason.args === undefined ? {} : { args: reason.args }) };
  const ends = to === 'refused' || to === 'abandoned';
  const text = mover.why ?? finding(reason.code, '', ...(reason.args ?? [])).text;
  const { by, factsUpTo } = mover;
  const born = await ending(engine, delivery, (now) => ports.journal.move(now.id, to,
    { code: reason.code, by, text, at: ports.clock(), askers: now.askers.length, ...(factsUpTo === undefined ? {} : { factsUpTo }) }, ends ? followUps(engine, now, receipt) : []));
  ports.log({ kind: 'move', trace: delivery.trace, seq: delivery.seq, delivery: delivery.id, destination: delivery.destination, to, reason: reason.code, by });
  engine.born(born);
  engine.became(delivery.id, to);
}

/** Who moves what no person moved. */
export const gateway = { by: 'passerelle' } as const;
