import type { Receipt } from '../domain/delivery.ts';
import type { DeliveryFull } from '../journal/journal.ts';
import type { Stop } from './ahead.ts';
import type { LookedUp } from './connector.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';
import type { Ready } from './envelope.ts';
import { placeOf } from './events.ts';
import { resolveAnew } from './resolve.ts';
import { sendingOf } from './sending.ts';
import { within } from './within.ts';

/** What one exchange with a partner gave. */
export interface Exchanged {
  /** `stopped`: it was only asked, and what it said leaves the stop standing. */
  readonly receipt: Receipt | { readonly kind: 'stopped'; readonly stop: Stop };
  readonly asked: 'found' | 'absent' | 'unknown' | null;
  readonly possibleDuplicate: boolean;
  /** An earlier attempt may have arrived and the partner did not say otherwise. */
  readonly stillInDoubt: boolean;
}

function broken(engine: Engine, partner: Partner, delivery: DeliveryFull, error: unknown): Receipt {
  const place = placeOf(error);
  engine.ports.log({ kind: 'trouble', fault: 'deliver.connector-failed', destination: partner.rules.id, delivery: delivery.id, ...place });
  return { kind: 'unknown', fault: 'deliver.connector-failed', raw: `${place.what} ${place.where}` };
}

/** Asks first what became of an earlier attempt, where the partner can say (invariant 8). */
async function ask(engine: Engine, partner: Partner, delivery: DeliveryFull, { envelope, answers }: Ready, attempt: number): Promise<LookedUp> {
  const sending = sendingOf(engine.ports.journal, delivery, envelope, answers, attempt, false);
  return within<LookedUp>(partner.rules.attemptMs, engine.ports.alarm, engine.live,
    (signal) => partner.connector.lookup(sending, signal), 'unknown',
    (error) => { broken(engine, partner, delivery, error); return 'unknown'; });
}

/**
 * One exchange: the question if there is a doubt, then the sending.
 * @param stop what forbids sending; then the partner is only asked, so that the truth of an earlier attempt is not lost
 */
export async function exchange(engine: Engine, partner: Partner, delivery: DeliveryFull, ready: Ready, attempt: number, doubt: boolean, stop: Stop | null): Promise<Exchanged> {
  const before = { asked: null, possibleDuplicate: false, stillInDoubt: doubt };
  if (!doubt || !partner.capabilities.lookup) return send(engine, partner, delivery, ready, attempt, before);
  const told = await ask(engine, partner, delivery, ready, attempt);
  const asked = typeof told === 'string' ? told : 'unknown';
  switch (asked) {
    case 'found': return { ...before, asked, receipt: { kind: 'delivered', duplicate: true }, stillInDoubt: false };
    case 'absent':
      if (stop !== null) return { ...before, asked, receipt: { kind: 'stopped', stop }, stillInDoubt: false };
      return send(engine, partner, delivery, ready, attempt, { ...before, asked, stillInDoubt: false });
    case 'unknown':
      // Past its deadline nobody asks again; else the lane waits and the partner is asked again.
      if (stop?.reason.code === 'deliver.deadline-in-doubt') return { ...before, asked, receipt: { kind: 'stopped', stop } };
      return { ...before, asked, receipt: typeof told === 'string' ? { kind: 'unknown', fault: 'deliver.in-doubt' } : told.receipt };
  }
}

async function send(engine: Engine, partner: Partner, delivery: DeliveryFull, ready: Ready, attempt: number, before: Omit<Exchanged, 'receipt'>): Promise<Exchanged> {
  const possibleDuplicate = before.stillInDoubt;
  let { answers } = ready;
  if (partner.capabilities.resolve === true && !ready.fresh) {
    const resolved = await resolveAnew(engine, partner, delivery, answers);
    if ('receipt' in resolved) return { ...before, receipt: resolved.receipt };
    ({ answers } = resolved);
  }
  let receipt = await sendOnce(engine, partner, delivery, { ...ready, answers }, attempt, possibleDuplicate);
  if (receipt.kind === 'held' && receipt.stale === true) {
    // Changed by another hand between the question and the sending: asked once more, then a person looks.
    const resolved = await resolveAnew(engine, partner, delivery, answers);
    receipt = 'receipt' in resolved ? resolved.receipt : await sendOnce(engine, partner, delivery, { ...ready, answers: resolved.answers }, attempt, possibleDuplicate);
  }
  return { ...before, receipt, possibleDuplicate };
}

async function sendOnce(engine: Engine, partner: Partner, delivery: DeliveryFull, { envelope, answers }: Ready, attempt: number, possibleDuplicate: boolean): Promise<Receipt> {
  const { ports } = engine;
  const sending = sendingOf(ports.journal, delivery, envelope, answers, attempt, possibleDuplicate);
  const receipt = await within<Receipt>(partner.rules.attemptMs, ports.alarm, engine.live, (signal) => {
    const answer = partner.connector.send(sending, signal);
    ports.crashPoint('before-answer');
    return answer;
  }, { kind: 'unknown', fault: 'deliver.cut-off' }, (error) => broken(engine, partner, delivery, error));
  ports.crashPoint('after-answer');
  return receipt;
}
