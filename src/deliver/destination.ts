import type { Connector, ConnectorDefinition } from './connector.ts';

/** What the engine must know of a destination: the part of its settings that is not the connector's own. */
export interface DestinationRules {
  readonly id: string;
  readonly production: boolean;
  readonly enabled: boolean;
  /** Deliveries under way at once. */
  readonly concurrency: number;
  /** Time of one attempt, asking and sending included. */
  readonly attemptMs: number;
  /** After an attempt of unknown outcome, where the partner cannot be asked. */
  readonly evidenceMs: number;
  /** How long a replacement or a deletion waits for an earlier version that never came, where the partner cannot be asked for it; absent: not at all. */
  readonly initialWaitMs?: number;
  readonly backoff: { readonly firstMs: number; readonly maxMs: number };
  readonly breaker: { readonly failures: number; readonly probeMs: number };
}

/** A destination of the configuration with its open connector. */
export interface Partner {
  readonly connector: Connector;
  readonly capabilities: ConnectorDefinition<unknown>['capabilities'];
  readonly rules: DestinationRules;
}
