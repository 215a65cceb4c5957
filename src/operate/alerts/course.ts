import { keyOf, worse, type Condition, type Incident, type Kind } from './incident.ts';

/** `at`: when the condition was first seen, or first gone. */
export type Change =
  | { readonly to: 'open'; readonly at: number; readonly condition: Condition }
  | { readonly to: 'see'; readonly incident: Incident; readonly condition: Condition; readonly worsened: boolean }
  | { readonly to: 'close'; readonly at: number; readonly incident: Incident };

export interface Waits {
  /** A condition must last so long before it is an incident. */
  readonly openAfterMs: number;
  /** It must be gone for so long before the incident is over: what comes and goes is one incident. */
  readonly closeAfterMs: number;
}

/** The course of incidents: what is seen at each look becomes their openings, updates and ends. Remembers only what is not yet either. */
export class Course {
  readonly #waits: Waits;
  readonly #seen = new Map<string, number>();
  readonly #gone = new Map<string, number>();
  constructor(waits: Waits) { this.#waits = waits; }

  /**
   * @param open those that are open, by key
   * @param judged the kinds that could be looked at this time; nothing is concluded of the others
   */
  step(open: ReadonlyMap<string, Incident>, conditions: readonly Condition[], judged: ReadonlySet<Kind>, now: number): Change[] {
    const present = new Map(conditions.map((one) => [keyOf(one), one]));
    const changes: Change[] = [];
    for (const [key, condition] of present) {
      const incident = open.get(key);
      this.#gone.delete(key);
      if (incident !== undefined) {
        this.#seen.delete(key);
        changes.push({ to: 'see', incident, condition, worsened: worse(condition.severity, incident.severity) });
        continue;
      }
      const since = this.#seen.get(key) ?? now;
      this.#seen.set(key, since);
      if (now - since >= this.#waits.openAfterMs) { this.#seen.delete(key); changes.push({ to: 'open', at: since, condition }); }
    }
    for (const key of this.#seen.keys()) if (!present.has(key)) this.#seen.delete(key);
    for (const [key, incident] of open) {
      if (present.has(key) || !judged.has(incident.kind)) continue;
      const since = this.#gone.get(key) ?? now;
      this.#gone.set(key, since);
      if (now - since >= this.#waits.closeAfterMs) { this.#gone.delete(key); changes.push({ to: 'close', at: since, incident }); }
    }
    return changes;
  }
}
