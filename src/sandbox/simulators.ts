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

export interface SimulatorPlaces {
  /** Where a simulator that can keep its record keeps it; none means until it stops. */
  readonly folder: string | null;
  /** Where it puts what it needs while it runs (scratch.ts). */
  readonly scratch?: string | null;
  /** The gateway's mailbox, where the notices on its mails go; none means a folder of the simulator's own. */
  readonly notices?: string | null;
}
export type StartSimulator = (places: SimulatorPlaces) => Promise<Simulator>;

/** Simulators by system, each loaded with its libraries when it is started. A system that is not here has none in this version. */
export const simulators: Readonly<Record<string, StartSimulator>> = {
  dmp: async (places) => (await import('./dmp.ts')).startDmp(places),
  hl7v2: async () => (await import('./hl7v2.ts')).hl7v2(),
  mssante: async (places) => (await import('./mssante.ts')).mssante(places),
  regional: async () => (await import('./regional.ts')).regional(),
};
