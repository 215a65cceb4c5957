import type { Config } from '../config/model.ts';
import type { Dispatcher } from '../deliver/dispatcher.ts';
import type { DeliverEvent } from '../deliver/events.ts';
import type { AcceptanceEvent } from '../intake/acceptance.ts';
import type { Journal } from '../journal/journal.ts';
import type { KeyRing } from '../journal/keys.ts';
import type { CertificateSeen } from '../operate/api/contract/destinations.ts';
import type { Served } from '../operate/api/served.ts';
import type { Acts } from '../operate/control/control.ts';
import type { DestinationControl } from '../operate/control/destinations.ts';
import type { EventLog } from '../operate/log/log.ts';
import { corrections, type CorrectIt, type TryIt } from '../operate/operations/corrections.ts';
import { ReplayRunner } from '../operate/operations/replay-runner.ts';
import { openReplayStore } from '../operate/operations/replay-store.ts';
import { replayRoutes } from '../operate/operations/replays.ts';
import { searchRoutes } from '../operate/operations/searches.ts';
import { openOperations } from '../operate/operations/store.ts';
import { destinationRoutes } from '../operate/reading/destinations.ts';
import { heldRoutes } from '../operate/reading/held.ts';
import { listRoutes } from '../operate/reading/lists.ts';
import { Latest, Live, liveRoutes } from '../operate/reading/live.ts';
import { nowRoutes, Present } from '../operate/reading/now.ts';
import type { Reader } from '../operate/reading/reader.ts';
import { Grants, revealRoutes } from '../operate/reading/reveal.ts';
import { sourceRoutes } from '../operate/reading/sources.ts';
import { isCorrected } from '../operate/reading/spent.ts';
import { storyRoutes } from '../operate/reading/story.ts';
import { Traffic } from '../operate/reading/traffic.ts';
import { daysLeft } from '../operate/control/checks.ts';
import { openReader } from './reader.ts';
import { certificatesOf, type OwnCertificate } from './tls-settings.ts';

/** What happens, as the gateway tells it: counted, and shown to whoever watches. */
export interface Watch { message(event: AcceptanceEvent): void; delivery(event: DeliverEvent): void }

export function watchOf({ sources, destinations }: Config, clock: () => number) {
  const traffic = new Traffic(clock, sources.map(({ id }) => id), destinations.map(({ id, slo = null }) => ({ id, withinMs: (slo?.withinSeconds ?? 0) * 1000 })));
  const [live, latest] = [new Live(clock), new Latest()];
  const watch: Watch = {
    message: (event) => { traffic.message(event); latest.add(event); live.message(event); },
    delivery: (event) => { if (event.kind === 'attempt') traffic.attempt(event); live.delivery(event); },
  };
  return { traffic, live, latest, watch };
}

export interface ReadingParts {
  readonly config: Config; readonly keys: KeyRing; readonly journal: Journal; readonly dispatcher: Dispatcher; readonly clock: () => number; readonly log: EventLog;
  readonly acts: Acts; readonly destinations: DestinationControl; readonly correct: CorrectIt; readonly tryCorrection: TryIt; readonly watched: ReturnType<typeof watchOf>;
  /** Where a listener listens; null before it does. */
  readonly address: (listener: string) => string | null;
}

const hourMs = 3_600_000;
/** How long our certificates last, by where they are used; their files are read once an hour. */
function certificateReader(clock: () => number): (where: string, settings: Readonly<Record<string, unknown>>) => readonly CertificateSeen[] {
  const known = new Map<string, { readonly at: number; readonly found: readonly OwnCertificate[] }>();
  return (where, settings) => {
    const last = known.get(where);
    const { at, found } = last !== undefined && clock() - last.at < hourMs ? last : { at: clock(), found: certificatesOf(settings) };
    known.set(where, { at, found });
    return found.map(({ setting, validTo }) => ({ where: `${where} ${setting}`.trim(), notAfter: validTo, daysLeft: daysLeft(validTo, clock()) }));
  };
}

/** Counts are asked by every screen; a second old they are as good. */
function heldFor<T>(ms: number, clock: () => number, ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly what: Promise<T> } | null = null;
  return () => {
    if (last === null || clock() - last.at >= ms) last = { at: clock(), what: ask() };
    return last.what;
  };
}

/** Everything of the API that is read from the journal, and what operators do with it. */
export function openReading({ config, keys, journal, dispatcher, clock, log, acts, destinations, correct, tryCorrection, watched, address }: ReadingParts): { readonly routes: readonly Served[]; readonly reader: Reader; start(): void; close(): Promise<void> } {
  const { traffic, live, latest } = watched;
  const reading = openReader({ folder: config.data, keys }, (why) => { log.event('operate', 'reader-died', { why }, 'error'); });
  const { reader } = reading;
  const db = openOperations(config.data);
  const store = openReplayStore(db);
  const runner = new ReplayRunner({ store, journal, replay: (id, by) => acts.replay(id, by), clock, trouble: (plan, what) => { log.event('operate', 'replay-trouble', { plan, what }, 'error'); } });
  const certificates = certificateReader(clock);
  const { operators: { revealMinutes, secondPersonAbove, secondPersonForCorrections } } = config;
  const agreed = new Map(config.destinations.flatMap(({ id, slo = null }) => (slo === null ? [] : [[id, slo] as const])));
  const present = new Present({ reader, traffic, control: destinations, counts: heldFor(1000, clock, () => journal.counts()), engine: () => dispatcher.state(), sources: config.sources, agreed, clock });
  const grants = new Grants(clock, revealMinutes * 60_000);
  const corrected = corrections({ db, keys, reader, journal, grants, tryIt: tryCorrection, correct, replan: (ref, by) => acts.replan(ref, by), secondPerson: secondPersonForCorrections, clock });
  const listenerOf = (name: string) => config.listeners.find((one) => one.name === name);
  const keeps = (destination: string): string | null => {
    const queue = dispatcher.state().destinations.find((one) => one.destination === destination);
    return queue === undefined ? 'route.connector-absent' : queue.stopped ? 'deliver.already-paused' : null;
  };
  return {
    reader,
    routes: [
      ...nowRoutes(present), ...liveRoutes(live, latest), ...listRoutes(reader), ...storyRoutes(reader), ...revealRoutes({ reader, journal, clock, grants }), ...corrected.routes,
      ...heldRoutes({ reader, acts, pending: (seen) => corrected.pending(seen), keeps }),
      ...replayRoutes({ store, runner, reader, secondPersonAbove, clock }), ...searchRoutes(db, clock),
      ...destinationRoutes({
        reader, present, control: destinations, certificates: (id) => certificates(id, config.destinations.find((one) => one.id === id)?.settings ?? {}),
        configured: config.destinations.map(({ id, concurrency, attemptMs, deadlineDays, breaker }) => ({ id, concurrency, attemptMs, deadlineDays, breaker, rules: config.rules.filter(({ to }) => to.includes(id)).map(({ name }) => name) })),
      }),
      ...sourceRoutes({
        reader, present, traffic, address, certificates: (name) => certificates(name, { tls: listenerOf(name)?.tls ?? null }),
        configured: config.sources.map(({ id, organisation, timeZone, answersTo, listeners }) => ({ id, organisation, timeZone, answersTo, listeners: listeners.map((name) => ({ name, kind: listenerOf(name)?.kind ?? '' })) })),
      }),
    ],
    start: () => {
      runner.start();
      void corrected.resume(async (trace) => {
        const message = await journal.message({ trace });
        return message !== null && isCorrected(await journal.events(message.seq));
      }).catch((error: unknown) => { log.event('operate', 'correction-trouble', { what: error instanceof Error ? error.name : 'unknown' }, 'error'); });
      if (config.listeners.some(({ roles }) => roles.includes('api'))) reading.start();
    },
    close: async () => { await runner.close(); await reading.close(); db.close(); },
  };
}
