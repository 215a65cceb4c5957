/** Where a message came from: the authenticated source, not what the message says of itself. */
export interface Source {
  readonly id: string;
  /** IANA name; times without offset are read in it. */
  readonly timeZone: string;
  /** How strictly the mail matrix and like rules apply (design.md §2, inbound.md §2.5). */
  readonly strictness: 'tolerant' | 'strict';
  /** A mail recipient without an address: the message is refused, as the volet says (absent too), or the mailbox is looked for in the directory. */
  readonly unaddressed?: 'strict' | 'directory';
  /** The destination (system `hl7v2`) that takes business acknowledgements back; null when the source has none. */
  readonly answersTo: string | null;
  /** The establishment (FINESS or name) whose consents and identities the messages speak for, when it is not in the message. */
  readonly establishment: string | null;
  /**
   * The source is a mailbox: what comes from it are mails, and their notices (DSN, MDN) close deliveries to these
   * destinations. Absent or empty for any other source, of which no message is ever taken for a mail.
   */
  readonly notices?: readonly string[];
  /** Domains, `*` for any text, whose notices are believed besides those of the recipients' own domains. */
  readonly noticesFrom?: readonly string[];
}
/** Is what this source brings a mail? */
export const isMailbox = (source: Pick<Source, 'notices'>): boolean => source.notices !== undefined && source.notices.length > 0;

export type Format = 'hl7v2' | 'hprim' | 'pn13' | 'cda' | 'fhir' | 'mail' | 'unknown';

/** What `identify` can say of bytes cheaply, before they are read (design.md §4). Values are empty strings when absent. */
export interface Identified {
  readonly format: Format;
  /** `ORU^R01`, `MDM^T02`, `ACK`, `CDA`…; `other` when MSH-9 is not formed as a type: it is told in logs, so it holds nothing else. */
  readonly type: string;
  /** MSH-3|MSH-4, or the like: who the message says sent it. */
  readonly sender: string;
  readonly controlId: string;
  /** MSH-18 as given. */
  readonly charset: string;
  /** MSH-11: P, T or D. */
  readonly processing: string;
  /** MSH-15 asks for a commit acknowledgement (AL, ER, SU): the sender can take the application's one separately. */
  readonly enhanced: boolean;
}

/** An answer to a message of ours, by its type: never acknowledged, and its control id claims nothing. */
export const isAcknowledgement = (type: string): boolean => type === 'ACK' || type === 'MCF' || type.startsWith('MCF^');

/** A business key an operator searches by. Stored as a blind index only. */
export interface SearchKey {
  readonly kind: 'ins' | 'patient' | 'visit' | 'accession' | 'document' | 'control';
  readonly value: string;
}

/** Conservation classes of a received message (invariant 4). */
export type Disposition = 'planned' | 'rejected' | 'consumed' | 'repeated' | 'quarantined';
