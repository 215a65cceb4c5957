import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import type { Config, ListenerSettings } from '../config/model.ts';
import type { Clock } from '../domain/clock.ts';
import type { Language } from '../domain/finding.ts';
import { splitMessages } from '../formats/hl7v2/split.ts';
import type { Accept } from '../intake/accept.ts';
import { folderListener } from '../intake/folder/listener.ts';
import { intakeRouter } from '../intake/http/router.ts';
import { mailboxListener } from '../intake/mailbox/listener.ts';
import { mllpServer } from '../intake/mllp/server.ts';
import type { IntakeEvent } from '../intake/report.ts';
import type { IntakePorts } from '../intake/take.ts';
import type { Journal } from '../journal/journal.ts';
import { httpListener } from '../net/http-listener.ts';
import { SettingFault } from '../net/setting-fault.ts';
import { listenerTls } from '../net/tls.ts';
import { consoleRoutes } from '../operate/console/routes.ts';
import type { Served } from '../operate/api/served.ts';
import { healthRoutes, metricsRoutes } from '../operate/health/routes.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Metrics } from '../operate/metrics/metrics.ts';
import type { SimulatorReport } from '../operate/api/contract/vendor.ts';
import { catalogueOf } from '../operate/vendor/catalogue.ts';
import { vendorHandlers } from '../operate/vendor/handlers.ts';
import { vendorRoutes } from '../operate/vendor/routes.ts';
import { intakePorts } from './intake-ports.ts';
import { mailboxDriver } from './mailbox.ts';
import type { Operators } from './operators.ts';
import { vendorOf } from './vendor.ts';

export interface ListenerParts { readonly config: Config; readonly accept: Accept; readonly journal: Journal; readonly metrics: Metrics; readonly clock: Clock; readonly log: EventLog; readonly operators: Operators; /** Routes of the API besides the operators' own. */ readonly routes: readonly Served[]; /** The sandbox's simulators. */ readonly reports: (language: Language) => readonly SimulatorReport[]; /** Reasons why the gateway is not ready. */ unready(): readonly string[]; /** Destinations stopped by a person. */ paused(): readonly string[] }
export interface Listening { readonly addresses: ReadonlyMap<string, string>; close(graceMs: number): Promise<void> }
interface Open { readonly address: string; close(graceMs: number): Promise<void> }

async function openMllp(listener: ListenerSettings, ports: IntakePorts, parts: ListenerParts): Promise<Open> {
  const tls = listener.tls === null ? null : listenerTls(listener.tls, `listener ${listener.name}`, (fault) => { parts.log.event('intake', 'tls', { listener: listener.name, fault: fault.code }, 'error'); });
  const server = await mllpServer(listener, tls, ports);
  return { address: `${tls === null ? 'mllp' : 'mllps'}://${listener.host}:${server.port}`, close: (graceMs) => server.close(graceMs) };
}

async function openHttp(listener: ListenerSettings, ports: IntakePorts, parts: ListenerParts): Promise<Open> {
  const tls = listener.tls === null ? null : listenerTls(listener.tls, `listener ${listener.name}`, (fault) => { parts.log.event('intake', 'tls', { listener: listener.name, fault: fault.code }, 'error'); });
  const routes: { path: string; router: RequestHandler }[] = [{ path: '/', router: healthRoutes(parts) }];
  if (listener.roles.includes('metrics')) routes.push({ path: '/', router: metricsRoutes(parts) });
  if (listener.roles.includes('intake')) routes.push({ path: '/in', router: intakeRouter(listener, ports) });
  const vendor = vendorOf(parts.config, listener, ports);
  if (listener.roles.includes('api')) routes.push({ path: '/fhir', router: vendorRoutes(vendor) });
  const api = listener.roles.includes('api') ? parts.operators.api(listener, [...parts.routes, ...vendorHandlers({ judge: vendor, catalogue: catalogueOf(fixtures), reports: parts.reports })]) : null;
  if (api !== null) routes.push({ path: '/', router: api.router });
  // Last: its pages are what no other route of this listener is.
  if (listener.roles.includes('api')) routes.push({ path: '/', router: consoleRoutes() });
  const server = await httpListener(listener, tls, routes, ports.report);
  return { address: `${tls === null ? 'http' : 'https'}://${listener.host}:${server.port}`, close: async (graceMs) => { await server.close(graceMs); api?.close(); await vendor.close(); } };
}

/** The examples shipped with the gateway. */
const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** A look each second is soon enough for files, and light on a network share. */
const pollMs = 1000;

function openFolder(listener: ListenerSettings, ports: IntakePorts, { config }: ListenerParts): Open {
  const source = config.sources.find((one) => one.id === listener.folder?.source);
  if (listener.folder === null || source === undefined) throw new Error(`listener ${listener.name} has no folder or source`); // the configuration's check refuses it
  const folder = folderListener({ ...listener.folder, source, name: listener.name, maxBytes: listener.maxBytes, pollMs, split: splitMessages }, ports);
  return { address: `file://${listener.folder.path}`, close: () => folder.close() };
}

async function openMailbox(listener: ListenerSettings, ports: IntakePorts, { config }: ListenerParts): Promise<Open> {
  const { mailbox = null } = listener;
  const source = config.sources.find((one) => one.id === mailbox?.source);
  if (mailbox === null || source === undefined) throw new Error(`listener ${listener.name} has no mailbox or source`); // the configuration's check refuses it
  const { pollMs } = mailbox;
  const box = mailboxListener({ name: listener.name, source, maxBytes: listener.maxBytes, pollMs, backoff: { firstMs: Math.min(pollMs, 1000), maxMs: 300_000 } }, await mailboxDriver(listener, mailbox), ports);
  return { address: mailbox.imap === null ? `file://${mailbox.folder ?? ''}` : `imap://${mailbox.imap.host}:${String(mailbox.imap.port)}`, close: () => box.close() };
}

async function opened(listener: ListenerSettings, ports: IntakePorts, parts: ListenerParts): Promise<Open> {
  try {
    switch (listener.kind) {
      case 'mllp': return await openMllp(listener, ports, parts);
      case 'http': return await openHttp(listener, ports, parts);
      case 'folder': return openFolder(listener, ports, parts);
      case 'mailbox': return await openMailbox(listener, ports, parts);
    }
  } catch (error) {
    const { syscall, code = '' } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error;
    throw new SettingFault('config.address-unusable', [listener.name, `${listener.host}:${listener.port}`, code], { cause: error });
  }
}

/** Opens every listener; when one cannot be opened the others are closed again. */
export async function openListeners(parts: ListenerParts): Promise<Listening> {
  const { config, log, metrics } = parts;
  const report = (event: IntakeEvent): void => { metrics.connection(event.fault); log.event('intake', 'connection', event, 'warn'); };
  const ports = intakePorts(config, parts.accept, parts.clock, report, (source, what) => { metrics.limited(source, what); });
  const addresses = new Map<string, string>();
  const open: Open[] = [];
  const close = async (graceMs: number): Promise<void> => { await Promise.all(open.map((one) => one.close(graceMs))); };
  try {
    for (const listener of config.listeners) {
      const made = await opened(listener, ports, parts);
      open.push(made);
      addresses.set(listener.name, made.address);
    }
  } catch (error) {
    await close(0);
    throw error;
  }
  return { addresses, close };
}
