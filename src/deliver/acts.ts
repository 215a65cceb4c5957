import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import { isFinal, type Reason } from '../domain/delivery.ts';
import { finding } from '../domain/finding.ts';
import type { DeliveryFull } from '../journal/journal.ts';
import { move } from './close.ts';
import { givenUp } from './initial.ts';
import type { Engine } from './engine.ts';
import type { Queue } from './queue.ts';

/** An operator's act that cannot be done, with its code of the catalogue. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused';
  readonly code: FaultCode;
  readonly args: readonly string[];
  /** HTTP status of the API's answer. */
  readonly status: number;
  constructor(code: FaultCode, ...args: string[]) {
    super(finding(code, '', ...args).text);
    this.code = code;
    this.args = args;
    this.status = catalogue[code].http ?? 500;
  }
}

async function movable(engine: Engine, id: number): Promise<DeliveryFull> {
  const delivery = await engine.ports.journal.delivery(id);
  if (delivery === null) throw new ActRefused('deliver.no-such-delivery');
  if (isFinal(delivery.state)) throw new ActRefused('deliver.already-final', delivery.state);
  if (delivery.state === 'sending') throw new ActRefused('deliver.under-way');
  return delivery;
}

/** What a released delivery still waits for at its destination, to be told to who released it; null when it leaves now. */
export interface Released { readonly keptBy: Reason | null }

function keptBy({ ports, pause }: Engine, queue: Queue | undefined, { destination, system }: DeliveryFull): Reason | null {
  const rules = queue?.partner.rules ?? ports.unconnected(destination);
  if (rules === undefined) return { code: 'deliver.kept-unconfigured', args: [destination] };
  if (queue === undefined) return { code: 'deliver.kept-unconnected', args: [system] };
  if (rules.production && !rules.enabled) return { code: 'route.production-not-enabled' };
  if (queue.stopped) return { code: 'deliver.kept-paused', args: [destination] };
  if (pause.paused) return { code: 'deliver.kept-journal' };
  return queue.state().breaker === 'closed' ? null : { code: 'deliver.kept-breaker', args: [destination] };
}

/** A held delivery may go, by a person who gives a reason and answers for the facts known now. @throws ActRefused */
export async function release(engine: Engine, queues: ReadonlyMap<string, Queue>, id: number, by: string, why: string): Promise<Released> {
  const delivery = await movable(engine, id);
  if (delivery.state !== 'held') throw new ActRefused('deliver.not-held', delivery.state);
  const { factSeq } = await engine.ports.journal.lane(delivery.lane);
  await move(engine, delivery, 'waiting', { code: 'deliver.released' }, { by, why, factsUpTo: factSeq });
  const now = await engine.ports.journal.delivery(id);
  const queue = queues.get(delivery.destination);
  // Told as found: offering it may itself open the breaker.
  const kept = keptBy(engine, queue, delivery);
  if (now?.state === 'waiting') queue?.offer(now, now);
  return { keptBy: kept };
}

/** A delivery that is not final is given up, by a person who gives a reason. @throws ActRefused */
export async function abandon(engine: Engine, queues: ReadonlyMap<string, Queue>, id: number, by: string, why: string, code: FaultCode = 'deliver.abandoned'): Promise<void> {
  const giveUp = async (): Promise<void> => {
    const delivery = await movable(engine, id);
    await move(engine, delivery, 'abandoned', { code }, { by, why, told: code === 'deliver.abandoned' ? givenUp(delivery) : { kind: 'refused', fault: code } });
  };
  const delivery = await movable(engine, id);
  const queue = queues.get(delivery.destination);
  if (queue === undefined) { await giveUp(); return; }
  if (!await queue.aside(id, giveUp)) throw new ActRefused('deliver.under-way');
  queue.kick(delivery);
}
