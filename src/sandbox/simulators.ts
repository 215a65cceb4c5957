/** A partner of the sandbox, listening. */
export interface Simulator {
  readonly address: string;
  /** What takes the place of `sandbox` in the destination's settings, by setting. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** What it received, by rule and in all; ids and codes only. */
  report(): SimulatorReport;
  close(): Promise<void>;
}
export interface SimulatorReport { readonly received: number; readonly rejected: number; readonly rules: Readonly<Record<string, { readonly passed: number; readonly failed: number }>> }

/** Simulators by system. A system that is not here has none in this version. */
export const simulators: Readonly<Record<string, () => Promise<Simulator>>> = {};
