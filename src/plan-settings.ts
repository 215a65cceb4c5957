import { connectors } from '../connectors/index.ts';
import type { Config } from './config/model.ts';
import { structuresOf } from './config/structures.ts';
import type { ConnectorDefinition } from './deliver/connector.ts';
import { bundleCheck } from './compose/bundle-check.ts';
import { emissionChecks } from './compose/emission-checks.ts';
import { createPlanner, type Planner, type Preparer } from './planner.ts';
import { usualDocuments, type DocumentRules } from './route/document-rules.ts';
import type { RouteSettings } from './route/route.ts';
import { version } from './version.ts';

/** Connectors by system. The crash test adds doubles of those that do not exist yet. */
export type Definitions = Readonly<Record<string, ConnectorDefinition<unknown>>>;

const routeSettings = (config: Config, definitions: Definitions, documents: DocumentRules): RouteSettings => ({
  destinations: config.destinations.map(({ id, system, production, enabled, deadlineDays, restricted, settings }) => ({
    id, system, production, enabled, deadlineDays, connected: definitions[system] !== undefined, ...(system === 'dmp' ? { structures: structuresOf({ settings }), restricted: restricted ?? 'hold' } : {}),
  })),
  rules: config.rules, documents,
});

/** The pure halves of every destination's connector, with their settings checked. Throws what the connector's `config` throws. */
export function preparersFor(config: Config, definitions: Definitions, secret?: Uint8Array): Map<string, Preparer> {
  const found = new Map<string, Preparer>();
  for (const { id, system, production, settings } of config.destinations) {
    const definition = definitions[system];
    if (definition !== undefined) found.set(id, { definition, config: definition.config(settings, id, { production, version, ...(secret === undefined ? {} : { secret }) }) });
  }
  return found;
}

/** The pure stages for a configuration: the same in a worker thread, in `check` and in a preview. `documents` is documentRules(config); `secret` is the installation's, where what is planned leaves. Throws PackageFault. */
export function createPlannerFor(config: Config, version: string, definitions: Definitions = connectors, documents: DocumentRules = usualDocuments, secret?: Uint8Array): Planner {
  const preparers = preparersFor(config, definitions, secret);
  for (const [destination, check] of emissionChecks(config)) {
    const preparer = preparers.get(destination);
    if (preparer !== undefined) preparers.set(destination, { ...preparer, check });
  }
  return createPlanner(routeSettings(config, definitions, documents), { profiles: config.validation.profiles, check: bundleCheck(config) }, preparers, version);
}
