import type { Presented } from './certificate.ts';
import type { Verdict } from './judge.ts';
import type { SmtpEnvelope } from './mail.ts';
import type { Notice } from './notice.ts';

/** A mail that was taken, with what was thought of it. Its parsed form is not kept: a bench sends thousands. */
export interface Received {
  readonly number: number;
  readonly at: number;
  readonly envelope: SmtpEnvelope;
  readonly connection: Presented;
  /** Empty once it was let go to save memory. */
  raw: Buffer;
  readonly bytes: number;
  readonly messageId: string;
  readonly subject: string;
  readonly from: string;
  /** Identifiers of its CDAs. */
  readonly documents: readonly string[];
  readonly digest: string;
  readonly readingAskedBy: string;
  /** A header of the sender's says that it may be a second copy. */
  readonly flagged: boolean;
  readonly verdicts: readonly Verdict[];
  /** Names of the rules it broke. */
  readonly failed: readonly string[];
  readonly notices: Notice[];
}

/** Mails by mailbox, in memory, oldest bytes let go beyond a limit. */
export class Mailboxes {
  readonly received: Received[] = [];
  readonly earlier = new Map<string, { digest: string; recipients: string; documents: readonly string[] }>();
  private readonly keepBytes: number;
  private kept = 0;
  private oldest = 0;

  constructor(keepBytes: number) { this.keepBytes = keepBytes; }

  add(one: Received): void {
    this.received.push(one);
    this.kept += one.raw.length;
    while (this.kept > this.keepBytes && this.oldest < this.received.length) {
      const old = this.received[this.oldest++];
      if (old === undefined) return;
      this.kept -= old.raw.length;
      old.raw = Buffer.alloc(0);
    }
    if (!this.earlier.has(one.messageId)) this.earlier.set(one.messageId, { digest: one.digest, recipients: one.envelope.recipients.map(({ address }) => address.toLowerCase()).sort().join(','), documents: one.documents });
  }

  of(address: string): Received[] { return this.received.filter(({ envelope }) => envelope.recipients.some((one) => one.address.toLowerCase() === address.toLowerCase())); }

  /** Message-IDs that one mailbox holds more than once. */
  duplicates(): string[] {
    const seen = new Set<string>(), twice = new Set<string>();
    for (const { messageId, envelope } of this.received) {
      for (const { address } of envelope.recipients) {
        const key = `${address.toLowerCase()} ${messageId}`;
        if (seen.has(key)) twice.add(messageId);
        seen.add(key);
      }
    }
    return [...twice];
  }

  clear(): void { this.received.length = 0; this.earlier.clear(); this.kept = 0; this.oldest = 0; }
}
