import type { Config } from '../config/model.ts';
import { fillSandbox } from '../config/sandbox.ts';

/** What stands for an address that nobody will call: enough for a connector to show what would leave. */
const nowhere: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  regional: { baseUrl: 'http://127.0.0.1:1/fhir' }, hl7v2: { url: 'mllp://127.0.0.1:1' },
  dmp: { baseUrl: 'https://127.0.0.1:1', authentication: { pfx: { env: '_' }, ca: { env: '_' } }, signature: { cert: { env: '_' }, key: { env: '_' } }, homologation: { env: '_' } },
  mssante: { host: '127.0.0.1', port: 1, tls: {}, recipients: {} },
};

/** A configuration to plan with, without any simulator running. */
export function unaddressed(config: Config): Config {
  const systems = new Map(config.destinations.map(({ id, system }) => [id, system]));
  return fillSandbox(config, (destination, setting) => nowhere[systems.get(destination) ?? '']?.[setting] ?? 'sandbox');
}
