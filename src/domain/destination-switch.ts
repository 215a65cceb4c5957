/** A destination paused or resumed by a person, who gives a reason: nothing leaves for it until it is resumed. */
export interface DestinationSwitch {
  readonly destination: string;
  readonly paused: boolean;
  readonly by: string;
  readonly why: string;
  /** Epoch ms. */
  readonly at: number;
}

/** The destinations that are paused, by name, each with the act that paused it. */
export function pausedNow(acts: readonly DestinationSwitch[]): ReadonlyMap<string, DestinationSwitch> {
  const paused = new Map<string, DestinationSwitch>();
  for (const act of acts) {
    if (!act.paused) paused.delete(act.destination);
    else if (!paused.has(act.destination)) paused.set(act.destination, act);
  }
  return paused;
}
