import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
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
  /** Findings since the start, most frequent first; none for an account that sees some destinations only. */
  findings: Type.Array(Type.Object({ cause: Cause, count: Count }, { additionalProperties: false })),
  latest: Type.Array(MessageRow),
}, { additionalProperties: false });
export type SourceStory = Static<typeof SourceStory>;

export const SourceParams = Type.Object({ name: Id }, { additionalProperties: false });
export const sourceList = route({
  method: 'GET', path: '/api/sources', role: 'viewer', scope: 'rows', answer: SourcePage,
  summary: { fr: 'Les sources et leur trafic.', en: 'The sources and their traffic.' },
});
export const sourceShow = route({
  method: 'GET', path: '/api/sources/:name', role: 'viewer', scope: { source: 'name' }, params: SourceParams, answer: SourceStory,
  summary: { fr: 'Une source : ses derniers messages et ce qui n’y va pas.', en: 'A source: its latest messages and what is wrong with them.' },
});
