import type { Sandbox } from './sandbox.ts';

/** What each simulator saw, as the API shows it to vendors. */
export function reportsOf({ config, running }: Pick<Sandbox, 'config' | 'running'>, language: 'fr' | 'en') {
  return [...running].map(([id, simulator]) => {
    const { received, broken, stored, duplicates } = simulator.report();
    return {
      id, system: config.destinations.find((one) => one.id === id)?.system ?? '', address: simulator.address, received, broken: [...broken], stored: { ...stored }, duplicates: [...duplicates],
      shown: (simulator.shown ?? []).map(({ value, ...label }) => ({ label: label[language], value })),
    };
  });
}
