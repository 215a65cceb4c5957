/** A mail that waits in a mailbox. `id` names it within the driver's present view of the mailbox. */
export interface WaitingMail { readonly id: string; readonly size: number }

/**
 * Where a mail goes once it is in the journal: `done` (a notice: marked, then moved away), `kept` (for a person: marked, and
 * left where people read), `too-large` (not taken: marked, and left).
 */
export type Settled = 'done' | 'kept' | 'too-large';

/**
 * A mailbox: IMAP, or a folder of `.eml` files. Whatever moment the process dies at, a mail is either still waiting or settled;
 * one that was taken and not settled is given again, and the journal knows it by its content. One contract suite
 * (test/contract/mailbox.ts) runs over both. Methods throw when the mailbox cannot be used; the next call tries anew.
 */
export interface MailboxDriver {
  /** Mails not settled yet, oldest first, at most `most`. Connects when it must. */
  waiting(most: number): Promise<readonly WaitingMail[]>;
  /** The bytes as they are; null when it is there no more. */
  read(mail: WaitingMail): Promise<Uint8Array | null>;
  settle(mail: WaitingMail, as: Settled): Promise<void>;
  /** Resolves when something may have come, after `ms` at the latest, or when the signal says so. Never rejects. */
  changed(ms: number, signal: AbortSignal): Promise<void>;
  /** Ends a connection that failed; the next call connects anew. */
  reset(): void;
  close(): Promise<void>;
}

/** Why a mailbox cannot be used, as the catalogue says it. `detail`: a code of the system or of IMAP, never a text of the peer. */
export class MailboxFault extends Error {
  override readonly name = 'MailboxFault';
  readonly code: 'mailbox.unreachable' | 'mailbox.login-refused' | 'mailbox.unusable';
  readonly detail: string;
  constructor(code: MailboxFault['code'], detail: string, options?: ErrorOptions) { super(`${code} ${detail}`, options); this.code = code; this.detail = detail; }
}
