import { Stopping } from '../domain/stopping.ts';
import type { DeliveryFull, DeliveryHead } from '../journal/journal.ts';
import type { End } from './attempt.ts';
import { Breaker, type BreakerState } from './breaker.ts';
import { carry } from './carry.ts';
import type { Partner } from './destination.ts';
import type { Engine } from './engine.ts';
import { Cursor } from './cursor.ts';
import { placeOf } from './events.ts';
import { laneKey, Lanes, type Lane } from './lanes.ts';
import { isTrouble } from './pause.ts';
import { Wakeup } from './wakeup.ts';

/** Lanes known to have work that are kept in memory; beyond, the journal is read again instead. */
const readyMost = 4096;
/** After a defect of ours in the middle of a delivery: its lane waits, the others go on. */
const afterDefectMs = 60_000;

type Ended = End | { readonly kind: 'empty' | 'yielded' } | { readonly kind: 'unplanned'; readonly source: string; readonly seq: number };

export interface QueueState {
  readonly destination: string;
  readonly inFlight: number;
  readonly breaker: BreakerState;
  readonly stopped: boolean;
  /** Lanes that are blocked, ready or in hand. */
  readonly lanes: number;
  readonly lastFault: string | null;
}

/**
 * The work of one destination, read from the journal in the order of the messages: bounded memory whatever waits. At most
 * `concurrency` deliveries are under way, at most one per lane (invariant 6).
 */
export class Queue {
  readonly partner: Partner;
  readonly #engine: Engine;
  readonly #lanes = new Lanes();
  readonly #breaker: Breaker;
  readonly #cursor: Cursor;
  readonly #wakeup: Wakeup;
  /** Ids in hand, and those a person is acting on. */
  readonly #inHand = new Set<number>();
  readonly #barred = new Set<number>();
  #inFlight = 0;
  /** What was answered for and is being written: its lane and its slot are others' already. */
  readonly #settling = new Set<Promise<unknown>>();
  #running = false;
  #stopped = false;
  #lastFault: string | null = null;
  /** When the latest delivery that the partner took was begun. */
  #passedAt = -Infinity;
  #idle: (() => void) | null = null;

  constructor(partner: Partner, engine: Engine) {
    this.partner = partner;
    this.#engine = engine;
    this.#breaker = new Breaker(partner.rules.breaker);
    const { journal, clock, alarm } = engine.ports;
    this.#cursor = new Cursor((after, limit) => journal.waiting(partner.rules.id, after, limit));
    this.#wakeup = new Wakeup(clock, alarm, () => { this.pump(); });
  }

  start(): void { this.#running = true; this.#cursor.rewind(0); this.pump(); }
  /** Takes nothing more in hand; resolves when what is in hand has ended. */
  async end(): Promise<void> {
    this.#running = false;
    this.#wakeup.clear();
    if (this.#inFlight > 0) await new Promise<void>((idle) => { this.#idle = idle; });
    await Promise.all(this.#settling);
  }
  /** The kill switch: what is in hand ends, nothing more leaves. */
  set stopped(stopped: boolean) { this.#stopped = stopped; if (!stopped) this.pump(); }
  get stopped(): boolean { return this.#stopped; }
  state(): QueueState {
    const { rules } = this.partner;
    return { destination: rules.id, inFlight: this.#inFlight, breaker: this.#breaker.state(this.#engine.ports.clock()), stopped: this.#stopped, lanes: this.#lanes.size, lastFault: this.#lastFault };
  }
  /** Nothing leaves by itself: deadlines must be watched by someone else. */
  get quiet(): boolean { return !this.#open(); }

  /** A waiting delivery that was just planned, born or released: taken at once when its lane is free and a slot is open. */
  offer(head: DeliveryHead, full: DeliveryFull | null): void {
    const lane = this.#lanes.get(laneKey(head.lane, head.recipient));
    if (lane !== undefined) { lane.more = true; return; }
    if (!this.#cursor.passed(head.id)) {
      if (this.#cursor.skipTo(head.id, this.#open())) { this.#take(this.#lanes.take(head.lane, head.recipient), head, full); return; }
    } else if (this.#lanes.readyCount < readyMost) {
      this.#lanes.ready(this.#lanes.take(head.lane, head.recipient));
    } else {
      this.#cursor.rewind(head.id - 1);
    }
    this.pump();
  }

  planned(source: string): void { this.#lanes.planned(source); this.pump(); }
  /** A delivery of this lane changed by another hand. */
  kick(head: DeliveryHead): void { this.#lanes.kick(laneKey(head.lane, head.recipient)); this.pump(); }

  /** Keeps a delivery out of the engine's hands while a person moves it. @returns false when it is in hand already */
  async aside(id: number, act: () => Promise<void>): Promise<boolean> {
    if (this.#inHand.has(id)) return false;
    this.#barred.add(id);
    try { await act(); } finally { this.#barred.delete(id); }
    return true;
  }

  pump(): void {
    // One reading of the clock: were the probe to come due between the loop and the timer, nobody would ring for it.
    const now = this.#engine.ports.clock();
    while (this.#open(now)) {
      const lane = this.#probesUntried(now) ? null : this.#lanes.takeReady(now);
      if (lane !== null) { this.#take(lane, null, null); continue; }
      const head = this.#cursor.next();
      if (head === null) { this.#read(); break; }
      const known = this.#lanes.get(laneKey(head.lane, head.recipient));
      if (known !== undefined) known.more = true;
      else this.#take(this.#lanes.take(head.lane, head.recipient), head, null);
    }
    this.#sleep(now);
  }

  #open(now = this.#engine.ports.clock()): boolean {
    const { concurrency, production, enabled } = this.partner.rules;
    return this.#running && !this.#stopped && !this.#engine.pause.paused && this.#inFlight < concurrency && (enabled || !production) && this.#breaker.mayGo(now);
  }

  /** What failed already does not take every probe while there may be others that were never tried. */
  #probesUntried(now: number): boolean { return this.#breaker.state(now) !== 'closed' && this.#cursor.pending; }

  /** What is full, stopped or probing is woken by what ends; the timer is for what only time opens. */
  #sleep(now: number): void {
    const probe = this.#breaker.probeAt;
    if (this.#open(now)) {
      // The reading under way wakes it at its end.
      if (!this.#probesUntried(now)) this.#wakeup.at(this.#lanes.earliest);
    } else if (this.#running && probe !== null && probe > now) this.#wakeup.at(probe);
  }

  #read(): void {
    const { pending } = this.#cursor;
    this.#cursor.read().then((found) => { if (found || (pending && !this.#cursor.pending)) this.pump(); }, (error: unknown) => { this.#engine.pause.because(error); });
  }

  #take(lane: Lane, head: DeliveryHead | null, full: DeliveryFull | null): void {
    this.#inFlight += 1;
    this.#breaker.started();
    let answered = false;
    const leave = (ended: Ended): void => {
      this.#inFlight -= 1;
      this.#ended(lane, ended);
      if (this.#inFlight === 0) this.#idle?.();
      this.pump();
    };
    const run: Promise<void> = this.#run(lane, head, full, (end) => { answered = true; this.#settling.add(run); leave(end); })
      .then((ended) => { if (answered) this.#settling.delete(run); else leave(ended); })
      // Its own errors are ends of their own; what is left is a defect in this file, which must not stop the others.
      .catch((error: unknown) => { this.#engine.pause.because(error); });
  }

  async #run(lane: Lane, head: DeliveryHead | null, full: DeliveryFull | null, answered: (end: End) => void): Promise<Ended> {
    let inHand = 0;
    try {
      return await this.#carry(lane, head, full, { inHand: (id) => { inHand = id; this.#inHand.add(id); }, answered });
    } catch (error) {
      return this.#broke(error, inHand);
    } finally { this.#inHand.delete(inHand); }
  }

  async #carry(lane: Lane, offered: DeliveryHead | null, offeredFull: DeliveryFull | null, { inHand, answered }: { readonly inHand: (id: number) => void; readonly answered: (end: End) => void }): Promise<Ended> {
    const { journal, clock, unplannedBefore } = this.#engine.ports;
    // Re-read at claim time: a link or a merge since the plan joins lanes (invariant 6).
    let { joined, factSeq } = await this.#joined(lane);
    if (joined.length > 1 && this.#lanes.yields(lane, joined)) return { kind: 'yielded' };
    let head = offered;
    let read = false;
    // What was offered to the lane meanwhile may be of an earlier message, which had no plan yet when this one was taken.
    while (head === null || (joined.length > 1 && !read) || lane.more) {
      lane.more = false;
      read = true;
      head = await journal.firstWaiting(this.partner.rules.id, joined, lane.recipient);
      if (head === null) return { kind: 'empty' };
      this.#cursor.reached(head.id);
      // A merge committed between the two readings joins lanes that the second did not look at: it is read again with them.
      const now = await this.#joined(lane);
      if (now.joined.length !== joined.length) {
        if (this.#lanes.yields(lane, now.joined)) return { kind: 'yielded' };
        lane.more = true;
      }
      ({ joined, factSeq } = now);
    }
    if (read) lane.more = true;
    if (head.notBefore > clock()) return { kind: 'wait', until: head.notBefore, health: 'untouched', fault: null };
    if (unplannedBefore(head.source, head.seq)) return { kind: 'unplanned', source: head.source, seq: head.seq };
    if (this.#barred.has(head.id)) return { kind: 'wait', until: clock() + 100, health: 'untouched', fault: null };
    inHand(head.id);
    const full = offeredFull?.id === head.id ? offeredFull : await journal.delivery(head.id);
    if (full === null) return { kind: 'empty' };
    return carry(this.#engine, this.partner, full, factSeq, this.#passedAt, { stopped: () => this.#stopped, settled: () => Promise.all(this.#settling), answered });
  }

  /** The lanes that are one with this one now, itself first, and the last fact about them. */
  async #joined({ lane }: Lane): Promise<{ joined: readonly number[]; factSeq: number }> {
    const { root, members, factSeq } = await this.#engine.ports.journal.lane(lane);
    const alone = members.length === 0 || (members.length === 1 && members[0] === lane && root === lane);
    return { joined: alone ? [lane] : [...new Set([lane, root, ...members])], factSeq };
  }

  /** The journal refused before anything left, or we have a defect: the lane waits, nothing is lost. */
  #broke(error: unknown, delivery: number): Ended {
    const { clock, log } = this.#engine.ports;
    if (error instanceof Stopping) return { kind: 'wait', until: Infinity, health: 'untouched', fault: null };
    if (isTrouble(error)) this.#engine.pause.because(error);
    else log({ kind: 'trouble', fault: 'deliver.defect', destination: this.partner.rules.id, delivery, ...placeOf(error) });
    return { kind: 'wait', until: clock() + (isTrouble(error) ? 0 : afterDefectMs), health: 'untouched', fault: null };
  }

  #ended(lane: Lane, ended: Ended): void {
    const { clock, log, unplannedBefore } = this.#engine.ports;
    const now = clock();
    if ('health' in ended) {
      const before = this.#breaker.state(now);
      if (ended.passedAt !== undefined) this.#passedAt = Math.max(this.#passedAt, ended.passedAt);
      if (ended.fault !== null && ended.health !== 'untouched') this.#lastFault = ended.fault;
      switch (ended.health) {
        case 'well': this.#breaker.succeeded(); break;
        case 'failing': this.#breaker.failed(now, false); break;
        // Taken a moment ago: it may be this delivery's alone, and counts as any other failure.
        case 'misconfigured': this.#breaker.failed(now, now - this.#passedAt > this.partner.rules.breaker.probeMs); break;
        case 'untouched': this.#breaker.unused(); break;
      }
      const after = this.#breaker.state(now);
      if (after === 'open' && before === 'closed') log({ kind: 'breaker', destination: this.partner.rules.id, state: 'open', fault: ended.fault });
      if (after === 'closed' && before !== 'closed') log({ kind: 'breaker', destination: this.partner.rules.id, state: 'closed', fault: null });
    } else this.#breaker.unused();
    switch (ended.kind) {
      case 'free': case 'empty': this.#lanes.free(lane); break;
      case 'wait': this.#lanes.block(lane, ended.until); break;
      case 'unplanned':
        // The plan may have come since it was asked for: nobody would tell of it a second time.
        if (unplannedBefore(ended.source, ended.seq)) this.#lanes.awaitPlan(lane, ended.source); else this.#lanes.ready(lane);
        break;
      case 'yielded': break;
    }
  }
}
