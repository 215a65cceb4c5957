import type { DeliverEvent } from '../../deliver/events.ts';
import type { Seen } from '../../journal/reader.ts';
import type { LiveBatch, LiveItem, LiveQuery } from '../api/contract/messages.ts';
import { messageLive } from '../api/contract/messages.ts';
import type { Language } from '../../domain/finding.ts';
import { holds, serve, type Served } from '../api/served.ts';
import { causeOf } from './words.ts';

/** What a message's acceptance tells. */
export interface AcceptedSeen {
  readonly trace: string; readonly source: string; readonly type: string; readonly size: number; readonly seq: number | null; readonly outcome: Extract<LiveItem, { kind: 'message' }>['outcome'];
  readonly ack: string | null; readonly deliveries: number; readonly ms: number;
}
type Happened = { readonly at: number; readonly message: AcceptedSeen } | { readonly at: number; readonly delivery: Extract<DeliverEvent, { kind: 'attempt' | 'move' }> };

/** At most four batches a second. */
const batchMs = 250;
/** What a screen can show of a batch; the rest is told as a number. */
const mostItems = 100;
/** A batch of nothing says that the line is alive. */
const quietMs = 15_000;

interface Watcher { readonly wants: (one: Happened) => boolean; readonly items: Map<string, Happened>; more: number; woken: (() => void) | null }

const keyOf = (one: Happened): string => ('message' in one ? `m${one.message.trace}` : `d${one.delivery.delivery}`);

function itemOf(one: Happened, language: Language): LiveItem {
  if ('message' in one) {
    const { seq, trace, source, type, size, outcome, ack, deliveries, ms } = one.message;
    return { kind: 'message', at: one.at, seq, trace, source, type, size, outcome, ack, deliveries, ms: Math.round(ms * 10) / 10 };
  }
  const { delivery: event } = one;
  const { seq, trace, delivery, destination } = event;
  const [state, cause, attempt, ms] = event.kind === 'attempt' ? [event.next, event.fault, event.attempt, event.ms] : [event.to, event.reason, 0, 0];
  return { kind: 'delivery', at: one.at, seq, trace, delivery, destination, state, cause: cause === null ? null : causeOf(cause, language), attempt, ms };
}

/**
 * What happens, to whoever watches: batched, what happens twice to one delivery told once, and never held back for a slow
 * reader, who is told how much was left out. Nothing is kept for nobody.
 */
export class Live {
  readonly #clock: () => number;
  readonly #watchers = new Set<Watcher>();
  constructor(clock: () => number) { this.#clock = clock; }

  message(event: AcceptedSeen): void { if (this.#watchers.size > 0) this.#tell({ at: this.#clock(), message: event }); }
  delivery(event: DeliverEvent): void { if (this.#watchers.size > 0 && (event.kind === 'attempt' || event.kind === 'move')) this.#tell({ at: this.#clock(), delivery: event }); }

  #tell(one: Happened): void {
    for (const watcher of this.#watchers) {
      if (!watcher.wants(one)) continue;
      const key = keyOf(one);
      if (watcher.items.has(key) || watcher.items.size < mostItems) watcher.items.set(key, one); else watcher.more += 1;
      watcher.woken?.();
    }
  }

  async* watch(wants: Watcher['wants'], language: Language, signal: AbortSignal): AsyncGenerator<LiveBatch> {
    const watcher: Watcher = { wants, items: new Map(), more: 0, woken: null };
    this.#watchers.add(watcher);
    try {
      // The first, empty one says that the watch has begun.
      yield { at: this.#clock(), items: [], more: 0 };
      while (!signal.aborted) {
        await slept(batchMs, signal);
        if (watcher.items.size === 0) await new Promise<void>((wake) => { watcher.woken = wake; void slept(quietMs, signal).then(wake); });
        watcher.woken = null;
        const [items, more] = [[...watcher.items.values()], watcher.more];
        watcher.items.clear();
        watcher.more = 0;
        yield { at: this.#clock(), items: items.map((one) => itemOf(one, language)), more };
      }
    } finally { this.#watchers.delete(watcher); }
  }
}

const slept = (ms: number, signal: AbortSignal): Promise<void> => new Promise((done) => {
  if (signal.aborted) { done(); return; }
  const end = (): void => { clearTimeout(timer); signal.removeEventListener('abort', end); done(); };
  const timer = setTimeout(end, ms);
  signal.addEventListener('abort', end);
});

/** Whether an account sees it, and asked for it. A delivery's source and type are its message's: `sourceOf` knows the latest ones. */
function wanted({ source, destination, type }: LiveQuery, seen: Seen, sourceOf: (trace: string) => { readonly source: string; readonly type: string } | null): Watcher['wants'] {
  return (one) => {
    if ('message' in one) {
      const { message } = one;
      // Whether it goes to a destination that this account sees is told by its deliveries.
      return seen.destinations === null && destination === undefined && holds(seen.sources, message.source) && (source ?? message.source) === message.source && (type ?? message.type) === message.type;
    }
    const { delivery } = one;
    if (!holds(seen.destinations, delivery.destination) || (destination ?? delivery.destination) !== delivery.destination) return false;
    if (seen.sources === null && source === undefined && type === undefined) return true;
    const of = sourceOf(delivery.trace);
    return of !== null && holds(seen.sources, of.source) && (source ?? of.source) === of.source && (type ?? of.type) === of.type;
  };
}

const latestMost = 10_000;
/** Sources and types of the latest messages, for what is delivered soon after; an older one is left out of a narrowed tail. */
export class Latest {
  readonly #known = new Map<string, { readonly source: string; readonly type: string }>();
  add({ trace, source, type }: Pick<AcceptedSeen, 'trace' | 'source' | 'type'>): void {
    this.#known.set(trace, { source, type });
    if (this.#known.size > latestMost) for (const oldest of this.#known.keys()) { this.#known.delete(oldest); break; }
  }
  of(trace: string): { readonly source: string; readonly type: string } | null { return this.#known.get(trace) ?? null; }
}

export const liveRoutes = (live: Live, latest: Latest): Served[] => [
  serve(messageLive, ({ query, caller: { scope }, language, signal }) => live.watch(wanted(query, scope, (trace) => latest.of(trace)), language, signal)),
];
