import { sep } from 'node:path';
import type { TlsSettings } from '../domain/secret.ts';
import { checkAlerts } from './check-alerts.ts';
import { isLoopbackHost } from './loopback.ts';
import type { Config, DestinationSettings, ListenerSettings, SourceSettings } from './model.ts';
import { nearest } from './nearest.ts';
import type { SettingsReader } from './read.ts';
import { readable } from './readable.ts';
import { structuresOf } from './structures.ts';

/** What only the whole configuration shows: references, and settings that do not go together. Parts already found wrong are passed over. */
export function checkWhole(config: Config, reader: SettingsReader): void {
  const each = <T>(items: readonly T[], list: string, check: (item: T, path: string) => void): void => {
    // Asked before any check: a fault of one item's references must not hide the others of the same item.
    const sound = items.map((_, i) => !reader.broken(`${list}[${i}]`));
    items.forEach((item, i) => { if (sound[i]) check(item, `${list}[${i}]`); });
  };
  const listeners = config.listeners.filter((_, i) => !reader.broken(`listeners[${i}]`));
  const ids = declared(config, 'destinations', reader), sources = declared(config, 'sources', reader);
  each(config.listeners, 'listeners', (listener, path) => { checkListener(listener, path, config, reader); });
  each(config.sources, 'sources', (source, path) => { checkSource(source, path, config, listeners, reader); });
  each(config.destinations, 'destinations', (destination, path) => {
    if (destination.production && !destination.enabled) reader.fault('config.production-not-enabled', `${path}.enabled`, [destination.id]);
    if (destination.system === 'dmp') checkDmp(destination, path, config, reader);
  });
  each(config.rules, 'rules', (rule, path) => {
    refer(rule.to, ids, `${path}.to`, 'destinations', reader);
    // What feeds the DMP is its sender's word, document by document: who may see it is said by the same message.
    rule.to.forEach((wanted, i) => { if (config.destinations.some((one) => (one as Partial<DestinationSettings>).id === wanted && one.system === 'dmp')) reader.fault('config.rule-to-dmp', `${path}.to[${i}]`, [rule.name, wanted]); });
    refer(rule.when.source ?? [], sources, `${path}.when.source`, 'sources', reader);
  });
  each(config.tests, 'tests', (test, path) => {
    refer(test.expect, ids, `${path}.expect`, 'destinations', reader);
    if (test.given.source !== '') refer([test.given.source], sources, `${path}.given.source`, 'sources', reader);
  });
  if (!reader.broken('alerts')) checkAlerts(config.alerts, reader);
  if (!reader.broken('access')) checkAccess(config, ids, sources, reader);
  if (reader.broken('keys')) return;
  if ('file' in config.keys && within(config.keys.file, config.data)) reader.fault('config.keys-in-data', 'keys', [config.keys.file, config.data]);
  if ('env' in config.keys) readable(config.keys, 'keys', reader);
}

/** Who a provider's people are here: names that exist, and no scope for who gives the scopes. */
function checkAccess({ access: { openid }, sources }: Config, ids: readonly string[] | null, sourceIds: readonly string[] | null, reader: SettingsReader): void {
  if (openid === null) return;
  readable(openid.clientSecret, 'access.openid.clientSecret', reader);
  openid.roles.forEach(({ name, role, organisation, organisationClaim, ...scope }, i) => {
    const path = `access.openid.roles[${i}]`;
    refer(scope.sources, sourceIds, `${path}.sources`, 'sources', reader);
    refer(scope.destinations, ids, `${path}.destinations`, 'destinations', reader);
    if (organisation !== null && sourceIds !== null) refer([organisation], sources.map((one) => one.organisation), `${path}.organisation`, 'sources[].organisation', reader);
    const scoped = organisation !== null || organisationClaim !== null || scope.sources.length > 0 || scope.destinations.length > 0;
    if (role === 'administrator' && scoped) reader.fault('config.administrator-scope', `${path}.role`, [name]);
  });
}

/** The names a list declares; null when the list itself could not be read, and nothing can be said of references to it. */
function declared(config: Config, list: 'listeners' | 'sources' | 'destinations', reader: SettingsReader): readonly string[] | null {
  if (reader.faults.some(fault => fault.location === list)) return null;
  const names = config[list].map(one => 'id' in one ? one.id : (one as Partial<ListenerSettings>).name);
  return names.filter(name => name !== undefined);
}

function checkListener(listener: ListenerSettings, path: string, config: Config, reader: SettingsReader): void {
  const { kind, host, port, tls, folder } = listener;
  if (kind === 'folder') {
    if (folder === null) reader.fault('config.missing', `${path}.folder`, [`${path}.folder`, '{ path: ./drop, source: lab }']);
    else refer([folder.source], declared(config, 'sources', reader), `${path}.folder.source`, 'sources', reader);
    return;
  }
  if (kind === 'mailbox') { checkMailbox(listener, path, config, reader); return; }
  const twin = config.listeners.find(other => other !== listener && other.kind !== 'folder' && other.kind !== 'mailbox' && other.port === port && other.host === host);
  if (port !== 0 && twin) reader.fault('config.duplicate', `${path}.port`, [`${path}.port`, 'listeners']);
  if (tls !== null) checkTls(tls, `${path}.tls`, reader);
  else if (!isLoopbackHost(host)) reader.fault(listener.clearText ? 'config.clear-text' : 'config.listener-without-tls', `${path}.host`, [listener.name]);
  if (tls === null && listener.clearText && !isLoopbackHost(host) && listener.roles.includes('api')) reader.fault('config.api-in-clear', `${path}.roles`, [listener.name]);
  if (!reader.broken('access') && config.access.trustedProxies.length > 0 && listener.roles.includes('api') && listener.roles.includes('intake')) reader.fault('config.proxied-intake', `${path}.roles`, [listener.name]);
}

/** A mailbox is either a folder or a server; what comes of it is a mail only if its source says so. */
function checkMailbox({ mailbox = null, tls }: ListenerSettings, path: string, config: Config, reader: SettingsReader): void {
  if (mailbox === null) { reader.fault('config.missing', `${path}.mailbox`, [`${path}.mailbox`, '{ source: bal, imap: { … } }']); return; }
  const { source, folder, imap } = mailbox;
  refer([source], declared(config, 'sources', reader), `${path}.mailbox.source`, 'sources', reader);
  if ((folder === null) === (imap === null)) reader.fault('config.mailbox-place', `${path}.mailbox`);
  for (const part of ['password', 'token'] as const) if (imap?.[part]) readable(imap[part], `${path}.mailbox.imap.${part}`, reader);
  if (imap !== null && (imap.password === null) === (imap.token === null)) reader.fault('config.mailbox-login', `${path}.mailbox.imap`);
  if (tls !== null) for (const part of ['cert', 'key', 'pfx', 'passphrase', 'ca', 'crl'] as const) if (tls[part]) readable(tls[part], `${path}.tls.${part}`, reader);
  const named = config.sources.find((one) => (one as Partial<SourceSettings>).id === source);
  if (named?.notices?.length === 0) reader.fault('config.missing', `sources.${source}.notices`, [`sources.${source}.notices`, '[mssante]']);
}

/** Of several DMP destinations, the sender's structure must name one. */
function checkDmp(destination: DestinationSettings, path: string, config: Config, reader: SettingsReader): void {
  const own = structuresOf(destination);
  for (const other of config.destinations.slice(0, config.destinations.indexOf(destination))) {
    const shared = other.system === 'dmp' ? own.find((one) => structuresOf(other).includes(one)) : undefined;
    if (shared !== undefined) reader.fault('config.dmp-structure-shared', `${path}.settings.structure`, [other.id, destination.id, shared]);
  }
}

function checkTls(tls: TlsSettings, path: string, reader: SettingsReader): void {
  if (!tls.pfx && !tls.cert) reader.fault('config.missing', `${path}.cert`, [`${path}.cert`, '{ file: tls/passerelle.pem }']);
  if (tls.cert && !tls.key) reader.fault('config.missing', `${path}.key`, [`${path}.key`, '{ file: tls/passerelle.key }']);
  if (tls.mutual && !tls.ca) reader.fault('config.missing', `${path}.ca`, [`${path}.ca`, '{ file: tls/igc-sante-ac.pem }']);
  for (const part of ['cert', 'key', 'pfx', 'passphrase', 'ca', 'crl'] as const) if (tls[part]) readable(tls[part], `${path}.${part}`, reader);
}

function checkSource(source: SourceSettings, path: string, config: Config, listeners: readonly ListenerSettings[], reader: SettingsReader): void {
  refer(source.listeners, declared(config, 'listeners', reader), `${path}.listeners`, 'listeners', reader);
  if (source.token) readable(source.token, `${path}.token`, reader);
  if (source.answersTo !== null) {
    const others = config.destinations.filter(one => (one as Partial<typeof one>).system !== 'hl7v2').map(one => one.id);
    refer([source.answersTo], declared(config, 'destinations', reader)?.filter(id => !others.includes(id)) ?? null, `${path}.answersTo`, 'destinations (hl7v2)', reader);
  }
  // A mail believed off another listener could close anybody's deliveries.
  const elsewhere = listeners.filter((one) => one.kind !== 'mailbox' && (source.listeners.includes(one.name) || one.folder?.source === source.id)).map(({ name }) => name);
  if (source.notices !== undefined && source.notices.length > 0) {
    const others = config.destinations.filter((one) => (one as Partial<typeof one>).system !== 'mssante').map(({ id }) => id);
    refer(source.notices, declared(config, 'destinations', reader)?.filter((id) => !others.includes(id)) ?? null, `${path}.notices`, 'destinations (mssante)', reader);
    if (elsewhere.length > 0) reader.fault('config.notices-elsewhere', `${path}.notices`, [source.id, elsewhere.join(', ')]);
  }
  const proven = source.certificate !== null || source.token !== null || source.networks.length > 0;
  for (const listener of listeners.filter(one => one.kind !== 'folder' && one.kind !== 'mailbox' && source.listeners.includes(one.name))) {
    if (!proven && !isLoopbackHost(listener.host)) reader.fault('config.source-name-only', path, [source.id, listener.name]);
    if (source.certificate !== null && listener.tls?.mutual !== true) reader.fault('config.certificate-never-shown', `${path}.certificate`, [source.id, listener.name]);
    if (source.token !== null && listener.kind === 'mllp') reader.fault('config.token-never-shown', `${path}.token`, [source.id, listener.name]);
  }
}

/** Names that must be declared elsewhere. */
function refer(names: readonly string[], known: readonly string[] | null, path: string, where: string, reader: SettingsReader): void {
  names.forEach((wanted, i) => {
    if (known?.includes(wanted) === false) reader.fault('config.dangling', `${path}[${i}]`, [wanted, where], nearest(wanted, known));
  });
}

const within = (file: string, folder: string) => file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
