import { Type, type Static } from '@sinclair/typebox';
import { CertificateSeen } from './destinations.ts';
import { SourceNow } from './now.ts';
import { MessageRow } from './messages.ts';
import { Cause, Count, Id, nullable } from './words.ts';

export const SourceRow = Type.Object({
  ...SourceNow.properties,
  listeners: Type.Array(Type.Object({ name: Id, kind: Type.String(), address: nullable(Type.String()) }, { additionalProperties: false })),
  timeZone: Type.String(), answersTo: nullable(Id), certificates: Type.Array(CertificateSeen),
}, { additionalProperties: false });
export type SourceRow = Static<typeof SourceRow>;
export const SourcePage = Type.Object({ sources: Type.Array(SourceRow) }, { additionalProperties: false });
export type SourcePage = Static<typeof SourcePage>;

/** GET /api/sources/:name. `types` and `findings` are of the latest messages looked at (`lookedAt` of them). */
export const SourceStory = Type.Object({
  source: SourceRow, lookedAt: Count,
  types: Type.Array(Type.Object({ type: Type.String(), count: Count }, { additionalProperties: false })),
  outcomes: Type.Array(Type.Object({ outcome: Type.String(), count: Count }, { additionalProperties: false })),
  /** Findings since the start, most frequent first. */
  findings: Type.Array(Type.Object({ cause: Cause, count: Count }, { additionalProperties: false })),
  latest: Type.Array(MessageRow),
}, { additionalProperties: false });
export type SourceStory = Static<typeof SourceStory>;
