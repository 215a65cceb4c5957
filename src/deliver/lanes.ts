import { Due } from './due.ts';

/**
 * One lane at a destination that is not simply free. `taken`: a delivery of it is in hand. `ready`: something of it waits in
 * the journal. `blocked`: nothing of it may go before `until`. `unplanned`: an earlier message of its source has no plan yet.
 */
export interface Lane {
  readonly key: string;
  readonly lane: number;
  readonly recipient: string | null;
  state: 'taken' | 'ready' | 'blocked' | 'unplanned';
  until: number;
  /** Something of it was passed over: look in the journal when it frees. */
  more: boolean;
  /** Another hand changed it while it was taken: what its holder learnt may be of before, and it is looked at once more. */
  kicked: boolean;
}

export const laneKey = (lane: number, recipient: string | null): string => (recipient === null ? String(lane) : `${String(lane)}|${recipient}`);

/**
 * The lanes of one destination (invariant 6). Only what is not free is remembered, and of that only the lane: what waits in
 * it is read from the journal, so that a backlog costs no memory. Any lane of which a delivery was passed over is in here.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #ready = new Set<Lane>();
  readonly #due = new Due<Lane>();
  readonly #unplanned = new Map<string, Set<Lane>>();

  get size(): number { return this.#lanes.size; }
  get readyCount(): number { return this.#ready.size; }
  /** When the next blocked lane comes due. */
  get earliest(): number | null { return this.#due.earliest; }
  get(key: string): Lane | undefined { return this.#lanes.get(key); }

  /** Takes a lane in hand, whatever its state was. */
  take(lane: number, recipient: string | null): Lane {
    const key = laneKey(lane, recipient);
    const known = this.#lanes.get(key);
    if (known !== undefined) { this.#ready.delete(known); return this.#inHand(known); }
    const fresh: Lane = { key, lane, recipient, state: 'taken', until: 0, more: false, kicked: false };
    this.#lanes.set(key, fresh);
    return fresh;
  }

  /** The next lane that has something to send, oldest wish first, taken in hand. */
  takeReady(now: number): Lane | null {
    for (let due = this.#due.take(now); due !== null; due = this.#due.take(now)) {
      if (due.item.state === 'blocked' && due.item.until === due.at) this.ready(due.item);
    }
    const first = this.#ready.values().next().value;
    if (first === undefined) return null;
    this.#ready.delete(first);
    return this.#inHand(first);
  }
  #inHand(lane: Lane): Lane {
    lane.state = 'taken';
    lane.kicked = false;
    return lane;
  }

  ready(lane: Lane): void {
    lane.state = 'ready';
    this.#ready.add(lane);
  }

  /** Done with what was in hand: forgotten, unless something was passed over. */
  free(lane: Lane): void {
    if (lane.more) this.ready(lane);
    else this.#lanes.delete(lane.key);
  }

  block(lane: Lane, until: number): void {
    if (lane.kicked) { this.ready(lane); return; }
    lane.state = 'blocked';
    lane.until = until;
    this.#due.add(until, lane);
  }

  awaitPlan(lane: Lane, source: string): void {
    lane.state = 'unplanned';
    const waiting = this.#unplanned.get(source);
    if (waiting === undefined) this.#unplanned.set(source, new Set([lane])); else waiting.add(lane);
  }

  planned(source: string): void {
    for (const lane of this.#unplanned.get(source) ?? []) if (lane.state === 'unplanned') this.ready(lane);
    this.#unplanned.delete(source);
  }

  /** Something of this lane changed by another hand: look again now rather than when it comes due. */
  kick(key: string): void {
    const lane = this.#lanes.get(key);
    if (lane === undefined) return;
    if (lane.state === 'blocked') this.ready(lane); else { lane.more = true; lane.kicked = true; }
  }

  /**
   * A merge joined this lane with others. When one of them is not free either, it goes for both: it will look for the
   * lowest of all members, and this one is forgotten.
   */
  yields(lane: Lane, members: readonly number[]): boolean {
    for (const member of members) {
      if (member === lane.lane) continue;
      const other = this.#lanes.get(laneKey(member, lane.recipient));
      if (other === undefined) continue;
      other.more = true;
      this.#lanes.delete(lane.key);
      return true;
    }
    return false;
  }
}
