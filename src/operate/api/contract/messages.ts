import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { Action, Cause, Count, Cursor, DeliveryState, Disposition, Id, nullable, System, Time } from './words.ts';

/** One delivery in a list. */
export const DeliveryBrief = Type.Object({ id: Count, destination: Id, system: System, action: Action, state: DeliveryState, reason: Type.String() }, { additionalProperties: false });
export type DeliveryBrief = Static<typeof DeliveryBrief>;

export const MessageRow = Type.Object({
  seq: Count, trace: Type.String(), source: Id, receivedAt: Time, plannedAt: nullable(Time), format: Type.String(), type: Type.String(),
  disposition: Disposition, ack: nullable(Type.String()), size: Count, deliveries: Type.Array(DeliveryBrief),
}, { additionalProperties: false });
export type MessageRow = Static<typeof MessageRow>;

/** No patient value here: these stand in the address bar. `from` inclusive, `to` exclusive, both of reception. */
export const MessageQuery = Type.Object({
  source: Type.Optional(Id), type: Type.Optional(Type.String({ maxLength: 20, pattern: '^[A-Za-z0-9]+(\\^[A-Za-z0-9]+)?$' })), disposition: Type.Optional(Disposition),
  state: Type.Optional(DeliveryState), destination: Type.Optional(Id), from: Type.Optional(Time), to: Type.Optional(Time),
  cursor: Type.Optional(Cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}, { additionalProperties: false });
export type MessageQuery = Static<typeof MessageQuery>;

/**
 * GET /api/messages, newest first. A page ends when it is full or when enough was looked at: with `next` there may be more.
 * `lookedBackTo`: everything received since then has been looked at; null when all has.
 */
export const MessagePage = Type.Object({ messages: Type.Array(MessageRow), next: nullable(Cursor), lookedBackTo: nullable(Time) }, { additionalProperties: false });
export type MessagePage = Static<typeof MessagePage>;

/** POST /api/messages/search. The value is in the body only, compared by its blind index, kept nowhere. */
export const MessageSearch = Type.Object({
  kind: Type.Union([Type.Literal('ins'), Type.Literal('patient'), Type.Literal('visit'), Type.Literal('accession'), Type.Literal('document'), Type.Literal('control')]),
  value: Type.String({ minLength: 1, maxLength: 200 }), cursor: Type.Optional(Cursor),
}, { additionalProperties: false });
export type MessageSearch = Static<typeof MessageSearch>;

/**
 * GET /api/messages/live: server-sent events, at most 4 batches a second; an empty one every 15 s says that the line is alive. `more`: how many others there
 * were in the batch's time that are not told, so that a slow reader never holds anything back.
 */
export const LiveItem = Type.Union([
  Type.Object({
    kind: Type.Literal('message'), at: Time, seq: nullable(Count), trace: Type.String(), source: Id, type: Type.String(), size: Count,
    outcome: Type.Union([Type.Literal('planned'), Type.Literal('rejected'), Type.Literal('consumed'), Type.Literal('repeated'), Type.Literal('quarantined'), Type.Literal('refused')]),
    ack: nullable(Type.String()), deliveries: Count, ms: Type.Number(),
  }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('delivery'), at: Time, seq: Count, trace: Type.String(), delivery: Count, destination: Id, state: DeliveryState, cause: nullable(Cause), attempt: Count, ms: Type.Number() }, { additionalProperties: false }),
]);
export type LiveItem = Static<typeof LiveItem>;
export const LiveBatch = Type.Object({ at: Time, items: Type.Array(LiveItem), more: Count }, { additionalProperties: false });
export type LiveBatch = Static<typeof LiveBatch>;
/** What the live tail may be narrowed to. */
export const LiveQuery = Type.Object({ source: Type.Optional(Id), destination: Type.Optional(Id), type: MessageQuery.properties.type }, { additionalProperties: false });
export type LiveQuery = Static<typeof LiveQuery>;

export const messageList = route({
  method: 'GET', path: '/api/messages', role: 'viewer', scope: 'rows', query: MessageQuery, answer: MessagePage,
  summary: { fr: 'Messages reçus, du plus récent au plus ancien, une page à la fois.', en: 'Messages received, newest first, a page at a time.' },
});
export const messageSearch = route({
  method: 'POST', path: '/api/messages/search', role: 'viewer', scope: 'rows', audit: 'search', looks: true, body: MessageSearch, answer: MessagePage,
  summary: { fr: 'Messages d’un patient, d’un séjour, d’une demande, d’un document ou d’un identifiant ; la valeur n’est gardée nulle part.', en: 'Messages of a patient, a stay, a request, a document or a control id; the value is kept nowhere.' },
});
export const messageLive = route({
  method: 'GET', path: '/api/messages/live', role: 'viewer', scope: 'rows', query: LiveQuery, answer: { events: LiveBatch },
  summary: { fr: 'Le direct : messages reçus et envois, au plus quatre lots par seconde.', en: 'The live tail: messages received and deliveries, at most four batches a second.' },
});
