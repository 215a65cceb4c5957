import { accessSync, constants } from 'node:fs';
import { sep } from 'node:path';
import type { TlsSettings } from '../domain/secret.ts';
import { isLoopbackHost } from './loopback.ts';
import type { Config, ListenerSettings, Secret, SourceSettings } from './model.ts';
import { nearest } from './nearest.ts';
import type { SettingsReader } from './read.ts';

/** What only the whole configuration shows: references, and settings that do not go together. */
export function checkWhole(config: Config, reader: SettingsReader): void {
  config.listeners.forEach((listener, i) => { checkListener(listener, `listeners[${i}]`, config, reader); });
  config.sources.forEach((source, i) => { checkSource(source, `sources[${i}]`, config, reader); });
  config.destinations.forEach((destination, i) => {
    if (destination.production && !destination.enabled) reader.fault('config.production-not-enabled', `destinations[${i}].enabled`, [destination.id]);
  });
  const ids = config.destinations.map(one => one.id);
  config.rules.forEach((rule, i) => {
    refer(rule.to, ids, `rules[${i}].to`, 'destinations', reader);
    refer(rule.when.source ?? [], config.sources.map(one => one.id), `rules[${i}].when.source`, 'sources', reader);
  });
  config.tests.forEach((test, i) => {
    refer(test.expect, ids, `tests[${i}].expect`, 'destinations', reader);
    if (test.given.source !== '') refer([test.given.source], config.sources.map(one => one.id), `tests[${i}].given.source`, 'sources', reader);
  });
  if ('file' in config.keys && within(config.keys.file, config.data)) reader.fault('config.keys-in-data', 'keys', [config.keys.file, config.data]);
  if ('env' in config.keys) readable(config.keys, 'keys', reader);
}

function checkListener(listener: ListenerSettings, path: string, config: Config, reader: SettingsReader): void {
  const { kind, host, port, tls, folder } = listener;
  if (kind === 'folder') {
    if (folder === null) reader.fault('config.missing', `${path}.folder`, [`${path}.folder`, '{ path: ./drop, source: lab }']);
    else refer([folder.source], config.sources.map(one => one.id), `${path}.folder.source`, 'sources', reader);
    return;
  }
  const twin = config.listeners.find(other => other !== listener && other.kind !== 'folder' && other.port === port && other.host === host);
  if (port !== 0 && twin) reader.fault('config.duplicate', `${path}.port`, [`${path}.port`, 'listeners']);
  if (tls !== null) checkTls(tls, `${path}.tls`, reader);
  else if (!isLoopbackHost(host)) reader.fault(listener.clearText ? 'config.clear-text' : 'config.listener-without-tls', `${path}.host`, [listener.name]);
}

function checkTls(tls: TlsSettings, path: string, reader: SettingsReader): void {
  if (!tls.pfx && !tls.cert) reader.fault('config.missing', `${path}.cert`, [`${path}.cert`, '{ file: tls/passerelle.pem }']);
  if (tls.cert && !tls.key) reader.fault('config.missing', `${path}.key`, [`${path}.key`, '{ file: tls/passerelle.key }']);
  if (tls.mutual && !tls.ca) reader.fault('config.missing', `${path}.ca`, [`${path}.ca`, '{ file: tls/igc-sante-ac.pem }']);
  for (const part of ['cert', 'key', 'pfx', 'passphrase', 'ca', 'crl'] as const) if (tls[part]) readable(tls[part], `${path}.${part}`, reader);
}

function checkSource(source: SourceSettings, path: string, config: Config, reader: SettingsReader): void {
  refer(source.listeners, config.listeners.map(one => one.name), `${path}.listeners`, 'listeners', reader);
  if (source.token) readable(source.token, `${path}.token`, reader);
  if (source.answersTo !== null) {
    refer([source.answersTo], config.destinations.filter(one => one.system === 'hl7v2').map(one => one.id), `${path}.answersTo`, 'destinations (hl7v2)', reader);
  }
  const proven = source.certificate !== null || source.token !== null || source.networks.length > 0;
  for (const listener of config.listeners.filter(one => one.kind !== 'folder' && source.listeners.includes(one.name))) {
    if (!proven && !isLoopbackHost(listener.host)) reader.fault('config.source-name-only', path, [source.id, listener.name]);
    if (source.certificate !== null && listener.tls?.mutual !== true) reader.fault('config.certificate-never-shown', `${path}.certificate`, [source.id, listener.name]);
    if (source.token !== null && listener.kind === 'mllp') reader.fault('config.token-never-shown', `${path}.token`, [source.id, listener.name]);
  }
}

/** Names that must be declared elsewhere. */
function refer(names: readonly string[], declared: readonly string[], path: string, where: string, reader: SettingsReader): void {
  names.forEach((wanted, i) => {
    if (!declared.includes(wanted)) reader.fault('config.dangling', `${path}[${i}]`, [wanted, where], nearest(wanted, declared));
  });
}

function readable(secret: Secret, path: string, reader: SettingsReader): void {
  if ('env' in secret) {
    if ((process.env[secret.env] ?? '') === '') reader.fault('config.variable-unset', path, [secret.env]);
    return;
  }
  try { accessSync(secret.file, constants.R_OK); } catch (error) { reader.fault('config.file-unreadable', path, [secret.file, (error as NodeJS.ErrnoException).code ?? '']); }
}

const within = (file: string, folder: string) => file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
