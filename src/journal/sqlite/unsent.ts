import type { Envelope, PlannedDelivery } from '../../domain/delivery.ts';
import type { Clock } from '../../domain/clock.ts';

/** What a delivery was planned with, as its row tells it. */
export interface Planned { readonly planned: Omit<PlannedDelivery, 'envelope'>; readonly envelope: Envelope }

/**
 * What was just planned, until it leaves: a delivery that finds every slot taken is read back when its turn comes, and would open
 * its whole segment. None of it changes before its first attempt has ended: a plan is written once, and so is an envelope.
 */
export interface Unsent {
  keep(id: number, planned: Planned): void;
  of(id: number): Planned | undefined;
  drop(id: number): void;
}

/** Bytes of memory that envelopes hold: they are views of what a worker handed over, the whole of a message's plan. */
const mostBytes = 24 * 1024 * 1024;
/** What waits longer than this, for a partner that is down, makes room for others. */
const longestMs = 30_000;

const bytesOf = ({ steps }: Envelope): number =>
  Math.max(0, ...steps.flatMap(({ body }) => body.flatMap((part) => (part instanceof Uint8Array ? [part.buffer.byteLength] : []))));

export function openUnsent(clock: Clock): Unsent {
  const all = new Map<number, { readonly kept: Planned; readonly bytes: number; readonly at: number }>();
  let held = 0;
  const drop = (id: number): void => {
    const one = all.get(id);
    if (one === undefined) return;
    all.delete(id);
    held -= one.bytes;
  };
  return {
    drop,
    of: (id) => all.get(id)?.kept,
    keep: (id, kept) => {
      const [bytes, at] = [bytesOf(kept.envelope), clock()];
      // What came first leaves first: it stays, and what finds no room is read back.
      for (const [oldest, one] of all) {
        if (held + bytes <= mostBytes || one.at > at - longestMs) break;
        drop(oldest);
      }
      if (held + bytes > mostBytes) return;
      all.set(id, { kept, bytes, at });
      held += bytes;
    },
  };
}
