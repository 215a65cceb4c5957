import type { Config } from '../config/model.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock, Ids } from '../domain/clock.ts';
import type { Partner } from '../deliver/destination.ts';
import { SettingFault } from '../net/setting-fault.ts';
import { onFilesChanged } from '../net/watch.ts';
import type { Definitions } from '../plan-settings.ts';
import { version } from '../version.ts';
import { renewing } from './renewing.ts';
import { certificateFiles } from './tls-settings.ts';

/** As for listeners: a certificate is renewed a few times a year. */
const lookEveryMs = 30_000;

/** Every destination whose connector exists, opened. A destination without one keeps its deliveries held. Certificates that are renewed are taken up. */
export async function openPartners(config: Config, definitions: Definitions, clock: Clock, ids: Ids, alarm: (destination: string, fault: FaultCode, detail: string) => void = () => undefined, everyMs = lookEveryMs): Promise<Map<string, Partner>> {
  const partners = new Map<string, Partner>();
  for (const rules of config.destinations) {
    const definition = definitions[rules.system];
    if (definition === undefined) continue;
    const settings = definition.config(rules.settings, rules.id, { production: rules.production, version });
    const transport = await definition.transport();
    const opened = renewing(() => transport.open(settings, { clock, ids, destination: rules.id, alarm: (fault, detail) => { alarm(rules.id, fault, detail); } }));
    const files = certificateFiles(rules.settings);
    const stop = files.length === 0 ? () => undefined : onFilesChanged(files, everyMs, () => {
      // A file that cannot be used leaves the certificate in use as it was.
      try { opened.renew(); } catch (error) { alarm(rules.id, error instanceof SettingFault ? error.code : 'config.tls-unusable', error instanceof SettingFault ? error.args.join(', ') : rules.id); }
    });
    partners.set(rules.id, { connector: { ...opened.connector, close: async () => { stop(); await opened.connector.close(); } }, capabilities: definition.capabilities, rules });
  }
  return partners;
}
