import { randomUUID } from 'node:crypto';
import { outcomeTold } from '../acknowledge/deliveries.ts';
import type { Config } from '../config/model.ts';
import { createDispatcher, type Dispatcher } from '../deliver/dispatcher.ts';
import { systemAlarm } from '../deliver/alarm.ts';
import type { DeliverEvent } from '../deliver/events.ts';
import type { DeliverPorts } from '../deliver/ports.ts';
import { workOf } from '../deliver/work.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock } from '../domain/clock.ts';
import { turns } from '../domain/turns.ts';
import { gate } from '../facts/gate.ts';
import type { Accept } from '../intake/accept.ts';
import { Unplanned } from '../intake/unplanned.ts';
import type { Journal, NewPlan, Planned } from '../journal/journal.ts';
import type { KeyRing } from '../journal/keys.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { createMetrics, type Metrics } from '../operate/metrics/metrics.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Definitions } from '../plan-settings.ts';
import { createPool, type Pool } from '../workers/pool.ts';
import type { PrepareJob, WorkerSettings } from '../workers/jobs.ts';
import { decodePrepared } from '../workers/prepared-codec.ts';
import { composeAcceptance } from './acceptance.ts';
import { checkPartners } from './checks.ts';
import { openTraces } from './traces.ts';
import { deliveryEvent, noticeEvents } from './events.ts';
import { watch, type Watching } from './alerts.ts';
import { openListeners, type ListenerParts, type Listening } from './listeners.ts';
import { openOperators, type Operators } from './operators.ts';
import { openPartners } from './partners.ts';
import type { DestinationCheck } from '../operate/control/checks.ts';
import type { PasswordCost } from '../operate/accounts/password.ts';
import type { Served } from '../operate/api/served.ts';
import { auditedControl } from '../operate/control/audited.ts';
import type { Alerts } from '../operate/alerts/alerts.ts';
import { createControl } from '../operate/control/control.ts';
import { destinationControl } from '../operate/control/destinations.ts';
import { killSwitch } from './kill-switch.ts';
import { serveControl } from '../operate/control/socket.ts';
import { runningActs } from './acts.ts';
import { correct, tryCorrection } from './correct.ts';
import { learnFromJournal } from './learning.ts';
import { openReading, watchOf } from './reading.ts';
import { resumeUnplanned } from './recovery.ts';
import { keepRetention } from './retention.ts';
import { Closing } from './stop.ts';
import { watchPartners } from './partner-watch.ts';

export interface GatewayOptions {
  readonly config: Config;
  readonly keys: KeyRing;
  readonly version: string;
  readonly log: EventLog;
  readonly clock?: Clock;
  /** Where the crash test stops the process. */
  readonly crashPoint?: (name: string) => void;
  /** Module that lists the connectors; the crash test adds doubles to it, and a broken journal as its control. */
  readonly connectors?: URL;
  readonly wrapJournal?: (journal: Journal) => Journal;
  /** What the sandbox's simulators saw, for vendors. */
  readonly reports?: ListenerParts['reports'];
  /** scrypt's cost for passwords; lower in tests. */
  readonly passwordCost?: PasswordCost;
}

export interface Gateway {
  readonly journal: Journal;
  readonly dispatcher: Dispatcher;
  readonly metrics: Metrics;
  readonly accept: Accept;
  readonly operators: Operators;
  /** Routes of the API besides the operators' own. */
  readonly routes: readonly Served[];
  /** Incidents, and what was learnt of each source. */
  readonly alerts: Alerts;
  /** Where it listens, by listener name: `mllp://127.0.0.1:2575`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Asks every partner now: reached, accepted, when our certificates end. */
  checks(): Promise<readonly DestinationCheck[]>;
  /** What the hourly asking, or the last one, found; empty in the first minute. */
  latestChecks(): readonly DestinationCheck[];
  /** Takes nothing more, finishes what is under way for at most `graceMs`, closes the journal. */
  close(graceMs: number): Promise<void>;
}

const script = new URL('../workers/stages.worker.ts', import.meta.url);
const ownConnectors = new URL('../../connectors/index.ts', import.meta.url);
/** A message that keeps a worker busy for so long will not come back. */
const hardLimitMs = 60_000;
const workerHeapMb = 512;

function openPool(options: GatewayOptions, traced: boolean): Pool {
  const { config, keys, version, log } = options;
  const data: WorkerSettings = { config, version, folder: config.data, keys, connectors: (options.connectors ?? ownConnectors).href, traced };
  const died = (why: string): void => { log.event('intake', 'worker-died', { why }, 'error'); };
  return createPool({ workers: config.workers, script, data, hardLimitMs, heapMb: workerHeapMb, died });
}

/** Everything put together: journal, workers, delivery, acceptance, then the listeners, so that nothing comes before it can be kept. */
export async function composeGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log } = options;
  const clock = options.clock ?? Date.now;
  const crashPoint = options.crashPoint ?? (() => undefined);
  const { connectors: definitions } = await import((options.connectors ?? ownConnectors).href) as { connectors: Definitions };
  const metrics = createMetrics();
  const closing = new Closing();
  let grace = 5000;
  try {
    const opened = await openSqliteJournal({ folder: config.data, keys: options.keys, clock, repeatWindowMs: config.repeatWindowDays * 86_400_000, crashesBeforeQuarantine: config.crashesBeforeQuarantine });
    const journal = options.wrapJournal?.(opened) ?? opened;
    closing.add('journal', () => journal.close());
    const recovery = await journal.recover();

    const tracing = await openTraces(config, options.version, log);
    closing.add('traces', () => tracing?.close() ?? Promise.resolve());
    const pool = openPool(options, tracing !== null);
    closing.add('workers', () => pool.close());
    const unplanned = new Unplanned((source) => { dispatcher.planned(source); });

    const watched = watchOf(config, clock);
    const sources = new Map(config.sources.map((one) => [one.id, one]));
    const alarm = (destination: string, fault: FaultCode, detail: string): void => { log.event('deliver', 'alarm', { destination, fault, detail }, 'error'); };
    const partners = await openPartners(config, definitions, clock, randomUUID, alarm);
    // A connection kept open to a partner would keep the process from ending.
    closing.add('partners', () => Promise.all([...partners.values()].map(({ connector }) => connector.close())));
    const prepare: DeliverPorts['prepare'] = async (destination, { bundle, ...work }, answers) => {
      const payload: PrepareJob = { destination, work, bundle: bundle === null ? null : Buffer.from(JSON.stringify(bundle)), answers };
      return decodePrepared(await pool.run({ kind: 'prepare', payload }));
    };
    const told = (event: DeliverEvent): void => { deliveryEvent(event, log, metrics); watched.watch.delivery(event); };
    const dispatcher = createDispatcher({
      journal, partners, unconnected: (id) => config.destinations.find((one) => one.id === id), clock, alarm: systemAlarm, random: Math.random, gate,
      unknownConsent: (source) => sources.get(source)?.unknownConsent ?? 'hold',
      unplannedBefore: (source, seq) => unplanned.before(source, seq),
      work: (delivery) => workOf(journal, delivery),
      prepare: tracing === null ? prepare : (destination, work, answers) => tracing.around(work.trace, 'emit', { 'passerelle.destination': destination }, () => prepare(destination, work, answers)),
      acknowledge: (delivery, receipt) => outcomeTold(delivery, receipt, clock()),
      log: tracing === null ? told : (event) => { told(event); if (event.kind === 'attempt') tracing.attempt(event); },
      crashPoint,
    });
    closing.add('delivery', () => dispatcher.stop(grace));

    const planned = ({ seq, deliveries, settled, lane }: Planned, plan: Pick<NewPlan, 'deliveries' | 'facts' | 'notice'>): void => {
      dispatcher.offer(deliveries, plan.deliveries);
      if (settled.length > 0) dispatcher.settled(settled);
      if (plan.notice !== undefined) noticeEvents(seq, plan.notice, log);
      if (plan.facts.length > 0) dispatcher.factsChanged([lane]);
    };
    const accept = composeAcceptance({
      journal: tracing?.journal(journal) ?? journal, pool, clock, unplanned, stageBudgetMs: config.stageBudgetMs, planned, crashPoint, timed: tracing === null ? undefined : (trace, times) => { tracing.stages(trace, times); },
      log: (event) => { log.event('intake', 'message', event, event.outcome === 'quarantined' || event.outcome === 'refused' ? 'warn' : 'info'); metrics.received(event); watching.alerts.heard(event.source); watched.watch.message(event); tracing?.message(event); },
    });
    await resumeUnplanned(recovery, { journal, pool, sources, log });
    const switched = killSwitch(dispatcher, metrics, log);
    const stopped = switched.recall(config.destinations, await journal.switches());
    const partnerWatch = watchPartners(() => checkPartners(partners, config, clock), alarm, clock);
    closing.add('checks', () => { partnerWatch.stop(); return Promise.resolve(); });
    const watching: Watching = watch({ config, journal, dispatcher, paused: () => stopped, checks: () => partnerWatch.latest(), metrics, log, clock });
    closing.add('alerts', () => watching.close());
    dispatcher.start();

    const inTurn = turns();
    const acts = runningActs(journal, dispatcher, clock, inTurn, { pool, sources, planned });
    const destinations = destinationControl(journal, config.destinations, clock, switched.apply);
    const operators = await openOperators({ config, keys: options.keys, journal, clock, log, passwordCost: options.passwordCost });
    closing.add('operators', () => operators.close());
    let listening: Listening | null = null;
    const reading = openReading({
      config, keys: options.keys, journal, dispatcher, clock, log, acts, destinations, watched, address: (name) => listening?.addresses.get(name) ?? null,
      correct: (trace, text, by, approved) => correct({ journal, pool, dispatcher, accept, sources, clock, inTurn }, trace, text, by, approved),
      tryCorrection: (trace, text) => tryCorrection({ journal, pool, dispatcher, accept, sources, clock, inTurn }, trace, text),
    });
    closing.add('reading', () => reading.close());
    const routes = [...reading.routes, ...watching.routes];
    listening = await openListeners({ config, accept, journal, metrics, clock, log, operators, routes, reports: options.reports ?? (() => []), unready: () => (dispatcher.state().paused ? ['deliver.journal-paused'] : []), paused: () => [...stopped] });
    const listened = listening;
    closing.add('listeners', () => listened.close(grace));
    reading.start();
    const endLearning = learnFromJournal({ alerts: watching.alerts, reader: reading.reader, journal, log });
    closing.add('learning', () => { endLearning(); return Promise.resolve(); });
    const control = auditedControl(createControl({ journal, acts, destinations, checks: () => partnerWatch.checks(), clock, retention: config.retention }), operators.audit);
    const socket = await serveControl(control, config.data);
    closing.add('control', () => socket.close());
    const endRetention = keepRetention(control, log);
    closing.add('retention', () => { endRetention(); return Promise.resolve(); });
    return {
      journal, dispatcher, metrics, accept, operators, addresses: listened.addresses, routes, alerts: watching.alerts, checks: () => partnerWatch.checks(), latestChecks: () => partnerWatch.latest(),
      close: async (graceMs) => { grace = graceMs; await closing.end(); log.flush(); },
    };
  } catch (error) {
    await closing.end();
    throw error;
  }
}
