import { startHl7v2Simulator } from '../../connectors/hl7v2/simulator.ts';
import { startRegionalSimulator } from '../../connectors/regional/simulator.ts';
import { startDmp } from './dmp.ts';
import { mssante } from './mssante.ts';

/** A partner of the sandbox, listening. */
export interface Simulator {
  readonly address: string;
  /** What takes the place of `sandbox` in the destination's settings, by setting. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What a vendor needs besides the address, to be shown: pages, certificates. */
  readonly shown?: readonly { readonly fr: string; readonly en: string; readonly value: string }[];
  report(): SimulatorReport;
  close(): Promise<void>;
}
/** What a simulator saw: counts and rule names only. */
export interface SimulatorReport {
  /** Arrivals on the wire, resends included. */
  readonly received: number;
  /** Names of the rules that some arrival broke. */
  readonly broken: readonly string[];
  /** What it holds, by kind: resource types, message types. */
  readonly stored: Readonly<Record<string, number>>;
  /** Kinds of which it holds the same thing twice. */
  readonly duplicates: readonly string[];
}

async function regional(): Promise<Simulator> {
  const simulator = await startRegionalSimulator();
  return {
    address: simulator.url, settings: { baseUrl: simulator.url }, close: () => simulator.close(),
    report: () => {
      const { arrivals, stored, duplicates, rules } = simulator.report();
      return { received: arrivals, stored, duplicates, broken: rules.filter((one) => one.broken > 0).map((one) => one.name) };
    },
  };
}

async function hl7v2(): Promise<Simulator> {
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

export interface SimulatorPlaces {
  /** Where a simulator that can keep its record keeps it; none means until it stops. */
  readonly folder: string | null;
  /** Where it puts what it needs while it runs (scratch.ts). */
  readonly scratch?: string | null;
  /** The gateway's mailbox, where the notices on its mails go; none means a folder of the simulator's own. */
  readonly notices?: string | null;
}
export type StartSimulator = (places: SimulatorPlaces) => Promise<Simulator>;

/** Simulators by system. A system that is not here has none in this version. */
export const simulators: Readonly<Record<string, StartSimulator>> = { dmp: startDmp, hl7v2, mssante, regional };
