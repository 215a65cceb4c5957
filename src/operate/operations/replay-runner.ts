import { isAcknowledgement, isFinal } from '../../domain/delivery.ts';
import { JournalFault, type Journal } from '../../journal/journal.ts';
import type { Acts } from '../control/control.ts';
import { detailOf } from '../reading/detail.ts';
import type { ReplayStore, StoredItem } from './replay-store.ts';

export interface RunnerPorts {
  readonly store: ReplayStore;
  readonly journal: Pick<Journal, 'events' | 'delivery'>;
  readonly replay: Acts['replay'];
  readonly clock: () => number;
  /** A defect, or a journal that does not write: code and plan, no value. */
  readonly trouble: (plan: number, what: string) => void;
}

/** Names the plan in each delivery's story, and so tells after a crash whether its turn was taken. */
const markOf = (plan: number): string => `[plan ${plan}]`;
/** After a journal that refused to write. */
const troubleMs = 5000;
/** What concerns one delivery: it is passed over. Anything else may pass later. */
const passing: ReadonlySet<string> = new Set(['journal.disk-full', 'journal.io', 'journal.read-only', 'journal.locked', 'journal.closed']);

/**
 * Sends what running plans have left, each at its own pace; what was running when the gateway stopped goes on by itself. A turn that a
 * crash cut is closed whatever became of its plan meanwhile: a plan that is cancelled still says what it sent.
 */
export class ReplayRunner {
  readonly #ports: RunnerPorts;
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #working = new Set<Promise<void>>();
  #closed = false;
  constructor(ports: RunnerPorts) { this.#ports = ports; }

  start(): void { for (const id of this.#ports.store.unfinished()) this.run(id); }
  /** Has a plan that is `running`, or has a turn that was cut, go on. */
  run(id: number): void {
    const plan = this.#ports.store.one(id)?.row;
    if (plan === undefined || this.#timers.has(id)) return;
    // A pause, or a restart, does not make it go faster.
    const due = (this.#ports.store.lastTurn(id) ?? 0) + 60_000 / plan.perMinute;
    this.#after(id, Math.max(0, due - this.#ports.clock()));
  }
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#working);
  }

  #after(id: number, ms: number): void {
    if (this.#closed) return;
    this.#timers.set(id, setTimeout(() => {
      const turn = this.#turn(id).then((next) => { this.#working.delete(turn); this.#timers.delete(id); if (next !== null) this.#after(id, next); });
      this.#working.add(turn);
    }, ms));
  }

  /** One delivery's turn. @returns when the next one may go; null when the plan does not run */
  async #turn(id: number): Promise<number | null> {
    const { store, clock, trouble } = this.#ports;
    try {
      await this.#close(id);
      const plan = store.one(id)?.row;
      if (plan?.state !== 'running') return null;
      const item = store.next(id);
      if (item === null) { store.become(id, 'running', 'done', 'done', plan.startedBy ?? plan.made.by, clock()); return null; }
      await this.#send(id, item, { by: plan.startedBy ?? plan.made.by, why: `${plan.made.why} ${markOf(id)}` });
      return 60_000 / plan.perMinute;
    } catch (error) {
      trouble(id, error instanceof JournalFault ? error.code : error instanceof Error ? error.name : 'unknown');
      return troubleMs;
    }
  }

  /** A turn that was begun and whose end was not written: the journal knows whether it was taken. */
  async #close(plan: number): Promise<void> {
    const { store, clock } = this.#ports;
    const item = store.next(plan);
    if (item?.state !== 'making') return;
    const made = await this.#madeBefore(plan, item);
    store.turn(plan, item.delivery, made === null ? 'pending' : 'sent', { ...(made === null ? {} : { made }), at: clock() });
  }

  async #send(plan: number, { delivery }: StoredItem, by: { readonly by: string; readonly why: string }): Promise<void> {
    const { store, journal, replay, clock } = this.#ports;
    const now = await journal.delivery(delivery);
    if (now === null || !isFinal(now.state)) { store.turn(plan, delivery, 'skipped', { cause: 'operate.replay-not-final', at: clock() }); return; }
    if (isAcknowledgement(now.planned)) { store.turn(plan, delivery, 'skipped', { cause: 'operate.replay-acknowledgement', at: clock() }); return; }
    // It may have been paused or cancelled while the journal was asked.
    if (store.one(plan)?.row.state !== 'running') return;
    store.turn(plan, delivery, 'making', { at: clock() });
    try { store.turn(plan, delivery, 'sent', { made: await replay(delivery, by), at: clock() }); } catch (error) {
      const code = (error as { readonly code?: unknown }).code;
      if (typeof code !== 'string' || passing.has(code)) throw error;
      store.turn(plan, delivery, 'skipped', { cause: code, at: clock() });
    }
  }

  async #madeBefore(plan: number, { seq, delivery }: StoredItem): Promise<number | null> {
    for (const event of await this.#ports.journal.events(seq)) {
      if (event.kind !== 'replayed' || event.delivery !== delivery) continue;
      const { text = '', as } = detailOf(event);
      if (text.endsWith(markOf(plan)) && as !== undefined) return as;
    }
    return null;
  }
}
