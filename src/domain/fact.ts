/**
 * What messages teach about the world (design.md §1 Facts). Append-only, keyed by the sequence number of the message that
 * taught it. Keys are plain texts in memory and keyed hashes on disk; values are sealed.
 */
export interface IdentityFact {
  readonly kind: 'identity';
  /** identityKey() of each identifier seen together in one message. */
  readonly keys: readonly string[];
  readonly birthDate: string | null;
  readonly sex: string | null;
  /** Table 0445 codes as this message told them; empty when it told none. */
  readonly statuses: readonly string[];
  /** Told by an identity event (PAM ITI-30: A28, A31, A40, A47), which corrects what was known; any other message only adds. */
  readonly byIdentityEvent?: true;
}
export interface MergeFact {
  readonly kind: 'merge';
  /** [surviving, retired]: PID-3 and MRG-1 of an A40. */
  readonly keys: readonly [string, string];
  readonly at: string | null;
}
export interface ConsentFact {
  readonly kind: 'consent';
  /** identityKey() of the patient, one fact for all its identifiers. */
  readonly keys: readonly string[];
  /** Who the message speaks for, by each name a later one may give it; empty when it does not say. */
  readonly establishments: readonly string[];
  /** ZFA-9: NA not collected, IO informed and opposed, INO informed and not opposed. */
  readonly alimentation: string | null;
  /** ZFA-11: NA, INC informed and does not consent, IC consents. */
  readonly consultation: string | null;
  /** Date-time of collection as written: ZFA-10, or ZFA-12 of a consultation told alone; null when none can be relied on. */
  readonly at: string | null;
}
export interface DocumentFact {
  readonly kind: 'document';
  /** [`DOC|<uniqueId>`], then `DOC|<uniqueId of the parent>` when it replaces one. */
  readonly keys: readonly string[];
  readonly uniqueId: string;
  /** SHA-1 hex of the decoded bytes. */
  readonly sha1: string;
  readonly action: 'submit' | 'replace' | 'delete';
  /** uniqueId of the first version: the series. */
  readonly series: string;
  /** Id of the source that brought it: nobody else may replace or delete it. */
  readonly source: string;
  /** identityKey() of the patient it is about. */
  readonly patient: readonly string[];
  /** Visibility codes that hide it (JDV_J08); absent when its message had no flags, or came before this was kept. */
  readonly hidden?: readonly string[];
}
export interface MovementFact {
  readonly kind: 'movement';
  /** [`MVT|<authority>|<ZBE-1>`] */
  readonly keys: readonly string[];
  readonly event: string;
  readonly action: string;
  readonly historical: boolean;
  readonly at: string | null;
}
export type Fact = IdentityFact | MergeFact | ConsentFact | DocumentFact | MovementFact;

/** Facts that tie their keys together: the person's connected component is followed through them. */
export const links = (fact: Fact): boolean => fact.kind === 'identity' || fact.kind === 'merge';

/** A fact with the message that taught it. */
export interface Known<F extends Fact = Fact> { readonly seq: number; readonly fact: F }

/** What was known when the message was planned. `upTo` is the last sequence number seen. */
export interface FactsAt {
  readonly upTo: number;
  readonly known: readonly Known[];
  /** How many facts had ever been taught, in the order of their commits; absent when these are not the facts of now. */
  readonly taught?: number;
}
