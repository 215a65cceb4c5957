import type { BodyPart, DeliveryState, Envelope, PlannedDelivery, Receipt, RemoteCode, Settlement } from '../domain/delivery.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import type { DestinationSwitch } from '../domain/destination-switch.ts';
import type { Fact, FactsAt } from '../domain/fact.ts';
import type { Disposition, Identified, SearchKey } from '../domain/message.ts';

/**
 * The journal: the one truth (invariants 1–4). Every promise that resolves has been fsynced. Calls made in the same turn of
 * the event loop share one transaction (group commit). A journal refuses (rejects with JournalFault) rather than lose:
 * disk full, read-only folder, wrong key, a second gateway on the same folder.
 */
export interface Journal {
  // — intake —
  /** The stored answer to the same source + control id within the window, or what is known of it. */
  answerOf(source: string, controlId: string, contentDigest: Uint8Array): Promise<Repeat>;
  /** Bytes only: enhanced mode, or a message over its time budget. It is then `in the pipeline` until planned. `stored` is told as soon as others may read it, before it is durable. */
  append(message: NewMessage, stored?: (seq: number) => void): Promise<Appended>;
  /**
   * The plan of an appended message, with everything it commits, in one transaction. `again`: a person has a quarantined one
   * planned, unless its sender sent it again meanwhile and that one was taken (`journal.repeat`).
   */
  plan(seq: number, plan: NewPlan, again?: MoveReason): Promise<Planned>;
  /** append + plan in one transaction: the normal way in original mode. */
  accept(message: NewMessage, plan: NewPlan): Promise<Planned>;
  /** A repeat answered from the store: counted, its bytes not kept again. */
  repeated(original: number, receivedAt: number): Promise<void>;
  /**
   * The pipeline failed on it for good: kept for a person, its control id free again. `answers`: what its sender is told by
   * deliveries of their own; one already quarantined takes only these.
   */
  quarantine(message: NewMessage | number, reason: string, answers?: readonly PlannedDelivery[]): Promise<Quarantined>;

  // — delivery —
  /**
   * Waiting deliveries of a destination with id > after, in id order, without bodies. Ids grow with (sequence number of the
   * message, rank in it), so that id order is the order of the messages, whatever the order in which their plans were
   * committed or their follow-ups were born.
   */
  waiting(destination: string, after: number, limit: number): Promise<readonly DeliveryHead[]>;
  /** The lowest waiting delivery of any of these lanes to a destination and mailbox (`recipient` as in the head; null where there is none). */
  firstWaiting(destination: string, lanes: readonly number[], recipient: string | null): Promise<DeliveryHead | null>;
  /** Attempts begin: state `sending`, attempts + 1. Must be durable before the first byte leaves. */
  begin(ids: readonly number[], at: number): Promise<void>;
  /** The envelope of a delivery that was planned without one: frozen before the first attempt. */
  freeze(id: number, envelope: Envelope, answers: Uint8Array | null): Promise<void>;
  /** What was answered when it was asked anew before a later sending; the envelope stays as frozen. */
  renew(id: number, answers: Uint8Array): Promise<void>;
  /** The outcome of an attempt, and in the same transaction the business acknowledgements it causes. */
  settle(id: number, outcome: Outcome, followUps: readonly FollowUp[]): Promise<readonly number[]>;
  /** Moves by a person or a gate: hold, release (back to waiting), abandon. Refuses to move what is final. */
  move(id: number, to: 'held' | 'waiting' | 'abandoned' | 'refused', reason: MoveReason, followUps: readonly FollowUp[]): Promise<readonly number[]>;
  /** A person has a final delivery made again: a new row beside it, the old one staying as it ended (invariant 5). */
  replay(id: number, reason: MoveReason, again: FollowUp): Promise<readonly number[]>;
  /** Null when unknown, and when its payloads are past their retention. */
  delivery(id: number): Promise<DeliveryFull | null>;
  /** The bytes of a body, documents included, for one attempt. */
  body(seq: number, parts: readonly BodyPart[]): Promise<Uint8Array>;
  /** Submitted deliveries whose notice deadline passed. */
  overdue(now: number, limit: number): Promise<readonly DeliveryHead[]>;
  /** Held deliveries of these lanes (new facts may release them), or all of a destination, with id > after, in id order. */
  held(filter: { lanes?: readonly number[]; destination?: string; after?: number }, limit: number): Promise<readonly DeliveryHead[]>;
  /**
   * Earlier deliveries to the same destination and mailbox (`recipient` as in the head) about any of these series that the
   * partner has not taken yet: not final, nor submitted, which only waits for its notice. Ids below `before`.
   */
  unfinished(destination: string, recipient: string | null, series: readonly string[], before: number): Promise<readonly number[]>;
  /** The delivery whose `submitted` correlation (or control id sent) this is: the last one tried, else the last. `except`: not those of this message. */
  correlated(correlation: string, except?: number): Promise<number | null>;

  // — facts —
  /** Facts about any key, or any key reachable through linking facts. `before`: as known to that sequence number (exclusive). */
  facts(keys: readonly string[], before?: number): Promise<FactsAt>;
  /** The lane's present root and the members it joined (links and merges join lanes). */
  lane(lane: number): Promise<{ root: number; members: readonly number[]; factSeq: number }>;

  // — reading and operating —
  message(ref: { seq: number } | { trace: string }): Promise<MessageFull | null>;
  messages(filter: MessageFilter, limit: number): Promise<readonly MessageHead[]>;
  search(key: SearchKey, limit: number): Promise<readonly number[]>;
  /** What happened beside the plan and the attempts: repeats, quarantine, moves, replays, notes. Oldest first. */
  events(seq: number): Promise<readonly JournalEvent[]>;
  /** Adds to a message's story (operator acts, previews). No patient value in it. */
  note(event: Omit<JournalEvent, 'id'>): Promise<void>;
  /** A person pauses or resumes a destination. */
  switchDestination(act: DestinationSwitch): Promise<void>;
  /** Every such act, oldest first; the last one of a destination is its state. */
  switches(): Promise<readonly DestinationSwitch[]>;
  /** Keeps a small text under a name, in the place of the one before: what another part of the gateway must find again with this journal. No patient value in it. */
  keep(name: string, value: string): Promise<void>;
  kept(name: string): Promise<string | null>;
  counts(): Promise<Counts>;
  /**
   * What a start must complete: messages without a plan (oldest first), attempts without an outcome. Deliveries left
   * `sending` become `waiting` and in doubt, their attempt's outcome staying null.
   */
  recover(): Promise<Recovery>;
  /** Forgets what is final and older than the retention; never anything else (invariant 3). */
  retain(policy: { payloadsBefore: number; messagesBefore: number }): Promise<Retained>;
  /** A consistent copy to a file while running. */
  backup(file: string): Promise<void>;
  /** Checks counts, references and seals. Problems in words, empty when sound. */
  verify(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface NewMessage {
  readonly trace: string;
  readonly source: string;
  readonly receivedAt: number;
  readonly identified: Identified;
  /** SHA-256 of the content without MSH-7. */
  readonly contentDigest: Uint8Array;
  readonly bytes: Uint8Array;
  /** Calls of one stream keep their order: after one refused as stale, the later ones of its transaction are too. */
  readonly stream?: string;
}

export interface NewPlan {
  readonly disposition: Exclude<Disposition, 'repeated' | 'quarantined'>;
  /** The acknowledgement's text as it will be written; null when none is due (an ACK is never acknowledged). */
  readonly ack: { readonly code: string; readonly bytes: Uint8Array } | null;
  /** The message Bundle (JSON) without document bytes; null when the message gave none. */
  readonly bundle: Uint8Array | null;
  /** Findings, loss, facts used, product and configuration version: JSON, opaque here. */
  readonly record: Uint8Array;
  readonly plannedAt: number;
  readonly facts: readonly Fact[];
  /** Last sequence number whose facts the plan has seen. */
  readonly factsUpTo: number;
  /**
   * What the plan asked of today's facts: when one about any of these keys was taught since, the plan is refused with
   * `journal.stale-plan`, to be made again. `taught` as in FactsAt. Absent: it asked nothing, or asked as of another day.
   */
  readonly asked?: { readonly keys: readonly string[]; readonly taught: number };
  /** identityKey() of each identifier of the patient: decides the lane. Empty: a lane of its own per source. */
  readonly identities: readonly string[];
  readonly keys: readonly SearchKey[];
  readonly deliveries: readonly PlannedDelivery[];
  readonly settlements: readonly Settlement[];
  /** Earlier deliveries of others that are this message's too, as its documents came before: its sender is told how they end. */
  readonly askers?: readonly NewAsker[];
  /** What a mail received does to the earlier deliveries it is about. */
  readonly notice?: Noticed;
  /** Documents by the name the Bundle, deliveries and envelopes call them. */
  readonly documents: ReadonlyMap<string, Uint8Array>;
}

/**
 * A message counts on an earlier one's delivery. `was`: as it was found; once it has ended, or moved after its end, the plan is
 * refused with `journal.stale-plan`, to be made again. `answer`: how its sender is told, opaque here.
 */
export interface NewAsker { readonly delivery: number; readonly was: { readonly state: DeliveryState; readonly reason: string }; readonly answer: unknown }
/** Who is told how a delivery ends, besides who sent it first: the message that came with the same, and how it wants to be told. */
export interface Asker { readonly seq: number; readonly trace: string; readonly answer: unknown }

/** A notice (DSN, MDN) once its deliveries were looked up. `unapplied`: why some of it has no effect. */
export interface Noticed { readonly closings: readonly NoticeClosing[]; readonly unapplied: readonly FaultCode[] }
/**
 * What a notice does to one delivery, decided on what that was found to be: when it is no longer so, the plan is refused with
 * `journal.stale-plan`, to be made again.
 */
export interface NoticeClosing {
  readonly delivery: number;
  /** What the notice says. */
  readonly code: FaultCode;
  readonly was: { readonly state: DeliveryState; readonly reason: string; readonly askers: number };
  /** Null: only its story is told the notice. */
  readonly becomes: { readonly state: 'delivered' | 'refused'; readonly reason: FaultCode } | null;
  readonly followUps: readonly FollowUp[];
  /** For its story; no value of a patient. */
  readonly detail: string;
}

export interface Appended { readonly seq: number }
export interface Quarantined extends Appended { readonly deliveries: readonly DeliveryHead[] }
/** `lane` is the one the message fell in: new facts in it may release or stop what is held there. What notices caused comes last among `deliveries`. */
export interface Planned { readonly seq: number; readonly lane: number; readonly deliveries: readonly DeliveryHead[]; readonly settled: readonly number[] }

export type Repeat =
  | { readonly kind: 'new' }
  /** Same content, positively acknowledged: the acknowledgement to give again, word for word. */
  | { readonly kind: 'same'; readonly seq: number; readonly ack: Uint8Array | null }
  /** Positively acknowledged before with other content. */
  | { readonly kind: 'other'; readonly seq: number }
  /** Known, still in the pipeline. */
  | { readonly kind: 'pending'; readonly seq: number };

export interface DeliveryHead {
  readonly id: number;
  readonly seq: number;
  readonly trace: string;
  readonly source: string;
  readonly destination: string;
  /** Opaque name of the mailbox (a keyed hash), null where there is none: order is per (destination, recipient, lane). */
  readonly recipient: string | null;
  readonly system: string;
  readonly action: string;
  readonly lane: number;
  readonly state: DeliveryState;
  readonly reason: string;
  readonly attempts: number;
  /** Epoch ms before which the lane waits (backoff); 0 when due. */
  readonly notBefore: number;
  readonly deadline: number | null;
  /**
   * Every fact of the lane up to here was seen by the plan: the message's own sequence number when no fact of the lane lies
   * between `NewPlan.factsUpTo` and it, else `NewPlan.factsUpTo`; raised by a move that says what its mover has seen.
   */
  readonly factsUpTo: number;
  /** An attempt may have reached the peer without our knowing: ask `lookup` first. */
  readonly inDoubt: boolean;
  readonly hasEnvelope: boolean;
  readonly plannedAt: number;
}

export interface DeliveryFull extends DeliveryHead {
  readonly planned: Omit<PlannedDelivery, 'envelope'>;
  readonly envelope: Envelope | null;
  readonly answers: Uint8Array | null;
  readonly remoteId: string | null;
  readonly correlation: string | null;
  readonly attemptsMade: readonly Attempt[];
  readonly askers: readonly Asker[];
}
export interface Attempt {
  readonly n: number; readonly startedAt: number; readonly endedAt: number | null; readonly outcome: string | null; readonly fault: string | null;
  /** Codes and places that fill the fault's text, and the partner's own code; null past the retention. */
  readonly said: { readonly args: readonly string[]; readonly remote: RemoteCode | null } | null;
  /** The partner's own words: they may quote the message. */
  readonly raw: string | null;
}

/** `next` says where the delivery goes: a receipt's final states, or waiting again at `notBefore`, or held. What is held may leave again: its doubt stays. */
export interface Outcome {
  readonly at: number;
  readonly receipt: Receipt;
  readonly next: { readonly state: 'delivered' | 'refused' | 'submitted' } | { readonly state: 'held'; readonly inDoubt?: boolean } | { readonly state: 'waiting'; readonly notBefore: number; readonly inDoubt: boolean };
  readonly reason: string;
  /** How many askers its follow-ups tell; where there are others at its end, it is refused with `journal.asked-since`. */
  readonly askers?: number;
}
/** A delivery born of another one's outcome (ZAM, HPRIM ERR): same lane, and same message unless `seq` names another that asked too. */
export interface FollowUp { readonly delivery: PlannedDelivery; readonly seq?: number }
/** `askers` as in Outcome. `factsUpTo`: the last fact the mover has seen; a later one makes the gate look again. */
export interface MoveReason { readonly code: string; readonly by: string; readonly text: string; readonly at: number; readonly factsUpTo?: number; readonly askers?: number }

export interface MessageHead {
  readonly seq: number; readonly trace: string; readonly source: string; readonly receivedAt: number; readonly plannedAt: number | null;
  readonly format: string; readonly type: string; readonly disposition: Disposition | 'pipeline'; readonly ack: string | null; readonly size: number;
}
export interface MessageFull extends MessageHead {
  readonly bytes: Uint8Array | null; readonly ackBytes: Uint8Array | null; readonly bundle: Uint8Array | null; readonly record: Uint8Array | null;
  readonly documents: ReadonlyMap<string, Uint8Array>; readonly deliveries: readonly DeliveryHead[]; readonly factsUpTo: number; readonly crashes: number;
}
export interface MessageFilter {
  readonly source?: string; readonly type?: string; readonly disposition?: Disposition | 'pipeline'; readonly destination?: string; readonly state?: DeliveryState;
  readonly since?: number; readonly until?: number; readonly before?: number; readonly seqs?: readonly number[];
}
export interface JournalEvent { readonly id: number; readonly seq: number; readonly delivery: number | null; readonly at: number; readonly stage: string; readonly kind: string; readonly detail: string }

export interface Counts {
  readonly messages: { readonly received: number; readonly planned: number; readonly rejected: number; readonly consumed: number; readonly repeated: number; readonly quarantined: number; readonly pipeline: number };
  readonly deliveries: { readonly planned: number; readonly delivered: number; readonly refused: number; readonly abandoned: number; readonly held: number; readonly waiting: number; readonly submitted: number };
  readonly perDestination: readonly { readonly destination: string; readonly state: DeliveryState; readonly count: number; readonly oldest: number | null }[];
}
export interface Recovery { readonly unplanned: readonly MessageFull[]; readonly quarantined: readonly number[]; readonly inDoubt: number }
/**
 * `messages`: rows removed; `payloads`: messages whose bytes, Bundle, documents and envelopes were removed; `segments`: sealed
 * groups that this freed; `kept`: past the retention but not final.
 */
export interface Retained { readonly messages: number; readonly payloads: number; readonly segments: number; readonly kept: number }

/** Why a journal cannot open or write; the code is one of the catalogue's `journal.*`. */
export class JournalFault extends Error {
  override readonly name = 'JournalFault';
  readonly code: string;
  /** What fills the catalogue's text, to say it in another language. */
  readonly args: readonly string[];
  constructor(code: string, message: string, options?: ErrorOptions, args: readonly string[] = []) { super(message, options); this.code = code; this.args = args; }
}
