import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { MessageRow } from './messages.ts';
import { PendingCorrection, Reasoned } from './story.ts';
import { Action, Cause, Count, Cursor, DeliveryState, Id, nullable, System, Time } from './words.ts';

export const HeldQuery = Type.Object({ destination: Type.Optional(Id), source: Type.Optional(Id), reason: Type.Optional(Type.String({ maxLength: 80, pattern: '^[a-z0-9.-]+$' })), cursor: Type.Optional(Cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })) }, { additionalProperties: false });
export type HeldQuery = Static<typeof HeldQuery>;

/** A delivery that waits for a person, or for a fact that would let it go by itself (`byItself`). */
export const HeldRow = Type.Object({
  id: Count, seq: Count, trace: Type.String(), source: Id, type: Type.String(), receivedAt: Time, destination: Id, system: System, action: Action,
  plannedAt: Time, deadline: nullable(Time), attempts: Count, inDoubt: Type.Boolean(), reason: Cause, byItself: Type.Boolean(),
  may: Type.Array(Type.Union([Type.Literal('release'), Type.Literal('abandon')])),
}, { additionalProperties: false });
export type HeldRow = Static<typeof HeldRow>;

/** GET /api/held, oldest first. `quarantined` and `corrections` come with the first page. `groups`: how many by cause, in the scope, of those looked at. */
export const HeldPage = Type.Object({
  deliveries: Type.Array(HeldRow), next: nullable(Cursor), total: Count,
  groups: Type.Array(Type.Object({ destination: Id, reason: Cause, count: Count }, { additionalProperties: false })),
  quarantined: Type.Array(MessageRow), corrections: Type.Array(PendingCorrection),
}, { additionalProperties: false });
export type HeldPage = Static<typeof HeldPage>;

/** A delivery after an act on it. `keeps`: what still keeps it, once released: its destination is paused, or has no connector. */
export const DeliveryNow = Type.Object({ id: Count, trace: Type.String(), destination: Id, state: DeliveryState, reason: Cause, keeps: nullable(Cause) }, { additionalProperties: false });
export type DeliveryNow = Static<typeof DeliveryNow>;

export const heldList = route({
  method: 'GET', path: '/api/held', role: 'viewer', scope: 'rows', query: HeldQuery, answer: HeldPage,
  summary: { fr: 'Ce qui attend une personne : envois retenus, messages en quarantaine, corrections à approuver.', en: 'What waits for a person: held deliveries, quarantined messages, corrections to approve.' },
});
export const DeliveryParams = Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false });
export const deliveryRelease = route({
  method: 'POST', path: '/api/deliveries/:id/release', role: 'operator', scope: 'rows', audit: 'release', params: DeliveryParams, body: Reasoned, answer: DeliveryNow,
  summary: { fr: 'Libère un envoi retenu.', en: 'Releases a held delivery.' },
});
export const deliveryAbandon = route({
  method: 'POST', path: '/api/deliveries/:id/abandon', role: 'operator', scope: 'rows', audit: 'abandon', params: DeliveryParams, body: Reasoned, answer: DeliveryNow,
  summary: { fr: 'Abandonne un envoi ; son émetteur en est informé.', en: 'Gives a delivery up; its sender is told.' },
});
