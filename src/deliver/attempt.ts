import { catalogue } from '../domain/catalogue.ts';
import type { Receipt } from '../domain/delivery.ts';
import type { DeliveryFull } from '../journal/journal.ts';
import { byAPerson, type Stop } from './ahead.ts';
import { settle } from './close.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';
import { envelopeOf } from './envelope.ts';
import { exchange, type Exchanged } from './exchange.ts';
import { earlierOf, isAbsentThere, waitsForInitial } from './initial.ts';
import { decide, type Decided, type Health } from './outcome.ts';

/** How a lane is left: free for what comes next, or blocked until a moment. */
export type End = ({ readonly kind: 'free' } | { readonly kind: 'wait'; readonly until: number }) & {
  readonly health: Health;
  readonly fault: string | null;
  /** When the attempt began, where the partner took it: its configuration was right then. */
  readonly passedAt?: number;
};

/** A receipt, and where it sends the delivery. */
interface Concluded extends Omit<Exchanged, 'receipt'> { readonly receipt: Receipt; readonly decided: Decided }

/** The stop stands, and the partner said nothing against it: said as the refusal it is, to whoever waits for an answer. */
const stopped = (stop: Stop, inDoubt: boolean): { receipt: Receipt; decided: Decided } => ({
  receipt: { kind: 'refused', fault: stop.reason.code, ...(stop.reason.args === undefined ? {} : { args: stop.reason.args }) },
  decided: { next: stop.to === 'held' ? { state: 'held', inDoubt } : { state: 'refused' }, reason: stop.reason.code, health: 'untouched' },
});

/** Did the partner take another delivery since this one met a fault of configuration? */
function othersPassed(delivery: DeliveryFull, passedAt: number): boolean {
  const last = delivery.attemptsMade.at(-1);
  const known: Readonly<Record<string, { readonly class: string } | undefined>> = catalogue;
  return last !== undefined && last.endedAt !== null && last.endedAt <= passedAt && known[last.fault ?? '']?.class === 'configuration';
}

/**
 * The partner does not have what is to be replaced or deleted, nor was the gateway ever brought it: it may come yet. A person who
 * made it leave has the partner's answer.
 */
async function awaiting(engine: Engine, delivery: DeliveryFull, { receipt, decided, ...rest }: Concluded): Promise<Concluded> {
  if (!isAbsentThere(receipt) || decided.next.state !== 'refused' || byAPerson.has(delivery.reason) || delivery.planned.gate.after.length === 0) return { receipt, decided, ...rest };
  const { missing } = await engine.pause.until(() => earlierOf(engine.ports.journal, delivery));
  if (!missing || receipt.kind !== 'refused') return { receipt, decided, ...rest };
  const { fault, args = [], raw } = receipt;
  return { ...rest, receipt: { kind: 'held', fault, args, ...(raw === undefined ? {} : { raw }) }, decided: { next: { state: 'held', inDoubt: false }, reason: waitsForInitial, health: decided.health } };
}

async function conclude(engine: Engine, partner: Partner, delivery: DeliveryFull, stop: Stop | null, passedAt: number): Promise<Concluded> {
  const { ports } = engine;
  const { capabilities, rules } = partner;
  // Before its envelope is frozen nothing of a delivery has left: there is nothing to doubt.
  const doubt = delivery.inDoubt && delivery.envelope !== null;
  const attempt = delivery.attempts + 1;
  const decision = (receipt: Receipt, stillInDoubt: boolean): Decided =>
    decide(receipt, { at: ports.clock(), attempt, stillInDoubt, random: ports.random(), rules, lookup: capabilities.lookup, othersPassed: othersPassed(delivery, passedAt) });
  const nothing = { asked: null, possibleDuplicate: false, stillInDoubt: doubt };
  const made = await envelopeOf(engine, partner, delivery);
  if ('unprepared' in made) return { ...nothing, receipt: made.unprepared, decided: { next: { state: 'held', inDoubt: doubt }, reason: made.unprepared.fault, health: 'untouched' } };
  if ('unresolved' in made) return { ...nothing, receipt: made.unresolved, decided: decision(made.unresolved, doubt) };
  ports.crashPoint('after-envelope');
  const exchanged = await exchange(engine, partner, delivery, made, attempt, doubt, stop);
  const { receipt, asked, stillInDoubt } = exchanged;
  if (receipt.kind === 'stopped') return { ...exchanged, ...stopped(receipt.stop, stillInDoubt) };
  const decided = decision(receipt, stillInDoubt);
  return { ...exchanged, receipt, decided: asked === 'found' ? { ...decided, reason: 'deliver.found' } : decided };
}

/**
 * One journaled attempt. `begin` is durable before the first byte leaves, so that a crash leaves a doubt and never a silent
 * second sending (invariants 1, 8).
 * @param passedAt when the latest delivery that the partner took was begun; -Infinity when it took none
 * @param stop given when the delivery may not be sent but an earlier attempt is in doubt: the partner is only asked
 * @param answered told when the partner has answered for good and its outcome has its place in the journal's next transaction: what
 * comes next in the lane may be begun, for its `begin` can be in no earlier one
 */
export async function attempt(engine: Engine, partner: Partner, delivery: DeliveryFull, stop: Stop | null, passedAt: number, answered: (end: End) => void): Promise<End> {
  const { ports } = engine;
  const startedAt = ports.clock();
  await ports.journal.begin([delivery.id], startedAt);
  engine.pause.wrote();
  const { receipt, decided, asked, possibleDuplicate } = await awaiting(engine, delivery, await conclude(engine, partner, delivery, stop, passedAt));
  const at = ports.clock();
  const { next, health } = decided;
  const fault = 'fault' in receipt ? receipt.fault : null;
  const notBefore = next.state === 'waiting' ? next.notBefore : null;
  const passed = receipt.kind === 'delivered' || receipt.kind === 'submitted' ? { passedAt: startedAt } : {};
  const end: End = notBefore === null ? { kind: 'free', health, fault, ...passed } : { kind: 'wait', until: notBefore, health, fault };
  const settled = settle(engine, delivery, receipt, decided);
  if (next.state !== 'waiting' && next.state !== 'held') answered(end);
  await settled;
  // What it waits for may have come in between.
  if (decided.reason === waitsForInitial) engine.heldBehind(delivery.id);
  ports.log({
    kind: 'attempt', trace: delivery.trace, seq: delivery.seq, delivery: delivery.id, destination: partner.rules.id, system: delivery.system, action: delivery.action,
    attempt: delivery.attempts + 1, outcome: receipt.kind, fault, asked, possibleDuplicate, ms: at - startedAt, next: next.state, notBefore, age: at - delivery.plannedAt,
  });
  return end;
}
