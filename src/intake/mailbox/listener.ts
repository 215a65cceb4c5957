import type { Source } from '../../domain/message.ts';
import { isUnreadable, readNotice } from '../../formats/notice/read.ts';
import type { Notice } from '../../formats/notice/notice.ts';
import { hand, type IntakePorts } from '../take.ts';
import { MailboxFault, type MailboxDriver, type Settled, type WaitingMail } from './driver.ts';

export interface Mailbox {
  readonly name: string;
  readonly source: Source;
  readonly maxBytes: number;
  /** Looked at so often at least; a notification only makes it sooner. */
  readonly pollMs: number;
  /** A mailbox that cannot be used is tried again after this, then twice as long, up to the last. */
  readonly backoff: { readonly firstMs: number; readonly maxMs: number };
}
export interface MailboxListener {
  /** Looks no more, and finishes the mail at hand. */
  close(): Promise<void>;
}

/** Mails looked at before the mailbox is asked again. */
const together = 50;
/** A mail that the server fails on is passed over from this time on, and asked for again at each look. */
const readTries = 3;

/** What people must read stays where they read: letters, a patient's answers, and a report that nothing can be read in. */
const placeOf = ({ kind }: Notice, unreadable: boolean): Settled => (unreadable || kind === 'person' || kind === 'patient' ? 'kept' : 'done');

/**
 * Takes the mails of a mailbox one at a time, oldest first: into the journal, then marked or moved, never the other way round.
 * A mailbox that cannot be used is said once, and tried again; one mail that cannot be read does not hold the others up.
 */
export function mailboxListener(mailbox: Mailbox, driver: MailboxDriver, ports: IntakePorts): MailboxListener {
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  const report = (fault: 'mailbox.too-large' | 'mailbox.mail-unreadable' | 'mailbox.report-unreadable' | MailboxFault['code'], rest: { size?: number; detail?: string } = {}): void => {
    ports.report({ fault, listener: mailbox.name, peer: '', ...rest });
  };
  const failedReads = new Map<string, number>();

  /** Null when it is gone, or when the server failed on it so often that the ones behind it go first. */
  const read = async (mail: WaitingMail): Promise<Uint8Array | null> => {
    try {
      const bytes = await driver.read(mail);
      failedReads.delete(mail.id);
      return bytes;
    } catch (error) {
      const times = (failedReads.get(mail.id) ?? 0) + 1;
      failedReads.set(mail.id, times);
      if (times < readTries) throw error;
      if (times === readTries) report('mailbox.mail-unreadable', { size: mail.size });
      return null;
    }
  };

  /** False when nothing may be taken just now: it is tried again later, and what comes behind it waits. */
  const one = async (mail: WaitingMail, passed: Set<string>): Promise<boolean> => {
    if (mail.size > mailbox.maxBytes) {
      report('mailbox.too-large', { size: mail.size });
      await driver.settle(mail, 'too-large');
      return true;
    }
    const bytes = await read(mail);
    if (bytes === null) { passed.add(mail.id); return true; }
    const notice = readNotice(bytes);
    const unreadable = isUnreadable(notice);
    const taken = await hand(ports, mailbox, { listener: mailbox.name, address: '' }, { bytes, source: mailbox.source, via: 'mailbox', stream: mailbox.name });
    // AE: kept for a person in the journal, which is as safe as planned. AR: nothing was kept.
    if (taken.refused !== undefined || taken.answer.code === 'AR' || taken.answer.code === 'CR') return false;
    if (unreadable) report('mailbox.report-unreadable', { size: mail.size });
    await driver.settle(mail, placeOf(notice, unreadable));
    return true;
  };

  const look = async (): Promise<void> => {
    const passed = new Set<string>();
    for (;;) {
      const mails = (await driver.waiting(together + passed.size)).filter(({ id }) => !passed.has(id));
      for (const mail of mails) if (isClosing() || !await one(mail, passed)) return;
      if (mails.length < together) return;
    }
  };

  const run = async (): Promise<void> => {
    let said = '';
    let backoff = mailbox.backoff.firstMs;
    while (!isClosing()) {
      let wait = mailbox.pollMs;
      try {
        await look();
        said = '';
        backoff = mailbox.backoff.firstMs;
      } catch (error) {
        const fault = error instanceof MailboxFault ? error : new MailboxFault('mailbox.unusable', error instanceof Error ? error.name : 'unknown', { cause: error });
        if (fault.message !== said) report(fault.code, { detail: fault.detail });
        said = fault.message;
        driver.reset();
        wait = backoff;
        backoff = Math.min(backoff * 2, mailbox.backoff.maxMs);
      }
      if (!isClosing()) await driver.changed(wait, closing.signal);
    }
    await driver.close();
  };

  const running = run();
  return { close: () => { closing.abort(); return running; } };
}
