import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';

const text = (maxLength = 200) => Type.Optional(Type.String({ minLength: 1, maxLength }));
const orNull = Type.Union([Type.String(), Type.Null()]);

/**
 * FHIR R4 AuditEvent.outcome, in words: 0 done, 4 refused (who asks is at fault), 8 failed (we are). `begun`: written before an act
 * with an effect; one that is read without its end may have been done.
 */
export const Outcome = Type.Union([Type.Literal('begun'), Type.Literal('done'), Type.Literal('refused'), Type.Literal('failed')]);

/**
 * One row of the audit log. The ids are those of the journal; no value of a patient is in it. `hash` is the
 * HMAC-SHA-256 of the row and of the `previous` row's hash, in hexadecimal, by a key of this installation outside its data folder.
 */
export const AuditRow = Type.Object({
  seq: Type.Integer(),
  /** Epoch ms. AuditEvent.recorded. */
  at: Type.Integer(),
  /** AuditEvent.agent.name; `-` when nobody was signed in. */
  who: Type.String(),
  role: orNull,
  organisation: orNull,
  /** The peer's address (AuditEvent.agent.network.address); null from the command line. */
  address: orNull,
  /** AuditEvent.subtype. */
  act: Type.String(),
  /** AuditEvent.entity: message (trace), delivery, destination, source, account, replay… by their ids. */
  objects: Type.Record(Type.String(), Type.String()),
  /** AuditEvent.purposeOfEvent.text: why, in the words of who acted. */
  reason: orNull,
  outcome: Outcome,
  /** The fault's code when it was not done. */
  fault: orNull,
  /** The row that told the act had begun, of which this is the end. */
  begun: Type.Union([Type.Integer(), Type.Null()]),
  previous: Type.String(),
  hash: Type.String(),
}, { additionalProperties: false });
export type AuditRow = Static<typeof AuditRow>;

export const auditList = route({
  method: 'GET', path: '/api/audit', role: 'administrator',
  query: Type.Object({
    who: text(), act: text(), outcome: Type.Optional(Outcome), message: text(), from: Type.Optional(Type.Integer()), to: Type.Optional(Type.Integer()),
    /** Rows before this number, as `next` gave it. */
    cursor: Type.Optional(Type.Integer({ minimum: 1 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  }, { additionalProperties: false }),
  answer: Type.Object({ rows: Type.Array(AuditRow), next: Type.Union([Type.Integer(), Type.Null()]) }, { additionalProperties: false }),
  summary: { fr: 'Le journal d’audit, du plus récent au plus ancien ; le début d’un acte n’y est que si sa fin manque.', en: 'The audit log, newest first; an act’s beginning is in it only when its end is not.' },
});

/** `row-changed`: its hash is not its content's. `chain-broken`: it does not follow the one before. `missing`: numbers are left out. `truncated`: the journal knows rows after the last one. `anchor-missing`: the journal does not know the log any more. */
export const AuditProblem = Type.Object({
  seq: Type.Integer(),
  problem: Type.Union([Type.Literal('row-changed'), Type.Literal('chain-broken'), Type.Literal('missing'), Type.Literal('truncated'), Type.Literal('head-changed'), Type.Literal('anchor-missing')]),
}, { additionalProperties: false });
export type AuditProblem = Static<typeof AuditProblem>;

export const Verified = Type.Object({
  sound: Type.Boolean(), rows: Type.Integer(),
  /** Last row's number and hash: keep them elsewhere to compare with later. */
  head: Type.Object({ seq: Type.Integer(), hash: Type.String() }, { additionalProperties: false }),
  problems: Type.Array(AuditProblem),
  /** Rows of acts that began and of which no end was written (the power went, the disk was full): they may have been done. */
  unfinished: Type.Array(Type.Integer()),
}, { additionalProperties: false });
export type Verified = Static<typeof Verified>;

export const auditVerify = route({
  method: 'POST', path: '/api/audit/verify', role: 'administrator', audit: 'audit-verify', looks: true, answer: Verified,
  summary: { fr: 'Vérifie la chaîne du journal d’audit : ligne modifiée, retirée, déplacée, ou fin coupée.', en: 'Verifies the chain of the audit log: a row edited, removed or moved, or a tail cut off.' },
});
