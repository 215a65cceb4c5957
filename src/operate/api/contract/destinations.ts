import { Type, type Static } from '@sinclair/typebox';
import { DestinationNow } from './now.ts';
import { Cause, Count, nullable, Time } from './words.ts';

/** A certificate the gateway shows. `daysLeft` is negative once it ended. */
export const CertificateSeen = Type.Object({ where: Type.String(), notAfter: Time, daysLeft: Type.Integer() }, { additionalProperties: false });
export type CertificateSeen = Static<typeof CertificateSeen>;

export const DestinationRow = Type.Object({ ...DestinationNow.properties, production: Type.Boolean(), enabled: Type.Boolean(), certificates: Type.Array(CertificateSeen) }, { additionalProperties: false });
export type DestinationRow = Static<typeof DestinationRow>;
export const DestinationPage = Type.Object({ destinations: Type.Array(DestinationRow) }, { additionalProperties: false });
export type DestinationPage = Static<typeof DestinationPage>;

/** GET /api/destinations/:name. `causes`: why what does not leave does not, most frequent first. */
export const DestinationStory = Type.Object({
  destination: DestinationRow,
  switches: Type.Array(Type.Object({ paused: Type.Boolean(), by: Type.String(), why: Type.String(), at: Time }, { additionalProperties: false })),
  causes: Type.Array(Type.Object({ state: Type.String(), cause: Cause, count: Count, oldestAt: Time }, { additionalProperties: false })),
  /** When the breaker or the oldest wait lets the next one try; null when nothing waits. */
  nextTryAt: nullable(Time),
  /** Rules of the configuration that choose it. */
  rules: Type.Array(Type.String()),
  settings: Type.Object({ concurrency: Count, attemptMs: Count, deadlineDays: Count, breakerFailures: Count, breakerProbeMs: Count }, { additionalProperties: false }),
}, { additionalProperties: false });
export type DestinationStory = Static<typeof DestinationStory>;
