import type { Reason, Receipt } from '../domain/delivery.ts';
import { finding } from '../domain/finding.ts';
import type { DeliveryFull, FollowUp } from '../journal/journal.ts';
import type { Engine } from './engine.ts';
import { placeOf } from './events.ts';
import type { Decided } from './outcome.ts';

/** The business acknowledgements of an outcome. A defect in writing them must not lose the outcome itself. */
function followUps({ ports }: Engine, delivery: DeliveryFull, receipt: Receipt): readonly FollowUp[] {
  try {
    return ports.acknowledge(delivery, receipt).map((planned) => ({ delivery: planned }));
  } catch (error) {
    ports.log({ kind: 'trouble', fault: 'deliver.acknowledge-failed', destination: delivery.destination, delivery: delivery.id, ...placeOf(error) });
    return [];
  }
}

/** Writes an attempt's outcome and what it causes, in one transaction, however long the journal refuses. @throws Stopping */
export async function settle(engine: Engine, delivery: DeliveryFull, receipt: Receipt, { next, reason }: Pick<Decided, 'next' | 'reason'>): Promise<void> {
  const { ports } = engine;
  const caused = next.state === 'waiting' || next.state === 'held' ? [] : followUps(engine, delivery, receipt);
  const outcome = { at: ports.clock(), receipt, next, reason };
  const born = await engine.pause.until(() => ports.journal.settle(delivery.id, outcome, caused));
  ports.crashPoint('after-settle');
  engine.born(born);
  engine.became(delivery.id, next.state);
}

/** Moves a delivery without an attempt: by the gate, its deadline, a fact, or a person. `told`: what its sender is told, where that is not the reason. */
export async function move(engine: Engine, delivery: DeliveryFull, to: 'held' | 'waiting' | 'refused' | 'abandoned', reason: Reason, mover: { readonly by: string; readonly why?: string; readonly factsUpTo?: number; readonly told?: Receipt }): Promise<void> {
  const { ports } = engine;
  const receipt: Receipt = mover.told ?? { kind: 'refused', fault: reason.code, ...(reason.args === undefined ? {} : { args: reason.args }) };
  const caused = to === 'refused' || to === 'abandoned' ? followUps(engine, delivery, receipt) : [];
  const text = mover.why ?? finding(reason.code, '', ...(reason.args ?? [])).text;
  const { by, factsUpTo } = mover;
  const born = await engine.pause.until(() => ports.journal.move(delivery.id, to, { code: reason.code, by, text, at: ports.clock(), ...(factsUpTo === undefined ? {} : { factsUpTo }) }, caused));
  ports.log({ kind: 'move', trace: delivery.trace, seq: delivery.seq, delivery: delivery.id, destination: delivery.destination, to, reason: reason.code, by });
  engine.born(born);
  engine.became(delivery.id, to);
}

/** Who moves what no person moved. */
export const gateway = { by: 'passerelle' } as const;
