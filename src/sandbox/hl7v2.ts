import { startHl7v2Simulator } from '../../connectors/hl7v2/simulator.ts';
import type { Simulator } from './simulators.ts';

export async function hl7v2(): Promise<Simulator> {
  const simulator = await startHl7v2Simulator();
  return {
    address: simulator.url, settings: { url: simulator.url }, close: () => simulator.close(),
    report: () => {
      const stored: Record<string, number> = {};
      for (const { type } of simulator.taken.values()) stored[type] = (stored[type] ?? 0) + 1;
      return { received: simulator.arrivals.length, stored, duplicates: [], broken: [...new Set(simulator.arrivals.flatMap((one) => one.broken))] };
    },
  };
}
