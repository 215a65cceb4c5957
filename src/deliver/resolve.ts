import type { Receipt } from '../domain/delivery.ts';
import type { DeliveryFull } from '../journal/journal.ts';
import type { Answers, Resolved, Work } from './connector.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';
import { placeOf } from './events.ts';
import { within } from './within.ts';

const unanswered: Resolved = { receipt: { kind: 'busy', fault: 'deliver.resolve-failed' } satisfies Receipt };

/** Asks a connector what must be known before its envelope is made, or sent. */
export async function resolve(engine: Engine, { connector, rules }: Partner, delivery: DeliveryFull, work: Work, earlier: Answers | null): Promise<Resolved> {
  return within<Resolved>(rules.attemptMs, engine.ports.alarm, engine.live, async (signal) => (await connector.resolve?.(work, signal, earlier, delivery.attempts + 1)) ?? { answers: earlier ?? {} }, unanswered, (error) => {
    engine.ports.log({ kind: 'trouble', fault: 'deliver.resolve-failed', destination: rules.id, delivery: delivery.id, ...placeOf(error) });
    return unanswered;
  });
}

export const answersOf = (bytes: Uint8Array | null): Answers | null => (bytes === null ? null : JSON.parse(Buffer.from(bytes).toString('utf8')) as Answers);
export const answersBytes = (answers: Answers): Uint8Array => Buffer.from(JSON.stringify(answers));

/**
 * Asks anew just before a later sending: between two attempts anyone may have replaced what a lot is to replace. What changed
 * is journaled before anything leaves. @throws Stopping
 */
export async function resolveAnew(engine: Engine, partner: Partner, delivery: DeliveryFull, earlier: Answers | null): Promise<Resolved> {
  const { ports } = engine;
  const work = await engine.pause.until(() => ports.work(delivery));
  const resolved = await resolve(engine, partner, delivery, work, earlier);
  if ('answers' in resolved && JSON.stringify(resolved.answers) !== JSON.stringify(earlier)) {
    await engine.pause.until(() => ports.journal.renew(delivery.id, answersBytes(resolved.answers)));
  }
  return resolved;
}
