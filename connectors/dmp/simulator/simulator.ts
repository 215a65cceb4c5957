import type { IncomingHttpHeaders } from 'node:http';
import { Reports } from './report/reports.ts';
import { reportId, report, type Report } from './report/report.ts';
import { receive, type Received } from './received.ts';
import { replaces, updateStatus } from './namespaces.ts';
import type { DmpStatus, Entry } from './registry.ts';
import type { Transaction } from './rule.ts';
import { rules } from './rules/rules.ts';
import { Scenarios, type Scenario, type ThirdParty } from './scenario.ts';
import { startPages } from './pages.ts';
import { startServices } from './services.ts';
import { settle, type DmpSimulatorSettings } from './settings.ts';
import { Store } from './store.ts';
import { process as processed, type Outcome } from './submission.ts';
import { thirdParty } from './third-party.ts';
import type { Arrival } from './received.ts';

export type { DmpSimulatorSettings } from './settings.ts';
export type { Scenario } from './scenario.ts';
export type { Report } from './report/report.ts';

/** A request as it came on the wire, raw. */
export interface Arrived { readonly transaction: Transaction; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
export interface DmpSimulatorReport {
  /** Requests seen on the wire, whatever became of them; TLS handshakes that failed are counted apart. */
  readonly arrivals: number;
  readonly refusedHandshakes: number;
  /** Current documents of the record, signatures left out; lots; versions of any state. */
  readonly stored: { readonly documents: number; readonly lots: number; readonly versions: number };
  /** uniqueIds that have more than one current version. */
  readonly duplicates: readonly string[];
  readonly rules: readonly { readonly name: string; readonly source: string; readonly checked: number; readonly broken: number }[];
}
/** A simulated DMP: it judges with its own eyes, keeps a record, reports each request, and misbehaves when told to. */
export interface DmpSimulator {
  /** Base of the services: `/patients`, `/habilitations`, `/repository`, `/registry` come after it. Mutual TLS. */
  readonly url: string;
  /** The reports and the scenarios, loopback only, plain HTTP. */
  readonly pagesUrl: string;
  report(): DmpSimulatorReport;
  /** Newest first. */
  submissions(): readonly Report[];
  /** The last hundred requests, raw, oldest first. */
  arrived(): readonly Arrived[];
  entries(): readonly Entry[];
  scenario(scenario: Scenario): void;
  scenarios(): readonly Scenario[];
  /** Shifts the simulator's clock. */
  skew(seconds: number): void;
  dmp(ins: string, status: DmpStatus): void;
  /** False when nothing current has that uniqueId. */
  thirdParty(uniqueId: string, change: ThirdParty): boolean;
  reset(): void;
  close(): Promise<void>;
}

const base = '/si-dmp-server/v2/services';

export async function startDmpSimulator(given: DmpSimulatorSettings): Promise<DmpSimulator> {
  const settings = settle(given);
  const store = new Store(settings.folder);
  const reports = new Reports(settings.folder);
  const scenarios = new Scenarios();
  const counts = new Map(rules.map(({ id }) => [id, { checked: 0, broken: 0 }]));
  let arrivals = 0, skew = 0;
  let raw: Arrived[] = [];

  const countRules = (outcome: Outcome): void => {
    for (const { rule, status } of outcome.verdicts) {
      const found = counts.get(rule.id);
      if (found === undefined || status === 'not-applicable') continue;
      found.checked++;
      if (status !== 'pass') found.broken++;
    }
  };
  /** The document a replacement or a deletion is about is changed by someone else, just before it is judged. */
  const meddle = (received: Received, change: ThirdParty): void => {
    for (const association of received.lot?.associations ?? []) {
      const entry = [replaces, updateStatus].includes(association.type) ? store.entries.get(association.target) : undefined;
      const done = entry === undefined ? null : thirdParty(store, entry.uniqueId, change);
      if (done !== null) store.change(done);
    }
  };

  /** One request, start to end: judged, stored, reported. */
  const handle = (arrival: Omit<Arrival, 'at'>): { outcome: Outcome; scenario: Scenario | null; id: string } => {
    arrivals++;
    const received = receive({ ...arrival, at: settings.now() + skew * 1000 }, settings, store);
    raw = [...raw.slice(-99), { transaction: received.transaction, path: arrival.path, headers: arrival.headers, body: arrival.bytes }];
    const scenario = scenarios.take(received.transaction);
    if (scenario?.kind === 'third-party') meddle(received, scenario.change);
    const outcome = processed(received, scenario);
    if (Object.keys(outcome.change).length > 0) store.change(outcome.change);
    countRules(outcome);
    const id = reportId(reports.next());
    reports.add(report(id, received, outcome, scenario?.kind ?? null));
    return { outcome, scenario, id };
  };

  const current = (): Entry[] => [...store.entries.values()].filter(({ status }) => /Approved$|Archived$/.test(status));
  const state: Omit<DmpSimulator, 'url' | 'pagesUrl' | 'close' | 'report'> = {
    submissions: () => reports.list(), arrived: () => raw, entries: () => [...store.entries.values()],
    scenario: (one) => { scenarios.add(one); }, scenarios: () => scenarios.list(), skew: (seconds) => { skew = seconds; },
    dmp: (ins, status) => { store.change({ dmp: { ins, status } }); },
    thirdParty: (uniqueId, change) => { const done = thirdParty(store, uniqueId, change); if (done !== null) store.change(done); return done !== null; },
    reset: () => { store.clear(); reports.clear(); scenarios.clear(); arrivals = 0; skew = 0; raw = []; for (const one of counts.values()) Object.assign(one, { checked: 0, broken: 0 }); },
  };
  const services = await startServices(given, settings, base, handle);
  const told = (): DmpSimulatorReport => ({
    arrivals, refusedHandshakes: services.refusedHandshakes(),
    stored: { documents: current().filter((one) => !one.signature).length, lots: store.lots, versions: store.entries.size },
    duplicates: current().map((one) => one.uniqueId).filter((id, i, list) => list.indexOf(id) !== i),
    rules: rules.map(({ id, source }) => ({ name: id, source, ...counts.get(id) ?? { checked: 0, broken: 0 } })),
  });
  try {
    const pages = await startPages(given.pagesPort ?? 0, { ...state, report: told, get: (id) => reports.get(id), services: services.url });
    return { ...state, url: services.url, pagesUrl: pages.url, report: told, close: async () => { await Promise.all([services.close(), pages.close()]); } };
  } catch (error) { await services.close(); throw error; }
}
