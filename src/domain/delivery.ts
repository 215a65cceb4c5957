import type { FaultCode } from './catalogue.ts';

export type System = 'dmp' | 'mssante' | 'regional' | 'hl7v2';
export type Action = 'submit' | 'replace' | 'delete' | 'notify';

/** `sending` = an attempt was journaled and its outcome is not known yet. Final: delivered, refused, abandoned. */
export type DeliveryState = 'waiting' | 'sending' | 'submitted' | 'held' | 'delivered' | 'refused' | 'abandoned';
export const isFinal = (state: DeliveryState): boolean => state === 'delivered' || state === 'refused' || state === 'abandoned';

/** Why a delivery is planned, held or refused: a catalogue code or a rule of the configuration, with places. */
export interface Reason { readonly code: FaultCode; readonly args?: readonly string[] }

/**
 * What must still be true just before each attempt (invariant 9); checked against today's facts.
 * All keys are plain here and hashed in the journal.
 */
export interface GateNeeds {
  /** identityKey() of every identifier of the patient. */
  readonly identities: readonly string[];
  readonly birthDate: string | null;
  readonly sex: string | null;
  /** The destination takes qualified identities only (DMP, a patient's mailbox). */
  readonly qualified: boolean;
  /** The message itself was qualified. */
  readonly messageQualified: boolean;
  /** A document leaves with the INS, on the message's word that it is validated, where no qualified identity is asked for. */
  readonly carriesIns?: true;
  /** Table 0445 codes the message gives; absent when it gives none, and stands under what is known of the identity. */
  readonly messageStatuses?: readonly string[];
  /** Establishments the message speaks for: none of them may have been told IO. Null when consent does not matter here. */
  readonly dmpConsentOf: readonly string[] | null;
  /** An opposition leaves it to a person: a replacement may be what hides or corrects what is shown (docs/decisions/0004). */
  readonly oppositionHolds?: true;
  /** A document of confidentiality R or V goes to the DMP by a person only. */
  readonly restricted?: true;
  /** MSH-11 T/D or a test/demo INS: refused by production targets. */
  readonly test: boolean;
  /** `DOC|uniqueId` keys whose earlier deliveries to the same destination must be final first. */
  readonly after: readonly string[];
  /** A message that came earlier replaces or deletes these documents already: they go only where its own delivery waits for them. */
  readonly overtaken?: true;
}

/** A part of what is sent: bytes of our own, or a document kept once in the journal. */
export type BodyPart = Uint8Array | { readonly document: string; readonly encoding: 'raw' | 'base64' };

/** One request (HTTP, MLLP, SMTP…) of a delivery, in order: a later step goes only after the earlier one's success. */
export interface Step {
  readonly name: string;
  /** Frozen, protocol-level facts (method, path, headers, ids): identical in every attempt. Never a patient's value in a URL of a log. */
  readonly meta: Readonly<Record<string, string>>;
  readonly body: readonly BodyPart[];
}

/** The frozen part of a delivery: journaled before the first attempt and identical in every attempt (design.md §4). */
export interface Envelope { readonly steps: readonly Step[] }

/** One row of a message's plan. */
export interface PlannedDelivery {
  readonly destination: string;
  readonly system: System;
  readonly action: Action;
  readonly state: 'planned' | 'held' | 'refused';
  readonly reason: Reason;
  /** A mailbox, for mail; null elsewhere. Part of the delivery's identity; never logged. */
  readonly recipient: string | null;
  /** What a reviewer looks at first (design.md §6). */
  readonly headers: Readonly<Record<string, unknown>>;
  /** `DOC|uniqueId` of every document this delivery is about (a pair N1 and N3 has two): what its replacements and deletions name. */
  readonly series: readonly string[];
  readonly gate: GateNeeds;
  /** What the connector's `prepare` needs besides the Bundle; JSON. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Made with the plan when the connector has nothing to ask first; null when it is prepared later. */
  readonly envelope: Envelope | null;
  /** Latest moment (epoch ms) it is worth trying; after it the delivery is refused with `deliver.deadline`. */
  readonly deadline: number | null;
}

/** An answer to who sent the message (an acknowledgement, a ZAM), and nothing of a patient's result: it was true when it was made, and means nothing once more. */
export const isAcknowledgement = ({ content }: Pick<PlannedDelivery, 'content'>): boolean => content.kind === 'acknowledgement';

/**
 * An earlier delivery that this message closes (a ZAM, DSN or MDN received). `correlation` is the id we gave it; only a
 * delivery to one of `destinations` that was tried is closed: two senders may have used one id, and nobody answers what has not left.
 */
export interface Settlement { readonly correlation: string; readonly destinations: readonly string[]; readonly outcome: 'delivered' | 'refused'; readonly reason: Reason }

/** A partner's own code, and its label in French, as a sender is told it (ERR-5.2 of a ZAM); `english` for an operator who reads no other. */
export interface RemoteCode { readonly code: string; readonly label: string; readonly english?: string }

/** A connector's answer to one attempt. `remote`: what the partner itself said; of a refusal, the sender is told it. */
export type Receipt =
  /** `raw`: what the partner said besides, such as its warnings. */
  | { readonly kind: 'delivered'; readonly remoteId?: string; readonly duplicate?: boolean; readonly warnings?: readonly string[]; readonly raw?: string }
  | { readonly kind: 'submitted'; readonly correlation: string; readonly deadline: number }
  | { readonly kind: 'refused'; readonly fault: FaultCode; readonly raw?: string; readonly args?: readonly string[]; readonly remote?: RemoteCode }
  /** Nothing was taken, and a person must look. `stale`: what was asked before is no longer so; asked anew, it may be sent once more. */
  | { readonly kind: 'held'; readonly fault: FaultCode; readonly raw?: string; readonly args?: readonly string[]; readonly remote?: RemoteCode; readonly stale?: true }
  /** `aside`: somebody else was asked first and did not answer; nothing is said of the partner itself. */
  | { readonly kind: 'busy'; readonly fault: FaultCode; readonly retryAfterMs?: number; readonly args?: readonly string[]; readonly raw?: string; readonly remote?: RemoteCode; readonly aside?: true }
  | { readonly kind: 'unknown'; readonly fault: FaultCode; readonly raw?: string };
