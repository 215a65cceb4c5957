import { startRegionalSimulator } from '../../connectors/regional/simulator.ts';
import type { Simulator } from './simulators.ts';

export async function regional(): Promise<Simulator> {
  const simulator = await startRegionalSimulator();
  return {
    address: simulator.url, settings: { baseUrl: simulator.url }, close: () => simulator.close(),
    report: () => {
      const { arrivals, stored, duplicates, rules } = simulator.report();
      return { received: arrivals, stored, duplicates, broken: rules.filter((one) => one.broken > 0).map((one) => one.name) };
    },
  };
}
