import type { AttemptEvent, DeliverEvent } from '../../src/deliver/events.ts';
import { createDispatcher, type Dispatcher } from '../../src/deliver/dispatcher.ts';
import type { Partner } from '../../src/deliver/destination.ts';
import type { DeliverPorts, DeliveryJournal } from '../../src/deliver/ports.ts';
import type { PlannedDelivery } from '../../src/domain/delivery.ts';
import { gate } from '../../src/facts/gate.ts';
import type { DeliveryHead } from '../../src/journal/journal.ts';
import { MemoryJournal } from './memory-journal.ts';
import { TestPartner } from './partner.ts';
import { TestTime } from './time.ts';

export const planned = (changed: Partial<PlannedDelivery> = {}): PlannedDelivery => ({
  destination: 'region', system: 'regional', action: 'submit', state: 'planned', reason: { code: 'route.rule' }, recipient: null, headers: {}, series: [],
  gate: { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: true, dmpConsentOf: null, test: false, after: [] },
  content: {}, envelope: { steps: [{ name: 'post', meta: {}, body: [Buffer.from('body')] }] }, deadline: null, ...changed,
});

export interface Harness {
  readonly time: TestTime;
  readonly journal: MemoryJournal;
  readonly partner: TestPartner;
  readonly events: DeliverEvent[];
  dispatcher: Dispatcher;
  /** Plans a delivery of message `seq` in a lane, without telling the dispatcher. */
  plan(seq: number, lane: number, changed?: Partial<PlannedDelivery>): DeliveryHead;
  /** Plans and offers. */
  offer(seq: number, lane: number, changed?: Partial<PlannedDelivery>): DeliveryHead;
  attempts(): AttemptEvent[];
  /** The process dies: nothing the old dispatcher does is seen any more; another one starts. */
  crash(): void;
}

/** A journal that a dead process talks to: nothing of it comes through, nothing comes back. */
function severable(journal: DeliveryJournal): { journal: DeliveryJournal; sever: () => void } {
  let alive = true;
  const through = new Proxy(journal, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => (alive ? (Reflect.apply(method, target, given) as Promise<unknown>).then((got) => (alive ? got : new Promise(() => undefined))) : new Promise(() => undefined));
    },
  });
  return { journal: through, sever: () => { alive = false; } };
}

export function harness(given: { rules?: Partial<Partner['rules']>; lookup?: boolean; ports?: Partial<DeliverPorts>; others?: Record<string, Partner> } = {}): Harness {
  const time = new TestTime();
  const journal = new MemoryJournal();
  const partner = new TestPartner(time);
  const events: DeliverEvent[] = [];
  let seed = 1_000_003;
  let sever: () => void = () => undefined;
  const start = (): Dispatcher => {
    const through = severable(journal);
    sever = through.sever;
    const dispatcher = createDispatcher({
      journal: through.journal, partners: new Map([['region', partner.partner(given.rules, given.lookup)], ...Object.entries(given.others ?? {})]), clock: time.clock, alarm: time.alarm,
      random: () => { seed = (seed * 48271) % 0x7fffffff; return seed / 0x7fffffff; },
      unconnected: (id) => (id === 'dmp' ? { production: false, enabled: false } : undefined), gate, unknownConsent: () => 'follow', unplannedBefore: () => false,
      work: (delivery) => Promise.resolve({ trace: delivery.trace, destination: delivery.destination, action: delivery.planned.action, content: delivery.planned.content, gate: delivery.planned.gate, bundle: null, documents: new Map() }),
      prepare: () => Promise.resolve({ steps: [{ name: 'post', meta: {}, body: [Buffer.from('prepared')] }] }),
      acknowledge: () => [], log: (event) => { events.push(event); }, crashPoint: () => undefined, ...given.ports,
    });
    dispatcher.start();
    return dispatcher;
  };
  const plan: Harness['plan'] = (seq, lane, changed) => journal.add(seq, lane, planned(changed), time.clock());
  const made: Harness = {
    time, journal, partner, events, dispatcher: start(), plan,
    offer: (seq, lane, changed) => { const head = plan(seq, lane, changed); made.dispatcher.offer([head], [planned(changed)]); return head; },
    attempts: () => events.filter((event): event is AttemptEvent => event.kind === 'attempt'),
    crash: () => { sever(); journal.crash(); made.dispatcher = start(); },
  };
  return made;
}
