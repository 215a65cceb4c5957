import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { MessageRow } from './messages.ts';
import { Act, Action, Cause, Count, DeliveryState, Done, Id, nullable, System, Time, Why } from './words.ts';

/** A finding of the stages. `location` is a place, never a value. */
export const FindingSeen = Type.Object({
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('information')]), code: Type.String(), location: Type.String(),
  text: Type.String(), advice: Type.String(), spec: Type.String(),
}, { additionalProperties: false });
export type FindingSeen = Static<typeof FindingSeen>;

export const AttemptSeen = Type.Object({ n: Count, startedAt: Time, endedAt: nullable(Time), ms: nullable(Count), outcome: nullable(Type.String()), fault: nullable(Cause),
  /** The partner's own code and what it means; its own words are revealed only. */
  remote: nullable(Type.Object({ code: Type.String(), label: Type.String() }, { additionalProperties: false })),
}, { additionalProperties: false });
export type AttemptSeen = Static<typeof AttemptSeen>;

export const DeliverySeen = Type.Object({
  id: Count, destination: Id, system: System, action: Action, state: DeliveryState, reason: Cause,
  /** `remoteId`: how the partner calls what it took; dots where that may tell of the patient: a reveal of `answers` shows it. */
  plannedAt: Time, notBefore: nullable(Time), deadline: nullable(Time), inDoubt: Type.Boolean(), remoteId: nullable(Type.String()),
  /** Tells the sender what became of the message, rather than carrying it on. */
  isAcknowledgement: Type.Boolean(),
  /** From its plan to the end of its last attempt; null while it has none. */
  ms: nullable(Count), attempts: Type.Array(AttemptSeen),
  /** What may be done with it now, by somebody whose role allows it. */
  may: Type.Array(Type.Union([Type.Literal('release'), Type.Literal('abandon'), Type.Literal('replay')])),
}, { additionalProperties: false });
export type DeliverySeen = Static<typeof DeliverySeen>;

/** Something that happened to the message, in order. `delivery` and `destination` when it concerns one. */
export const Moment = Type.Object({
  at: Time, stage: Type.String(), kind: Type.String(), delivery: nullable(Count), destination: nullable(Id), ms: nullable(Count),
  cause: nullable(Cause), by: nullable(Type.String()), why: nullable(Type.String()),
}, { additionalProperties: false });
export type Moment = Static<typeof Moment>;

/** A patient value that is there and is not shown. `place` is where the message has it; `shown` is always the same dots. */
export const Masked = Type.Object({
  what: Type.Union([Type.Literal('name'), Type.Literal('birthDate'), Type.Literal('identifier'), Type.Literal('ins'), Type.Literal('address'), Type.Literal('telecom'), Type.Literal('document')]),
  place: Type.String(), shown: Type.String(),
}, { additionalProperties: false });
export type Masked = Static<typeof Masked>;

/** GET /api/messages/:trace. No value of a patient in it. */
export const Story = Type.Object({
  message: MessageRow, version: nullable(Type.String()),
  /** Not the message as it was received, but one that a person corrected; and what corrected this one. */
  corrects: nullable(Type.String()), correctedBy: Type.Array(Type.String()),
  patient: Type.Array(Masked), documents: Type.Array(Type.Object({ name: Type.String(), size: Count }, { additionalProperties: false })),
  findings: Type.Array(FindingSeen), losses: Type.Array(Type.Object({ location: Type.String(), reason: Type.String() }, { additionalProperties: false })),
  deliveries: Type.Array(DeliverySeen), timeline: Type.Array(Moment),
  /** Who looked at its content, last first. */
  looked: Type.Array(Act),
  /** Its content is past its retention: nothing can be revealed or sent again. */
  forgotten: Type.Boolean(), mayReplan: Type.Boolean(), mayCorrect: Type.Boolean(),
}, { additionalProperties: false });
export type Story = Static<typeof Story>;

export const RevealPart = Type.Union([Type.Literal('raw'), Type.Literal('bundle'), Type.Literal('sent'), Type.Literal('acknowledgement'), Type.Literal('answers'), Type.Literal('documents')]);
export type RevealPart = Static<typeof RevealPart>;
/** A first look gives a reason and gets a grant; until it ends, further parts are asked with the grant, by the same account. */
export const Reveal = Type.Object({ reason: Type.Optional(Why), grant: Type.Optional(Type.String({ minLength: 20, maxLength: 64 })), parts: Type.Array(RevealPart, { minItems: 1, uniqueItems: true }) }, { additionalProperties: false });
export type Reveal = Static<typeof Reveal>;

/** Bytes as text when they are text; `base64` otherwise. `charset` is how they were read. */
export const Shown = Type.Object({ text: nullable(Type.String()), base64: nullable(Type.String()), charset: Type.String(), mediaType: Type.String(), size: Count }, { additionalProperties: false });
export type Shown = Static<typeof Shown>;
/** What was made of a place: `place` as findings name it (`OBX[2]-5`), `path` a FHIRPath from the Bundle. */
export const Link = Type.Object({ place: Type.String(), path: Type.String() }, { additionalProperties: false });
export type Link = Static<typeof Link>;
/** Where a place stands in the raw text: UTF-16 offsets, end exclusive. */
export const PlaceSpan = Type.Object({ place: Type.String(), start: Count, end: Count }, { additionalProperties: false });
export type PlaceSpan = Static<typeof PlaceSpan>;

/** POST /api/messages/:trace/reveal. Parts not asked for, or that the message has not, are absent. */
export const Revealed = Type.Object({
  grant: Type.Object({ id: Type.String(), expiresAt: Time }, { additionalProperties: false }),
  raw: Type.Optional(Type.Object({ shown: Shown, places: Type.Array(PlaceSpan) }, { additionalProperties: false })),
  bundle: Type.Optional(Type.Object({ json: Type.Unknown(), links: Type.Array(Link) }, { additionalProperties: false })),
  acknowledgement: Type.Optional(Shown),
  sent: Type.Optional(Type.Array(Type.Object({ delivery: Count, destination: Id, step: Type.String(), meta: Type.Record(Type.String(), Type.String()), body: Shown }, { additionalProperties: false }))),
  /** The partners' own words at each attempt, and what they call what they took (`id : …`). */
  answers: Type.Optional(Type.Array(Type.Object({ delivery: Count, destination: Id, n: Count, text: Type.String() }, { additionalProperties: false }))),
  documents: Type.Optional(Type.Array(Type.Object({ name: Type.String(), content: Shown }, { additionalProperties: false }))),
}, { additionalProperties: false });
export type Revealed = Static<typeof Revealed>;

/** POST /api/messages/:trace/correct. `text`: the whole message as it should have been; it goes in as a new message that names this one. */
export const Correct = Type.Object({ reason: Why, text: Type.String({ minLength: 1, maxLength: 33_554_432 }) }, { additionalProperties: false });
export type Correct = Static<typeof Correct>;
/** POST /api/messages/:trace/correct/trial: what that text would become. The content was revealed: the grant of that look. */
export const CorrectTrial = Type.Object({ grant: Type.String({ minLength: 20, maxLength: 64 }), text: Type.String({ minLength: 1, maxLength: 33_554_432 }) }, { additionalProperties: false });
/**
 * A correction tried, of which nothing is kept: what would leave, to whom, and why what would not. `recipient`: a mailbox, which may be
 * the patient's own; null where the destination is the recipient. `closes`: what still waits of the original.
 */
export const CorrectionTrial = Type.Object({
  deliveries: Type.Array(Type.Object({
    destination: Id, system: System, action: Action, state: Type.Union([Type.Literal('planned'), Type.Literal('held'), Type.Literal('refused')]), recipient: nullable(Type.String()), reason: Cause,
  }, { additionalProperties: false })),
  closes: Type.Array(Type.Object({ id: Count, destination: Id }, { additionalProperties: false })),
  /** The copy is about another person than the original. */
  otherPerson: Type.Boolean(),
  /** It comes in only once somebody else approved it. */
  secondPerson: Type.Boolean(),
}, { additionalProperties: false });
export type CorrectionTrial = Static<typeof CorrectionTrial>;
/** POST /api/corrections/:id/reveal: what who approves answers for, until `expiresAt`. `original` is null when its content is gone. */
export const CorrectionShown = Type.Object({ expiresAt: Time, original: nullable(Type.String()), text: Type.String(), trial: CorrectionTrial }, { additionalProperties: false });
export type CorrectionShown = Static<typeof CorrectionShown>;
/** `pending`: another person must approve it first (POST /api/corrections/:id/approve). */
export const Corrected = Type.Object({
  state: Type.Union([Type.Literal('sent'), Type.Literal('pending')]), id: nullable(Type.String()),
  trace: nullable(Type.String()), seq: nullable(Count), outcome: nullable(Type.String()), ack: nullable(Type.String()), closed: Type.Array(Count),
}, { additionalProperties: false });
export type Corrected = Static<typeof Corrected>;
/** GET /api/corrections: what waits for a second person. */
export const PendingCorrection = Type.Object({ id: Type.String(), trace: Type.String(), source: Id, by: Type.String(), why: Type.String(), at: Time }, { additionalProperties: false });
export type PendingCorrection = Static<typeof PendingCorrection>;

/** POST /api/messages/:trace/replan: a quarantined message once more through the stages. */
export const Replanned = Type.Object({ seq: Count, disposition: Type.String(), ack: nullable(Type.String()), deliveries: Count }, { additionalProperties: false });
export type Replanned = Static<typeof Replanned>;
/** Body of an act that only wants its reason. */
export const Reasoned = Type.Object({ reason: Why }, { additionalProperties: false });
export type Reasoned = Static<typeof Reasoned>;

export const MessageParams = Type.Object({ trace: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' }) }, { additionalProperties: false });
const params = MessageParams;
export const messageStory = route({
  method: 'GET', path: '/api/messages/:trace', role: 'viewer', scope: 'rows', params, answer: Story,
  summary: { fr: 'Toute l’histoire d’un message, valeurs du patient masquées.', en: 'A message’s whole story, patient values masked.' },
});
export const messageReveal = route({
  method: 'POST', path: '/api/messages/:trace/reveal', role: 'operator', scope: 'rows', audit: 'reveal', looks: true, params, body: Reveal, answer: Revealed,
  summary: { fr: 'Montre le contenu d’un message, pour un motif, un temps limité ; inscrit au journal d’audit.', en: 'Shows a message’s content, for a reason and a limited time; written in the audit log.' },
});
export const messageCorrect = route({
  method: 'POST', path: '/api/messages/:trace/correct', role: 'operator', scope: 'rows', audit: 'correct', maxBytes: 64 * 1024 * 1024, params, body: Correct, answer: Corrected,
  summary: { fr: 'Fait entrer une copie corrigée du message et clôt ce qui en attendait.', en: 'Takes in a corrected copy of the message and closes what was waiting of it.' },
});
export const correctTrial = route({
  method: 'POST', path: '/api/messages/:trace/correct/trial', role: 'operator', scope: 'rows', audit: 'correct-trial', looks: true, maxBytes: 64 * 1024 * 1024, params, body: CorrectTrial, answer: CorrectionTrial,
  summary: { fr: 'Essaie une correction : à qui la copie partirait, et ce qui serait clos. Rien n’est changé.', en: 'Tries a correction: to whom the copy would go, and what would be closed. Nothing is changed.' },
});
export const messageReplan = route({
  method: 'POST', path: '/api/messages/:trace/replan', role: 'operator', scope: 'rows', audit: 'replan', params, body: Reasoned, answer: Replanned,
  summary: { fr: 'Traite de nouveau un message mis en quarantaine.', en: 'Has a quarantined message processed again.' },
});
const correction = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' }) }, { additionalProperties: false });
export const correctionReveal = route({
  method: 'POST', path: '/api/corrections/:id/reveal', role: 'operator', scope: 'rows', audit: 'reveal', looks: true, params: correction, body: Reasoned, answer: CorrectionShown,
  summary: { fr: 'Montre une correction en attente à qui doit l’approuver, pour un motif : ce qui change, et à qui la copie partirait.', en: 'Shows a correction that waits to who must approve it, for a reason: what changes, and to whom the copy would go.' },
});
export const correctionApprove = route({
  method: 'POST', path: '/api/corrections/:id/approve', role: 'operator', scope: 'rows', audit: 'correct-approve', params: correction, body: Reasoned, answer: Corrected,
  summary: { fr: 'Approuve, en seconde personne, une correction en attente.', en: 'Approves, as a second person, a correction that waits.' },
});
export const correctionDrop = route({
  method: 'POST', path: '/api/corrections/:id/drop', role: 'operator', scope: 'rows', audit: 'correct-drop', params: correction, body: Reasoned, answer: Done,
  summary: { fr: 'Écarte une correction en attente.', en: 'Drops a correction that waits.' },
});
