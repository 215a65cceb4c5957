import type { DeliveryState } from '../domain/delivery.ts';
import type { Pause } from './pause.ts';
import type { DeliverPorts } from './ports.ts';

/** What the parts of the engine share while it runs. */
export interface Engine {
  readonly ports: DeliverPorts;
  readonly pause: Pause;
  /** Attempts under way, to be told when the engine stops. */
  readonly live: Set<AbortController>;
  readonly startedAt: number;
  /** Deliveries were born of an outcome. */
  born(ids: readonly number[]): void;
  /** A delivery changed hands: what waits for it may go once it is final. */
  became(id: number, state: DeliveryState): void;
  /** This delivery is about to be held behind these. */
  waitsFor(id: number, earlier: readonly number[]): void;
  /** This held delivery is to be looked at again at this moment. */
  waitsUntil(id: number, until: number): void;
  /** It is held now: what it waits for may have become final in between. */
  heldBehind(id: number): void;
}
