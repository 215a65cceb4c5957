import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { Act, Cause, Count, Cursor, Id, nullable, Time, Why } from './words.ts';

/** Which final deliveries are sent once more: those named, or those that match, oldest first. */
export const ReplaySelection = Type.Object({
  deliveries: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 10_000, uniqueItems: true })),
  destination: Type.Optional(Id), source: Type.Optional(Id), type: Type.Optional(Type.String({ maxLength: 20 })),
  state: Type.Optional(Type.Union([Type.Literal('delivered'), Type.Literal('refused'), Type.Literal('abandoned')])),
  from: Type.Optional(Time), to: Type.Optional(Time),
}, { additionalProperties: false });
export type ReplaySelection = Static<typeof ReplaySelection>;

/** POST /api/replays: makes a draft with its frozen list; nothing leaves until it is started. A selection above `cap` is refused. */
export const NewReplay = Type.Object({ selection: ReplaySelection, reason: Why, cap: Type.Integer({ minimum: 1, maximum: 10_000 }), perMinute: Type.Integer({ minimum: 1, maximum: 6000 }) }, { additionalProperties: false });
export type NewReplay = Static<typeof NewReplay>;

/** `approval`: as many as this want a second person, who starts it. */
export const ReplayState = Type.Union([Type.Literal('draft'), Type.Literal('running'), Type.Literal('paused'), Type.Literal('done'), Type.Literal('cancelled')]);
export const ReplayRow = Type.Object({
  id: Count, state: ReplayState, made: Act, needsSecondPerson: Type.Boolean(), startedBy: nullable(Type.String()), startedAt: nullable(Time), endedAt: nullable(Time),
  perMinute: Count, cap: Count, total: Count, sent: Count, skipped: Count, left: Count, selection: ReplaySelection,
}, { additionalProperties: false });
export type ReplayRow = Static<typeof ReplayRow>;
export const ReplayPage = Type.Object({ replays: Type.Array(ReplayRow) }, { additionalProperties: false });
export type ReplayPage = Static<typeof ReplayPage>;

/** By recipient: a destination, and for mail each mailbox under an opaque name. `firstAt`, `lastAt`: of the receptions. `withdrawn`: a rule will hold them. `corrected`, `again`: they are passed over, because a corrected copy took their place, or because they were made again already. `acknowledgements`: answers to who sent the message, passed over too. */
export const ReplayPreview = Type.Object({ destination: Id, recipient: nullable(Type.String()), deliveries: Count, messages: Count, withdrawn: Count, corrected: Count, again: Count, acknowledgements: Count, firstAt: Time, lastAt: Time }, { additionalProperties: false });
export type ReplayPreview = Static<typeof ReplayPreview>;
export const ReplayItem = Type.Object({ delivery: Count, trace: Type.String(), destination: Id, state: Type.Union([Type.Literal('pending'), Type.Literal('sent'), Type.Literal('skipped')]), made: nullable(Count), cause: nullable(Cause), at: nullable(Time) }, { additionalProperties: false });
export type ReplayItem = Static<typeof ReplayItem>;
export const Replay = Type.Object({ plan: ReplayRow, preview: Type.Array(ReplayPreview), items: Type.Array(ReplayItem), next: nullable(Cursor), acts: Type.Array(Type.Object({ act: Type.String(), by: Type.String(), at: Time }, { additionalProperties: false })) }, { additionalProperties: false });
export type Replay = Static<typeof Replay>;
export const ReplayQuery = Type.Object({ cursor: Type.Optional(Cursor) }, { additionalProperties: false });

export const replayList = route({
  method: 'GET', path: '/api/replays', role: 'viewer', scope: 'rows', answer: ReplayPage,
  summary: { fr: 'Les plans de rejeu.', en: 'The replay plans.' },
});
export const replayMake = route({
  method: 'POST', path: '/api/replays', role: 'operator', scope: 'rows', audit: 'replay-plan', maxBytes: 256 * 1024, body: NewReplay, answer: Replay,
  summary: { fr: 'Prépare un plan de rejeu : liste figée et aperçu ; rien ne part encore.', en: 'Makes a replay plan: frozen list and preview; nothing leaves yet.' },
});
export const ReplayParams = Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false });
const params = ReplayParams;
export const replayShow = route({
  method: 'GET', path: '/api/replays/:id', role: 'viewer', scope: 'rows', params, query: ReplayQuery, answer: Replay,
  summary: { fr: 'Un plan de rejeu, son aperçu et où il en est.', en: 'A replay plan, its preview and how far it went.' },
});
export const replayStart = route({
  method: 'POST', path: '/api/replays/:id/start', role: 'operator', scope: 'rows', audit: 'replay-start', params, answer: Replay,
  summary: { fr: 'Lance ou reprend un plan de rejeu ; une seconde personne au-delà du nombre fixé.', en: 'Starts or resumes a replay plan; a second person above the number that is set.' },
});
export const replayPause = route({
  method: 'POST', path: '/api/replays/:id/pause', role: 'operator', scope: 'rows', audit: 'replay-pause', params, answer: Replay,
  summary: { fr: 'Suspend un plan de rejeu.', en: 'Pauses a replay plan.' },
});
export const replayCancel = route({
  method: 'POST', path: '/api/replays/:id/cancel', role: 'operator', scope: 'rows', audit: 'replay-cancel', params, answer: Replay,
  summary: { fr: 'Arrête un plan de rejeu : ce qui n’est pas parti ne partira pas.', en: 'Ends a replay plan: what has not left will not.' },
});
