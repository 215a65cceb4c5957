import { randomUUID } from 'node:crypto';
import type { Config } from '../config/model.ts';
import type { Dispatcher } from '../deliver/dispatcher.ts';
import type { Clock } from '../domain/clock.ts';
import type { Journal } from '../journal/journal.ts';
import { freeMiB } from '../net/disk.ts';
import { readSecret, readSecretText } from '../net/secret.ts';
import { expiryOf } from '../net/tls.ts';
import { createAlerts, type Alerts } from '../operate/alerts/alerts.ts';
import type { Channel } from '../operate/alerts/channel.ts';
import type { CertificateSeen } from '../operate/alerts/conditions.ts';
import { mailChannel } from '../operate/alerts/mail.ts';
import { openAlertStore } from '../operate/alerts/store.ts';
import { webhookChannel } from '../operate/alerts/webhook.ts';
import { alertRoutes } from '../operate/alerts/routes.ts';
import type { Served } from '../operate/api/served.ts';
import type { DestinationCheck } from '../operate/control/checks.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Metrics } from '../operate/metrics/metrics.ts';
import { verifyConservation } from './conservation.ts';
import { certificatesOf } from './tls-settings.ts';

const everyMs = 15_000;
const hour = 3_600_000;
/** The start has enough to do. */
const firstVerification = 600_000;

export interface AlertParts {
  readonly config: Config;
  readonly journal: Pick<Journal, 'counts'>;
  readonly dispatcher: Pick<Dispatcher, 'state'>;
  readonly paused: () => ReadonlySet<string>;
  /** What the connectors last said; empty before the first time. */
  readonly checks: () => readonly DestinationCheck[];
  readonly metrics: Pick<Metrics, 'incidents' | 'notice'>;
  readonly log: EventLog;
  readonly clock: Clock;
}
export interface Watching { readonly alerts: Alerts; readonly routes: readonly Served[]; close(): Promise<void> }

function channelsOf({ alerts: { mail, webhooks, name, console }, language }: Config, clock: Clock): Channel[] {
  const text = (secret: Parameters<typeof readSecret>[0] | null): string | null => (secret === null ? null : readSecret(secret).toString('utf8'));
  return [
    ...(mail === null ? [] : [mailChannel({
      ...mail, name: 'mail', gateway: name, language, console, password: () => (mail.password === null ? null : readSecretText(mail.password)), ca: () => text(mail.ca),
    })]),
    ...webhooks.map((one) => webhookChannel({ name: `webhook-${one.name}`, url: one.url, secret: () => readSecretText(one.secret), ca: text(one.ca), gateway: name, clock })),
  ];
}

/** Of our listeners; one that cannot be read is told by other ways. */
function listenerCertificates({ listeners }: Config): CertificateSeen[] {
  return listeners.flatMap(({ name, tls }) => {
    if (tls === null) return [];
    try {
      const validTo = expiryOf(tls);
      return validTo === null ? [] : [{ subject: { kind: 'listener' as const, name }, validTo }];
    } catch { return []; }
  });
}

/** Of our destinations, as their files are now: a renewed one is taken up at once. */
const destinationCertificates = ({ destinations }: Config): CertificateSeen[] =>
  destinations.flatMap(({ id, settings }) => certificatesOf(settings).map(({ setting, validTo }) => ({ subject: { kind: 'destination' as const, name: id }, setting, validTo })));

/** Runs `work` now or after `firstMs`, then every `everyMs`, never twice at once. @returns what ends it */
function repeatedly(work: () => Promise<void> | void, every: number, firstMs: number): () => void {
  let timer = setTimeout(function round() {
    void Promise.resolve(work()).finally(() => { if (!ended) timer = setTimeout(round, every).unref(); });
  }, firstMs).unref();
  let ended = false;
  return () => { ended = true; clearTimeout(timer); };
}

/** Watches the gateway: opens and closes incidents, and tells who is to be told. */
export function watch({ config, journal, dispatcher, paused, checks, metrics, log, clock }: AlertParts): Watching {
  const { alerts: set, sources, destinations } = config;
  const backlogs = new Map(destinations.map(({ id, backlogMinutes = null }) => [id, backlogMinutes ?? set.backlogMinutes]));
  const stopping = new AbortController();
  let certificates: readonly CertificateSeen[] | null = null;
  let conservation: readonly string[] | null = null;
  const alerts = createAlerts({
    rules: {
      sources: sources.map(({ id, timeZone, quietAfterMinutes = null }) => ({ id, timeZone, quietAfterMinutes })),
      backlogMs: (destination) => { const minutes = backlogs.get(destination) ?? set.backlogMinutes; return minutes === 0 ? null : minutes * 60_000; },
      diskDays: set.diskDays, minFreeMiB: config.minFreeMiB, openAfterMs: set.openAfterMinutes * 60_000, closeAfterMs: set.closeAfterMinutes * 60_000,
    },
    looks: {
      counts: () => journal.counts(), breakers: () => dispatcher.state().destinations, paused, certificates: () => certificates, conservation: () => conservation,
      checks: () => { const said = checks(); return said.length === 0 ? null : said; }, freeMiB: () => freeMiB(config.data),
    },
    store: openAlertStore(config.data, clock(), (aside) => { log.event('operate', 'incidents-damaged', { aside }, 'error'); }),
    channels: channelsOf(config, clock), reader: { language: config.language, timeZone: set.timeZone }, clock, ids: randomUUID,
    log: (kind, fields, level) => { log.event('operate', kind, fields, level); },
    gauge: metrics.incidents, counted: metrics.notice,
  });
  const ends = [
    repeatedly(() => { certificates = [...listenerCertificates(config), ...destinationCertificates(config)]; }, hour, 0),
    repeatedly(async () => { conservation = await verifyConservation(config.data, stopping.signal) ?? conservation; }, set.conservationHours * hour, firstVerification),
    repeatedly(() => alerts.look(), everyMs, 1000),
  ];
  const zones = new Map(sources.map(({ id, timeZone }) => [id, timeZone]));
  const routes = alertRoutes({ alerts, clock, ids: randomUUID, timeZone: set.timeZone, zoneOf: (source) => zones.get(source) ?? set.timeZone });
  return { alerts, routes, close: async () => { for (const end of ends) end(); stopping.abort(); await alerts.close(); } };
}
