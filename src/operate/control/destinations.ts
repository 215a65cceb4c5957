import { ActRefused } from '../../deliver/acts.ts';
import { pausedNow, type DestinationSwitch } from '../../domain/destination-switch.ts';
import type { Counts, Journal } from '../../journal/journal.ts';
import type { By } from './control.ts';

/** What the configuration says of a destination. */
export interface DestinationKnown { readonly id: string; readonly system: string; readonly production: boolean; readonly enabled: boolean }
/** A destination as an operator looks at it. `paused`: the act that stopped it, null when it runs. Counts by delivery state. */
export interface DestinationState extends DestinationKnown {
  readonly paused: Omit<DestinationSwitch, 'destination' | 'paused'> | null;
  readonly deliveries: Readonly<Partial<Record<Counts['perDestination'][number]['state'], number>>>;
}

export interface DestinationControl {
  destinations(): Promise<readonly DestinationState[]>;
  /** Every pause and resumption, oldest first. */
  switches(): Promise<readonly DestinationSwitch[]>;
  /** The kill switch: nothing more leaves for it, whatever is released or replayed, until it is resumed; a restart changes nothing. @throws ActRefused */
  pause(destination: string, by: By): Promise<void>;
  resume(destination: string, by: By): Promise<void>;
}

/** @param applied the gateway that runs obeys: called before a pause is written, after a resumption is */
export function destinationControl(journal: Journal, known: readonly DestinationKnown[], clock: () => number, applied: (act: DestinationSwitch) => void): DestinationControl {
  const checked = async (destination: string, paused: boolean, { by, why }: By): Promise<DestinationSwitch> => {
    if (!known.some(({ id }) => id === destination)) throw new ActRefused('deliver.no-such-destination', destination, known.map(({ id }) => id).join(', '));
    const now = pausedNow(await journal.switches()).has(destination);
    if (now === paused) throw new ActRefused(paused ? 'deliver.already-paused' : 'deliver.not-paused', destination);
    return { destination, paused, by, why, at: clock() };
  };
  return {
    destinations: async () => {
      const paused = pausedNow(await journal.switches());
      const { perDestination } = await journal.counts();
      return known.map((one) => {
        const { by, why, at } = paused.get(one.id) ?? {};
        const deliveries = Object.fromEntries(perDestination.filter(({ destination }) => destination === one.id).map(({ state, count }) => [state, count]));
        return { id: one.id, system: one.system, production: one.production, enabled: one.enabled, paused: by === undefined || why === undefined || at === undefined ? null : { by, why, at }, deliveries };
      });
    },
    switches: () => journal.switches(),
    pause: async (destination, by) => {
      const act = await checked(destination, true, by);
      // Stopped first: were it not written, it is at least stopped until the next start, and who asked is told.
      applied(act);
      await journal.switchDestination(act);
    },
    resume: async (destination, by) => {
      const act = await checked(destination, false, by);
      await journal.switchDestination(act);
      applied(act);
    },
  };
}
