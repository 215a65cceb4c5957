import type { Config } from '../config/model.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock, Ids } from '../domain/clock.ts';
import type { Partner } from '../deliver/destination.ts';
import type { Definitions } from '../plan-settings.ts';
import { version } from '../version.ts';

/** Every destination whose connector exists, opened. A destination without one keeps its deliveries held. */
export function openPartners(config: Config, definitions: Definitions, clock: Clock, ids: Ids, alarm: (destination: string, fault: FaultCode, detail: string) => void = () => undefined): Map<string, Partner> {
  const partners = new Map<string, Partner>();
  for (const rules of config.destinations) {
    const definition = definitions[rules.system];
    if (definition === undefined) continue;
    const connector = definition.open(definition.config(rules.settings, rules.id, { production: rules.production, version }), { clock, ids, destination: rules.id, alarm: (fault, detail) => { alarm(rules.id, fault, detail); } });
    partners.set(rules.id, { connector, capabilities: definition.capabilities, rules });
  }
  return partners;
}
