import type { DocumentEntry } from '../../src/formats/xds/document-entry.ts';
import type { LotSender } from '../../src/formats/xds/submission-set.ts';

/** A CDA of the mail, as routing read its header. */
export interface MailDocument {
  /** Its name in the journal: `document-1`. */
  readonly name: string;
  readonly entry: DocumentEntry;
  /** CDA code/@displayName. */
  readonly label: string;
  /** Day of the act, yyyymmdd as written in the CDA; '' when it says none. */
  readonly actDate: string;
  /** It holds a PDF (N1 body, or a copy in an N3). */
  readonly pdf: boolean;
  /** Its patient has a birth name, a given name, a birth date and a sex: with an INS, the identity can be a qualified one. */
  readonly traits: boolean;
}

/** What routing gives for one mail (src/route/mail.ts). */
export interface MailContent {
  readonly audience: 'professional' | 'patient';
  readonly action: 'submit' | 'replace' | 'delete';
  /** The address that leaves; null when it must be found first. */
  readonly to: string | null;
  /** Epoch ms at which the message came: the mail's date, the same in every attempt. */
  readonly receivedAt: number;
  readonly replyTo: string;
  readonly patientCannotReply: boolean;
  /** The sender asks to know that it was read (ACK_LECTURE). */
  readonly reading: boolean;
  /** CORPSMAIL_PS or CORPSMAIL_PATIENT. */
  readonly body: string | null;
  readonly patient: { readonly family: string; readonly given: string; /** yyyy-mm-dd */ readonly birthDate: string };
  readonly documents: readonly MailDocument[];
  /** uniqueIds of the documents it replaces or deletes. */
  readonly earlier: readonly string[];
  /** PV1-2. */
  readonly patientClass: string;
  /** Who sent the document to us (PRT SB). */
  readonly sender: LotSender | null;
}
