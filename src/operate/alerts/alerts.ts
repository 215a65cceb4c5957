import type { Counts } from '../../journal/journal.ts';
import type { Channel } from './channel.ts';
import type { DestinationCheck } from '../control/checks.ts';
import { backlogs, breakers, certificates, checks, conservation, disk, type BreakerSeen, type CertificateSeen } from './conditions.ts';
import { Course, type Waits } from './course.ts';
import { daysLeft, looksBack, type DiskSample } from './disk-forecast.ts';
import { keyOf, type Condition, type Incident, type Kind } from './incident.ts';
import { Ledger } from './ledger.ts';
import { localTime } from './local-quarter.ts';
import type { Maintenance } from './maintenance.ts';
import type { Notice } from './notice.ts';
import { Outbox } from './outbox.ts';
import { profileOf, type Profile } from './profile.ts';
import { Ear } from './quiet.ts';
import type { AlertStore, IncidentFilter } from './store.ts';
import { Traffic, weeksKept } from './traffic.ts';
import type { Reader } from './words.ts';

export interface SourceListened { readonly id: string; readonly timeZone: string; readonly quietAfterMinutes: number | null }
export interface AlertRules extends Waits {
  readonly sources: readonly SourceListened[];
  /** Oldest delivery that may still wait, by destination; null: never told. */
  readonly backlogMs: (destination: string) => number | null;
  readonly diskDays: number;
  /** Free space under which messages are refused, MiB. */
  readonly minFreeMiB: number;
}
/** What the gateway lets see of itself. Null: not known yet, nothing is concluded. */
export interface Looks {
  counts(): Promise<Counts>;
  breakers(): readonly BreakerSeen[];
  paused(): ReadonlySet<string>;
  certificates(): readonly CertificateSeen[] | null;
  conservation(): readonly string[] | null;
  /** What the connectors last said. */
  checks(): readonly DestinationCheck[] | null;
  freeMiB(): number;
}
export interface AlertPorts {
  readonly rules: AlertRules;
  readonly looks: Looks;
  readonly store: AlertStore;
  readonly channels: readonly Channel[];
  readonly reader: Reader;
  readonly clock: () => number;
  readonly ids: () => string;
  readonly log: (kind: 'incident' | 'notice' | 'alerts-failed', fields: object, level: 'info' | 'warn' | 'error') => void;
  /** Open incidents after each look, and each notice: for the metrics. */
  readonly gauge: (open: readonly Incident[]) => void;
  readonly counted: (channel: string, outcome: string) => void;
}

/** Messages of a source in a quarter hour of UTC that begins at `at`. */
export interface Heard { readonly source: string; readonly at: number; readonly messages: number }

export interface Alerts {
  /** A message of a source came, whatever became of it. On the path of every message: no more than a count. */
  heard(source: string): void;
  /** Sources of which nothing was learnt when the gateway started, and since when they are listened to. */
  unlearnt(): { readonly sources: readonly string[]; readonly since: number };
  /** What such sources sent before, as the journal has it. */
  learn(heard: readonly Heard[]): void;
  /** One look at everything; then what is to be said leaves. Never rejects. */
  look(): Promise<void>;
  /** Open now. */
  open(): readonly Incident[];
  incidents(filter: IncidentFilter, limit: number): readonly Incident[];
  incident(id: string): Incident | null;
  notices(incident: string): readonly Notice[];
  inMaintenance(incident: Incident): boolean;
  /** @returns null when there is no such incident */
  acknowledge(id: string, by: string, note: string): Incident | null;
  windows(): readonly Maintenance[];
  addWindow(window: Maintenance): void;
  /** @returns false when there is none */
  endWindow(id: string): boolean;
  /** Null for a source that is not configured. */
  profile(source: string): Profile | null;
  close(): Promise<void>;
}

const hour = 3_600_000;
const keptFor = 400 * 24 * hour;

export function createAlerts({ rules, looks, store, channels, reader, clock, ids, log, gauge, counted }: AlertPorts): Alerts {
  const since = clock();
  const ears = new Map(rules.sources.map(({ id, timeZone, quietAfterMinutes }) => {
    const traffic = new Traffic();
    for (const [quarter, messages] of store.traffic(id)) traffic.restore(quarter, messages);
    return [id, new Ear({ source: id, local: localTime(timeZone), traffic, quietAfterMs: quietAfterMinutes === null ? null : quietAfterMinutes * 60_000 }, since)];
  }));
  const unlearnt = new Set([...ears].filter(([, ear]) => ear.of.traffic.first === null).map(([id]) => id));
  const open = store.open();
  const waiting = store.waiting();
  const over = [...new Set(waiting.map(({ incident }) => incident))].filter((id) => !open.some((one) => one.id === id)).flatMap((id) => store.incident(id) ?? []);
  const ledger = new Ledger({ incidents: [...open, ...over], notices: [...open.flatMap(({ id }) => store.notices(id)), ...waiting.filter((one) => over.some(({ id }) => id === one.incident))], windows: store.windows() }, channels.map(({ name }) => name), ids);
  const course = new Course(rules);
  const outbox = new Outbox({ ledger, channels, reader, clock, tell: ({ incident, what, channel }, outcome, code) => {
    counted(channel, outcome);
    log('notice', { incident, what, channel, outcome, code }, outcome === 'sent' ? 'info' : 'warn');
  } });
  let samples: readonly DiskSample[] = store.disk(since - looksBack);
  let freshSamples: DiskSample[] = [];
  const failing = new Map<string, string>();
  let forgotAt = -Infinity;
  let looking: Promise<void> | null = null;
  let closed = false;
  let sending: Promise<void> = Promise.resolve();

  const listen = (now: number): Condition[] => [...ears.values()].flatMap((ear) => {
    ear.settle();
    return ear.quiet(now, ledger.open.get(keyOf({ kind: 'silence', subject: { kind: 'source', name: ear.of.source } })));
  });

  function sampled(now: number): Condition[] {
    const free = looks.freeMiB();
    if (now - (samples.at(-1)?.at ?? -Infinity) >= hour) {
      const sample = { at: now, free };
      samples = [...samples.filter(({ at }) => at > now - looksBack), sample];
      freshSamples.push(sample);
    }
    return disk({ free, reserve: rules.minFreeMiB, left: daysLeft(samples, rules.minFreeMiB, now) }, rules.diskDays);
  }

  /** One that cannot be looked at leaves the others. */
  async function conditions(now: number): Promise<{ found: Condition[]; judged: Set<Kind> }> {
    const judged = new Set<Kind>();
    const found: Condition[] = [];
    const judge = async (kind: Kind, look: () => Condition[] | null | Promise<Condition[]>): Promise<void> => {
      try {
        const seen = await look();
        if (seen === null) return;
        judged.add(kind);
        failing.delete(kind);
        found.push(...seen);
      } catch (error) { fail(kind, error); }
    };
    await judge('silence', () => listen(now));
    await judge('backlog', async () => backlogs(await looks.counts(), rules.backlogMs, looks.paused(), now));
    await judge('breaker', () => breakers(looks.breakers()));
    const seen = looks.certificates();
    await judge('certificate', () => (seen === null ? null : certificates(seen, now)));
    const problems = looks.conservation();
    await judge('conservation', () => (problems === null ? null : conservation(problems)));
    const said = looks.checks();
    await judge('check', () => (said === null ? null : checks(said)));
    await judge('disk', () => sampled(now));
    return { found, judged };
  }

  /** Told once, until something else fails or it works again. */
  function fail(what: string, error: unknown): void {
    const { code, name } = error as { code?: unknown; name?: unknown };
    const fault = typeof code === 'string' ? code : String(name);
    if (failing.get(what) === fault) return;
    failing.set(what, fault);
    log('alerts-failed', { what, fault }, 'error');
  }

  /** The disk's refusal stops nothing: what it has not got is given again at the next look. */
  function save(now: number): void {
    const traffic = [...ears.values()].map(({ of: { source, traffic: heard } }) => ({ source, rows: heard.fresh() }));
    try {
      store.save({ ...ledger.unsaved, traffic, disk: freshSamples });
      ledger.saved();
      freshSamples = [];
      if (now - forgotAt > 24 * hour) forget(now);
      failing.delete('store');
    } catch (error) {
      for (const { source, rows } of traffic) ears.get(source)?.of.traffic.unsaved(rows);
      fail('store', error);
    }
  }
  function forget(now: number): void {
    forgotAt = now;
    for (const { of: { traffic, local } } of ears.values()) traffic.forget(local.quarter(now));
    store.forget(now - keptFor, Math.floor(now / 900_000) - (weeksKept + 1) * 7 * 96, now - looksBack);
  }

  async function lookOnce(): Promise<void> {
    try {
      const now = clock();
      const { found, judged } = await conditions(now);
      for (const { id, kind, subject, severity, closedAt } of ledger.apply(course.step(ledger.open, found, judged, now), now)) {
        log('incident', { incident: id, incidentKind: kind, of: subject.kind, name: subject.name, severity, state: closedAt === null ? 'open' : 'closed' }, closedAt === null ? 'warn' : 'info');
      }
      gauge([...ledger.open.values()]);
      save(now);
    } finally { looking = null; }
  }
  async function look(): Promise<void> {
    if (looking !== null || closed) return;
    await (looking = lookOnce());
    // A channel that takes its time must not put off the next look.
    await (sending = outbox.send().then(() => { if (!closed) save(clock()); }));
  }

  const known = (id: string): Incident | null => ledger.find(id) ?? store.incident(id);
  return {
    heard: (source) => { ears.get(source)?.heard(clock()); },
    unlearnt: () => ({ sources: [...unlearnt], since }),
    learn: (heard) => {
      for (const { source, at, messages } of heard) if (unlearnt.has(source)) ears.get(source)?.learn(at, messages);
      unlearnt.clear();
    },
    look,
    open: () => [...ledger.open.values()],
    incidents: (filter, limit) => store.incidents(filter, limit).map((one) => ledger.find(one.id) ?? one),
    incident: known,
    notices: (incident) => store.notices(incident),
    inMaintenance: (incident) => ledger.inMaintenance(incident, clock()),
    acknowledge: (id, by, note) => {
      const incident = known(id);
      if (incident === null) return null;
      const acknowledged = { ...incident, acknowledged: { by, at: clock(), note } };
      store.save({ incidents: [acknowledged], notices: [], traffic: [], disk: [] });
      if (incident.closedAt === null) ledger.put(acknowledged);
      return acknowledged;
    },
    windows: () => ledger.windows,
    addWindow: (window) => { store.addWindow(window); ledger.windows = store.windows(); },
    endWindow: (id) => {
      const found = ledger.windows.some((one) => one.id === id);
      if (found) { store.endWindow(id); ledger.windows = store.windows(); }
      return found;
    },
    profile: (source) => {
      const ear = ears.get(source);
      return ear === undefined ? null : profileOf(ear, clock(), ledger.open.has(keyOf({ kind: 'silence', subject: { kind: 'source', name: source } })));
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await looking;
      await sending;
      for (const ear of ears.values()) ear.settle();
      save(clock());
      await Promise.all(channels.map((channel) => channel.close()));
      store.close();
    },
  };
}
