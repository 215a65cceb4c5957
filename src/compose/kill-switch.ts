import type { Dispatcher } from '../deliver/dispatcher.ts';
import { pausedNow, type DestinationSwitch } from '../domain/destination-switch.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Metrics } from '../operate/metrics/metrics.ts';

/** Makes the gateway obey the kill switches of its destinations: those of before at its start, then each act of a person. */
export function killSwitch(dispatcher: Pick<Dispatcher, 'stopDestination' | 'resumeDestination'>, metrics: Metrics, log: EventLog) {
  const stopped = new Set<string>();
  const obey = (destination: string, paused: boolean): void => {
    if (paused) { stopped.add(destination); dispatcher.stopDestination(destination); } else { stopped.delete(destination); dispatcher.resumeDestination(destination); }
    metrics.paused(destination, paused);
  };
  return {
    /** @returns the destinations that are paused, kept up to date */
    recall(destinations: readonly { readonly id: string }[], acts: readonly DestinationSwitch[]): ReadonlySet<string> {
      const paused = pausedNow(acts);
      for (const { id } of destinations) obey(id, paused.has(id));
      return stopped;
    },
    /** The reason stays in the journal: it is free text (invariant 10). */
    apply: ({ destination, paused, by }: DestinationSwitch): void => {
      obey(destination, paused);
      log.event('deliver', 'destination-switch', { destination, paused, by }, 'warn');
    },
  };
}
