import { Type, type Static, type TSchema } from '@sinclair/typebox';

/** Words that several areas of the contract share. Times are epoch milliseconds; texts are in the reader's language and name places, never values. */
export const Time = Type.Integer({ description: 'Epoch milliseconds', minimum: 0 });
export const Count = Type.Integer({ minimum: 0 });
export const Id = Type.String({ minLength: 1, maxLength: 63, pattern: '^[A-Za-z0-9][\\w.-]*$' });
/** Opaque; given back as it was to have what comes after. */
export const Cursor = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' });
/** Why a person acts: kept in the message's story and in the audit log. */
export const Why = Type.String({ minLength: 10, maxLength: 500 });

export const Disposition = Type.Union([Type.Literal('planned'), Type.Literal('rejected'), Type.Literal('consumed'), Type.Literal('quarantined'), Type.Literal('pipeline')]);
export const DeliveryState = Type.Union([
  Type.Literal('waiting'), Type.Literal('sending'), Type.Literal('submitted'), Type.Literal('held'), Type.Literal('delivered'), Type.Literal('refused'), Type.Literal('abandoned'),
]);
export const System = Type.Union([Type.Literal('dmp'), Type.Literal('mssante'), Type.Literal('regional'), Type.Literal('hl7v2')]);
export const Action = Type.Union([Type.Literal('submit'), Type.Literal('replace'), Type.Literal('delete'), Type.Literal('notify')]);

/** A code of the catalogue in the reader's words. `blame`: who can act; null when the code is no fault's. */
export const Cause = Type.Object({ code: Type.String(), text: Type.String(), advice: Type.String(), blame: Type.Union([Type.String(), Type.Null()]) }, { additionalProperties: false });
export type Cause = Static<typeof Cause>;
/** Each state with the number of deliveries in it. */
export const StateCounts = Type.Object({ waiting: Count, sending: Count, submitted: Count, held: Count, delivered: Count, refused: Count, abandoned: Count }, { additionalProperties: false });
export type StateCounts = Static<typeof StateCounts>;

/** Who did something, when, and the reason given. */
export const Act = Type.Object({ by: Type.String(), why: Type.String(), at: Time }, { additionalProperties: false });
export type Act = Static<typeof Act>;
/** Events a minute, the oldest of the last minutes first, the present one (unfinished) last. */
export const PerMinute = Type.Array(Count);
export const nullable = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);
export const Done = Type.Object({ done: Type.Literal(true) }, { additionalProperties: false });
export type Done = Static<typeof Done>;
