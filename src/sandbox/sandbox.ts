import { join } from 'node:path';
import type { Config } from '../config/model.ts';
import { fillSandbox, sandboxed } from '../config/sandbox.ts';
import { simulators, type Simulator } from './simulators.ts';

export interface Sandbox {
  /** The configuration with the simulators' addresses in place. */
  readonly config: Config;
  /** Address of each simulator, by destination. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly running: ReadonlyMap<string, Simulator>;
  close(): Promise<void>;
}

/** The folder that a mailbox of this configuration reads, for notices on the mails of this destination. */
function noticesOf({ listeners, sources }: Config, destination: string): string | null {
  const about = new Set(sources.filter(({ notices = [] }) => notices.includes(destination)).map(({ id }) => id));
  return listeners.find(({ mailbox }) => about.has(mailbox?.source ?? ''))?.mailbox?.folder ?? null;
}

/** `scratch`: where simulators put what they need while they run; none means the system's temporary place. `folder`: simulators that can keep their record keep it there, one folder a destination. A destination without simulator keeps its word `sandbox`: its connector does not exist yet, and nothing will call it. */
export async function startSandbox(config: Config, folder: string | null = null, scratch: string | null = null): Promise<Sandbox> {
  const running = new Map<string, Simulator>();
  try {
    for (const { destination, system } of sandboxed(config)) {
      const start = simulators[system];
      if (start !== undefined) running.set(destination, await start({ folder: folder === null ? null : join(folder, destination), scratch, notices: noticesOf(config, destination) }));
    }
  } catch (error) {
    await Promise.all([...running.values()].map((one) => one.close()));
    throw error;
  }
  const filled = fillSandbox(config, (destination, setting) => running.get(destination)?.settings[setting] ?? 'sandbox');
  return {
    config: filled, running,
    addresses: Object.fromEntries([...running].map(([destination, one]) => [destination, one.address])),
    close: async () => { await Promise.all([...running.values()].map((one) => one.close())); },
  };
}
