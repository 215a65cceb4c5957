import type { Envelope, Receipt } from '../domain/delivery.ts';
import type { Finding } from '../domain/finding.ts';
import { Stopping } from '../domain/stopping.ts';
import type { DeliveryFull } from '../journal/journal.ts';
import type { Answers, Work } from './connector.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';
import type { Prepared } from './ports.ts';
import { placeOf } from './events.ts';
import { answersBytes, answersOf, resolve } from './resolve.ts';

/** `fresh`: the answers are of this very attempt. */
export interface Ready { readonly envelope: Envelope; readonly answers: Answers | null; readonly fresh: boolean }
/** The envelope, or why there is none: the partner did not answer what must be asked first, or it cannot be made or may not leave. */
export type Made = Ready | { readonly unresolved: Receipt } | { readonly unprepared: Extract<Receipt, { kind: 'refused' }> };

const unprepared = (engine: Engine, delivery: DeliveryFull, error: unknown): Made => {
  const place = placeOf(error);
  engine.ports.log({ kind: 'trouble', fault: 'deliver.prepare-failed', destination: delivery.destination, delivery: delivery.id, ...place });
  return { unprepared: { kind: 'refused', fault: 'deliver.prepare-failed', args: [place.what] } };
};

/**
 * The same mail under the same name would leave twice: a mailbox that was looked for is the one of another recipient of the
 * message, or another message with the same document writes to it too. What is looked for in a message shares a lane, so that one
 * is frozen before the next is looked at. @returns the message whose mail it is
 */
async function goesAlready({ ports, pause }: Engine, { id, destination }: DeliveryFull, { steps }: Envelope, except?: number): Promise<number | null> {
  const name = steps[0]?.meta.controlId;
  const known = name === undefined ? null : await pause.until(() => ports.journal.correlated(name, except));
  const other = known === null || known === id ? null : await pause.until(() => ports.journal.delivery(known));
  return other?.destination === destination && other.state !== 'refused' && other.state !== 'abandoned' ? other.seq : null;
}
const heldAsSame = (seq: number): Made => ({ unresolved: { kind: 'held', fault: 'recipients.same-mailbox', args: [String(seq)] } });

/** What the destination's profiles say of an envelope made after its plan: the plan's record is written, the message's story is not. */
async function noted({ ports, pause }: Engine, { id, seq }: DeliveryFull, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await pause.until(() => ports.journal.note({ seq, delivery: id, at: ports.clock(), stage: 'emit', kind: 'checked', detail: JSON.stringify({ findings }) }));
}

/** Makes the frozen part of a delivery that was planned without one, and freezes it before its first attempt. @throws Stopping */
export async function envelopeOf(engine: Engine, partner: Partner, delivery: DeliveryFull): Promise<Made> {
  if (delivery.envelope !== null) {
    // At its first attempt only, and never beside its own message's: what a person sends again bears the same name.
    const same = partner.capabilities.resolve === 'missing' && delivery.attempts === 0 ? await goesAlready(engine, delivery, delivery.envelope, delivery.seq) : null;
    return same === null ? { envelope: delivery.envelope, answers: answersOf(delivery.answers), fresh: false } : heldAsSame(same);
  }
  const { ports } = engine;
  let work: Work;
  try {
    work = await engine.pause.until(() => ports.work(delivery));
  } catch (error) {
    if (error instanceof Stopping) throw error;
    return unprepared(engine, delivery, error);
  }
  let answers: Answers | null = null;
  if (partner.capabilities.resolve) {
    const resolved = await resolve(engine, partner, delivery, work, null);
    if ('receipt' in resolved) return { unresolved: resolved.receipt };
    ({ answers } = resolved);
  }
  let prepared: Prepared;
  try {
    prepared = await ports.prepare(delivery.destination, work, answers);
  } catch (error) {
    if (error instanceof Stopping) throw error;
    return unprepared(engine, delivery, error);
  }
  await noted(engine, delivery, prepared.findings ?? []);
  if ('withheld' in prepared) {
    const { code, args = [] } = prepared.withheld;
    return { unprepared: { kind: 'refused', fault: code, args } };
  }
  const made: Envelope = { steps: prepared.steps };
  const same = partner.capabilities.resolve === 'missing' && delivery.recipient === null ? await goesAlready(engine, delivery, made) : null;
  if (same !== null) return heldAsSame(same);
  await engine.pause.until(() => ports.journal.freeze(delivery.id, made, answers === null ? null : answersBytes(answers)));
  return { envelope: made, answers, fresh: true };
}
