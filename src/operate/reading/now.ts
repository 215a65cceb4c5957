import type { Language } from '../../domain/finding.ts';
import type { QueueState } from '../../deliver/queue.ts';
import type { Counts } from '../../journal/journal.ts';
import { now as nowRoute, type DestinationNow, type Now, type Slo, type SourceNow } from '../api/contract/now.ts';
import type { StateCounts } from '../api/contract/words.ts';
import { holds, serve, type Scope, type Served } from '../api/served.ts';
import type { DestinationControl, DestinationState } from '../control/destinations.ts';
import type { Reader } from './reader.ts';
import { sloHours, type Traffic } from './traffic.ts';
import { causeOf } from './words.ts';

/** How fast a destination is agreed to be: `percent` of its deliveries within so long. */
export interface Agreed { readonly withinSeconds: number; readonly percent: number }
export interface NowPorts {
  readonly reader: Pick<Reader, 'since' | 'late' | 'lastOf' | 'heldGroups'>;
  readonly traffic: Traffic;
  readonly control: Pick<DestinationControl, 'destinations'>;
  readonly counts: () => Promise<Counts>;
  readonly engine: () => { readonly paused: boolean; readonly destinations: readonly QueueState[] };
  readonly sources: readonly { readonly id: string; readonly organisation: string }[];
  readonly agreed: ReadonlyMap<string, Agreed>;
  readonly clock: () => number;
}

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
/** Invariant 4, both of its sums. `planned` of the messages is that class; of the deliveries, all that ever were. */
export const balanced = ({ messages: m, deliveries: d }: Counts): boolean =>
  m.received === sum([m.planned, m.rejected, m.consumed, m.repeated, m.quarantined, m.pipeline]) && d.planned === sum([d.delivered, d.refused, d.abandoned, d.held, d.waiting, d.submitted]);

const none: StateCounts = { waiting: 0, sending: 0, submitted: 0, held: 0, delivered: 0, refused: 0, abandoned: 0 };

const untold = { lastFault: null, inFlight: null, delivered: null, refused: null, deliveries: null, oldestAt: null, lastDeliveredAt: null, slo: null };

function healthOf(one: DestinationState, queue: QueueState | undefined): DestinationNow['health'] {
  if (one.paused !== null) return 'paused';
  if (queue === undefined) return 'absent';
  if (one.production && !one.enabled) return 'stopped';
  return queue.breaker === 'open' ? 'down' : queue.breaker === 'half-open' ? 'probing' : 'up';
}

const lateKeptMs = 10_000;
const lateMost = 100_000;
const recalledMost = 50_000;

/** The state of sources and destinations as screens show it. */
export class Present {
  readonly #ports: NowPorts;
  #recalled: Promise<void> | null = null;
  readonly #lastBefore = new Map<string, number | null>();
  readonly #late = new Map<string, { readonly at: number; readonly count: number }>();
  constructor(ports: NowPorts) { this.#ports = ports; }

  /** What was before the start is read once, at the first question, by the thread that reads. */
  #recall(): Promise<void> {
    const { reader, traffic, sources } = this.#ports;
    return (this.#recalled ??= (async () => {
      traffic.recall(await reader.since(traffic.startedAt - sloHours * 3_600_000, recalledMost));
      for (const { id } of sources) if (traffic.source(id).lastAt === null) this.#lastBefore.set(id, await reader.lastOf(id));
    })().catch((error: unknown) => { this.#recalled = null; throw error; }));
  }

  /** Its figures are of all that it sends: for who sees every destination. */
  async source({ id, organisation }: NowPorts['sources'][number], { destinations }: Scope): Promise<SourceNow> {
    if (destinations !== null) return { id, organisation, received: null, refused: null, lastAt: null };
    await this.#recall();
    const { received, refused, lastAt } = this.#ports.traffic.source(id);
    return { id, organisation, received, refused, lastAt: lastAt ?? this.#lastBefore.get(id) ?? null };
  }

  async #slo(destination: string): Promise<Slo | null> {
    const { agreed, traffic, clock } = this.#ports;
    const one = agreed.get(destination);
    if (one === undefined) return null;
    const { ended, within } = traffic.destination(destination);
    const [withinMs, target] = [one.withinSeconds * 1000, one.percent / 100];
    const total = ended + await this.#lateOf(destination, clock() - withinMs);
    const share = total === 0 ? null : within / total;
    return { withinMs, target, windowMs: sloHours * 3_600_000, total, within, share, met: share === null || share >= target };
  }
  /** What should have left and has not counts too: a partner that is down is not on time. */
  async #lateOf(destination: string, before: number): Promise<number> {
    const now = this.#ports.clock();
    const known = this.#late.get(destination);
    if (known !== undefined && now - known.at < lateKeptMs) return known.count;
    const count = await this.#ports.reader.late(destination, before, lateMost);
    this.#late.set(destination, { at: now, count });
    return count;
  }

  /** Their figures are of every source's messages: who sees some only is told whether they work. */
  async destinations(scope: Scope, language: Language): Promise<readonly (DestinationNow & Pick<DestinationState, 'production' | 'enabled'>)[]> {
    await this.#recall();
    const { control, counts, engine, traffic } = this.#ports;
    const { perDestination } = await counts();
    const queues = new Map(engine().destinations.map((one) => [one.destination, one]));
    const rows = (await control.destinations()).filter(({ id }) => holds(scope.destinations, id));
    return Promise.all(rows.map(async (one) => {
      const queue = queues.get(one.id);
      const known = { id: one.id, system: one.system as DestinationNow['system'], health: healthOf(one, queue), paused: one.paused, production: one.production, enabled: one.enabled };
      if (scope.sources !== null) return { ...known, ...untold };
      const lastFault = queue?.lastFault ?? null;
      const waiting = perDestination.filter(({ destination, state }) => destination === one.id && (state === 'waiting' || state === 'sending')).flatMap(({ oldest }) => oldest ?? []);
      const { delivered, refused, lastDeliveredAt } = traffic.destination(one.id);
      return {
        ...known, lastFault: lastFault === null ? null : causeOf(lastFault, language), inFlight: queue?.inFlight ?? 0,
        delivered, refused, deliveries: { ...none, ...one.deliveries }, oldestAt: waiting.length === 0 ? null : Math.min(...waiting), lastDeliveredAt, slo: await this.#slo(one.id),
      };
    }));
  }

  async now(scope: Scope, language: Language): Promise<Now> {
    const { counts, engine, traffic, sources, clock } = this.#ports;
    const all = await counts();
    const whole = scope.sources === null && scope.destinations === null;
    const destinations = (await this.destinations(scope, language)).map(({ production: _production, enabled: _enabled, ...one }) => one);
    return {
      at: clock(), startedAt: traffic.startedAt, journalPaused: engine().paused,
      sources: await Promise.all(sources.filter(({ id }) => holds(scope.sources, id)).map((one) => this.source(one, scope))), destinations,
      conservation: whole ? { messages: { ...all.messages }, deliveries: { ...all.deliveries }, balanced: balanced(all) } : null,
      held: scope.sources === null ? sum(destinations.map(({ deliveries }) => deliveries?.held ?? 0)) : sum((await this.#ports.reader.heldGroups(scope)).map(({ count }) => count)), quarantined: whole ? all.messages.quarantined : null,
    };
  }
}

export const nowRoutes = (present: Present): Served[] => [serve(nowRoute, ({ caller, language }) => present.now(caller.scope, language))];
