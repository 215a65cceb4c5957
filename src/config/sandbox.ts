import type { Config } from './model.ts';

/**
 * A destination's setting whose whole value is the text `sandbox` stands for the address of a simulator, known only once it
 * listens. The simulators of these destinations must be started before the connectors open.
 */
const stand = 'sandbox';

/** Destinations that need a simulator, and the settings to fill. */
export function sandboxed(config: Config): { destination: string; system: string; settings: readonly string[] }[] {
  return config.destinations.flatMap(({ id, system, settings }) => {
    const names = Object.keys(settings).filter(name => settings[name] === stand);
    return names.length > 0 ? [{ destination: id, system, settings: names }] : [];
  });
}

/** The configuration with simulators' addresses in place. `address` is asked for each setting of `sandboxed`. */
export function fillSandbox(config: Config, address: (destination: string, setting: string) => unknown): Config {
  return {
    ...config,
    destinations: config.destinations.map(one => ({
      ...one,
      settings: Object.fromEntries(Object.entries(one.settings).map(([name, value]) => [name, value === stand ? address(one.id, name) : value])),
    })),
  };
}
