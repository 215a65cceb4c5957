/**
 * What a mail is to us. `delivery`: a DSN (RFC 3464), or a bounce in words; `disposition`: an MDN (RFC 8098); `error-mail`: the
 * LPS volet's mail "courriel standard" that says a document was not integrated; the others are no notice.
 */
export type NoticeKind = 'delivery' | 'disposition' | 'error-mail' | 'auto-reply' | 'patient' | 'person';

/**
 * What became of a mail at one recipient. `relayed`, `expanded`: handed on to where no more will be told; `received`: an MDN
 * that says no more than that the mail was there; `read`: displayed to somebody;
 * `processed`: taken in by the recipient's software; `deleted`: perhaps unread.
 */
export type NoticeAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'received' | 'read' | 'processed' | 'deleted' | 'not-integrated';

/** One CWE of an error chain: `902^Identifiant de patient inconnu^applicationErrorCondition`. */
export interface NoticeError { readonly code: string; readonly label: string; readonly table: string }

/** What is said of one recipient. Addresses in lower case; '' when absent. Texts are the partner's own: shown from the journal only. */
export interface Report {
  readonly action: NoticeAction;
  readonly finalRecipient: string;
  readonly originalRecipient: string;
  /** Enhanced status code (RFC 3463). Never decides: an expired mail is `failed` with 4.4.1. */
  readonly status: string;
  /** SMTP reply code in Diagnostic-Code; ''. */
  readonly smtpCode: string;
  readonly diagnostic: string;
  readonly errors: readonly NoticeError[];
}

/** How a notice names the mail it is about, surest first. `subject` is never enough to act upon. */
export interface CorrelationKey {
  readonly by: 'envelope' | 'original-message' | 'enclosed-message' | 'reply' | 'subject';
  /** ENVID, or a Message-ID without its angle brackets; a decoded subject. */
  readonly value: string;
}

export interface Notice {
  readonly kind: NoticeKind;
  /** Without angle brackets; ''. */
  readonly messageId: string;
  /** From, lower case. */
  readonly from: string;
  readonly keys: readonly CorrelationKey[];
  /** One a recipient; empty when the mail is no notice, or says nothing that can be read. */
  readonly reports: readonly Report[];
}
