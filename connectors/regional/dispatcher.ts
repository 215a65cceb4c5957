import { Agent } from 'undici';
import { contextOptions } from '../../src/net/tls.ts';
import type { RegionalConfig } from './config.ts';

/**
 * The one way out to a partner: its TLS identity, its authorities, its limits. Used by undici and, as
 * `requestOptions.dispatcher`, by fhir-kit-client (an https.Agent would be ignored there, and mutual TLS with it).
 * Throws SettingFault when a certificate cannot be used.
 */
export function dispatcherFor({ tls, limits, destination }: RegionalConfig): Agent {
  return new Agent({
    connections: limits.connections, pipelining: 1, maxResponseSize: limits.maxAnswerBytes,
    // The engine bounds an attempt by its signal; these only keep a forgotten socket from living for ever.
    headersTimeout: 300_000, bodyTimeout: 300_000, keepAliveTimeout: 30_000,
    connect: { timeout: limits.connectMs, minVersion: 'TLSv1.2', ...(tls === null ? {} : contextOptions(tls, destination)) },
  });
}
