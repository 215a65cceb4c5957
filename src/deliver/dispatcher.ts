import type { FaultCode } from '../domain/catalogue.ts';
import type { DeliveryState, PlannedDelivery } from '../domain/delivery.ts';
import type { DeliveryFull, DeliveryHead } from '../journal/journal.ts';
import { abandon, release, type Released } from './acts.ts';
import type { Engine } from './engine.ts';
import { placeOf } from './events.ts';
import { Behind, lookAgain, lookAgainAt, type Releasing } from './held.ts';
import { Awaited } from './initial.ts';
import { closeExpired, closeOverdue } from './housekeeping.ts';
import { Pause } from './pause.ts';
import type { DeliverPorts } from './ports.ts';
import { Queue, type QueueState } from './queue.ts';
import { Wakeup } from './wakeup.ts';

const housekeepingMs = 30_000;

export interface Dispatcher {
  /** After `journal.recover()`: reads what waits, and looks again at what is held. */
  start(): void;
  /** Takes nothing more, waits `withinMs` for what is under way, then tells the connectors to end and waits for that. */
  stop(withinMs: number): Promise<void>;
  /**
   * The deliveries of a plan just committed; those that do not wait are passed over.
   * @param plans the same rows as planned, in the same order: saves reading them back
   */
  offer(heads: readonly DeliveryHead[], plans?: readonly PlannedDelivery[]): void;
  /** A message of this source got its plan, or failed for good: what came after it may go (invariant 6). */
  planned(source: string): void;
  /** Facts about these lanes were committed: held deliveries may be released, or refused. */
  factsChanged(lanes: readonly number[]): void;
  /** Deliveries that a received notice settled (`Planned.settled`). */
  settled(ids: readonly number[]): void;
  /** @throws ActRefused */
  release(id: number, by: string, why: string): Promise<Released>;
  /** @param code why, for its story and its sender; `deliver.abandoned` unless said. @throws ActRefused */
  abandon(id: number, by: string, why: string, code?: FaultCode): Promise<void>;
  /** The kill switch of a destination. @returns false when there is none of that name */
  stopDestination(destination: string): boolean;
  resumeDestination(destination: string): boolean;
  state(): { readonly paused: boolean; readonly destinations: readonly QueueState[] };
}

/** A delivery just planned, as the journal would read it back. */
const fullOf = (head: DeliveryHead, plan: PlannedDelivery): DeliveryFull => ({ ...head, planned: plan, envelope: plan.envelope, answers: null, remoteId: null, correlation: null, attemptsMade: [], askers: [] });

/** The delivery engine over the journal: see README.md beside this file. */
export function createDispatcher(ports: DeliverPorts): Dispatcher {
  const { journal, log } = ports;
  const queues = new Map<string, Queue>();
  const behind = new Behind();
  const awaited = new Awaited();
  const changed = new Set<number>();
  let looking = false;
  let running = false;

  const pump = (): void => { for (const queue of queues.values()) queue.pump(); };
  const pause = new Pause(ports.alarm, pump, (what) => { log({ kind: 'trouble', fault: 'deliver.journal-paused', destination: null, delivery: null, what, where: '' }); });
  /** Work beside the queues: a refusing journal pauses all, and it is tried again at the next housekeeping or fact. */
  const aside = (work: Promise<void>): void => { work.catch((error: unknown) => { if (running) { log({ kind: 'trouble', fault: 'deliver.journal-paused', destination: null, delivery: null, ...placeOf(error) }); pause.because(error); } }); };

  const engine: Engine = {
    ports, pause, live: new Set(), startedAt: ports.clock(),
    born: (ids) => { if (ids.length > 0) aside(offerBorn(ids)); },
    became: (id, state: DeliveryState) => { for (const one of behind.became(id, state)) aside(lookAgainAt(releasing, one)); },
    waitsFor: (id, earlier) => { behind.add(id, earlier); },
    waitsUntil: (id, until) => { awaited.add(id, until); inTime.at(awaited.earliest); },
    heldBehind: (id) => { aside(lookAgainAt(releasing, id)); },
  };
  const releasing: Releasing = {
    engine, partnerOf: (destination) => ports.partners.get(destination),
    released: (delivery) => { if (delivery.state === 'waiting') queues.get(delivery.destination)?.offer(delivery, delivery); },
  };
  for (const [destination, partner] of ports.partners) queues.set(destination, new Queue(partner, engine));

  async function offerBorn(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      const delivery = await pause.until(() => journal.delivery(id));
      if (delivery?.state === 'waiting') queues.get(delivery.destination)?.offer(delivery, delivery);
    }
  }

  /** One look at a time; what changes meanwhile is looked at next. */
  async function lookAtChanged(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      while (changed.size > 0) {
        const lanes = [...changed];
        changed.clear();
        const members = new Set(lanes);
        for (const lane of lanes) for (const member of (await pause.until(() => journal.lane(lane))).members) members.add(member);
        await pause.until(() => lookAgain(releasing, { lanes: [...members] }));
      }
    } finally { looking = false; }
  }

  const inTime = new Wakeup(ports.clock, ports.alarm, () => {
    for (const id of awaited.take(ports.clock())) aside(lookAgainAt(releasing, id));
    inTime.at(awaited.earliest);
  });
  const housekeeping = new Wakeup(ports.clock, ports.alarm, () => {
    aside(keepHouse());
    housekeeping.at(ports.clock() + housekeepingMs);
  });
  async function keepHouse(): Promise<void> {
    await closeOverdue(engine);
    for (const queue of queues.values()) if (queue.quiet) await closeExpired(engine, queue);
  }
  async function lookAtHeld(): Promise<void> {
    for (const destination of queues.keys()) await pause.until(() => lookAgain(releasing, { destination }));
  }

  const switchTo = (stopped: boolean) => (destination: string): boolean => {
    const queue = queues.get(destination);
    if (queue === undefined) return false;
    queue.stopped = stopped;
    return true;
  };

  return {
    start() {
      running = true;
      for (const queue of queues.values()) queue.start();
      aside(lookAtHeld());
      housekeeping.at(ports.clock() + housekeepingMs);
    },
    async stop(withinMs) {
      running = false;
      housekeeping.clear();
      inTime.clear();
      const ended = Promise.all([...queues.values()].map((queue) => queue.end()));
      const cutOff = ports.alarm(withinMs, () => {
        for (const controller of engine.live) controller.abort();
        pause.stop();
      });
      await ended;
      cutOff();
      pause.stop();
    },
    offer(heads, plans) {
      for (const [index, head] of heads.entries()) {
        if (head.state !== 'waiting') continue;
        const plan = plans?.[index];
        queues.get(head.destination)?.offer(head, plan === undefined ? null : fullOf(head, plan));
      }
    },
    planned(source) { for (const queue of queues.values()) queue.planned(source); },
    factsChanged(lanes) {
      for (const lane of lanes) changed.add(lane);
      aside(lookAtChanged());
    },
    settled(ids) { for (const id of ids) engine.became(id, 'delivered'); },
    release: (id, by, why) => release(engine, queues, id, by, why),
    abandon: (id, by, why, code) => abandon(engine, queues, id, by, why, code),
    stopDestination: switchTo(true),
    resumeDestination: switchTo(false),
    state: () => ({ paused: pause.paused, destinations: [...queues.values()].map((queue) => queue.state()) }),
  };
}
