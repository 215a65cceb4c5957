import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { Act, Cause, Count, Id, nullable, PerMinute, StateCounts, System, Time } from './words.ts';

/** The share of deliveries that ended `delivered` within the time agreed for the destination, over the last hours. */
export const Slo = Type.Object({ withinMs: Count, target: Type.Number({ minimum: 0, maximum: 1 }), windowMs: Count, total: Count, within: Count, share: nullable(Type.Number({ minimum: 0, maximum: 1 })), met: Type.Boolean() }, { additionalProperties: false });
export type Slo = Static<typeof Slo>;

/** For an account that sees some destinations only, what a source sends as a whole is not told: `received`, `refused` and `lastAt` are null. */
export const SourceNow = Type.Object({
  id: Id, organisation: Type.String(), received: nullable(PerMinute), refused: nullable(PerMinute),
  /** Last message; null when none came since the journal began. */
  lastAt: nullable(Time),
}, { additionalProperties: false });
export type SourceNow = Static<typeof SourceNow>;

/** `stopped`: a production partner that is not enabled. `absent`: no connector of that system. */
export const Health = Type.Union([Type.Literal('up'), Type.Literal('paused'), Type.Literal('down'), Type.Literal('probing'), Type.Literal('stopped'), Type.Literal('absent')]);
/** For an account that sees some sources only, what a destination gets as a whole is not told: its health is, every figure is null. */
export const DestinationNow = Type.Object({
  id: Id, system: System, health: Health, paused: nullable(Act), lastFault: nullable(Cause), inFlight: nullable(Count),
  delivered: nullable(PerMinute), refused: nullable(PerMinute), deliveries: nullable(StateCounts),
  /** When the oldest delivery that still has to leave was planned. */
  oldestAt: nullable(Time), lastDeliveredAt: nullable(Time), slo: nullable(Slo),
}, { additionalProperties: false });
export type DestinationNow = Static<typeof DestinationNow>;

/** Invariant 4. `balanced`: both sums are right. */
export const Conservation = Type.Object({
  messages: Type.Object({ received: Count, planned: Count, rejected: Count, consumed: Count, repeated: Count, quarantined: Count, pipeline: Count }, { additionalProperties: false }),
  deliveries: Type.Object({ planned: Count, delivered: Count, refused: Count, abandoned: Count, held: Count, waiting: Count, submitted: Count }, { additionalProperties: false }),
  balanced: Type.Boolean(),
}, { additionalProperties: false });

/** GET /api/now. Only what is in the account's scope; `conservation` is of the whole gateway and null for a scoped account. */
export const Now = Type.Object({
  at: Time, startedAt: Time,
  /** Deliveries wait because the journal refuses writes. */
  journalPaused: Type.Boolean(),
  sources: Type.Array(SourceNow), destinations: Type.Array(DestinationNow), conservation: nullable(Conservation),
  /** What waits for a person, in the scope. */
  held: Count, quarantined: nullable(Count),
}, { additionalProperties: false });
export type Now = Static<typeof Now>;

export const now = route({
  method: 'GET', path: '/api/now', role: 'viewer', scope: 'rows', answer: Now,
  summary: { fr: 'Ce qui passe, ce qui attend et depuis quand, par source et par destination.', en: 'What is moving, what waits and since when, by source and by destination.' },
});
