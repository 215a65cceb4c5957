import { randomUUID } from 'node:crypto';
import type { Received } from './store.ts';
import { deliveryReport, patientBounce } from './notice-delivery.ts';
import { autoReply, patientAnswer, readingReport, standardError } from './notice-reading.ts';

/** What comes back of a mail: delivery notices (RFC 3464), reading notices of both generations (volet LPS 1.1.2, 1.1.3), and the rest. */
export const noticeKinds = [
  'dsn-failed', 'dsn-delayed', 'dsn-relayed', 'dsn-expired', 'patient-closed', 'patient-unknown', 'patient-too-large',
  'mdn-processed', 'mdn-displayed', 'mdn-error-1.1.3', 'mdn-error-1.1.2', 'mdn-malformed', 'standard-error', 'auto-reply', 'patient-answer',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** `foreign`: of another mail's recipient. `unknown`: of a mail that was never sent. `untrusted`: from outside the trust space. */
export interface NoticeOptions { readonly about?: 'own' | 'foreign' | 'unknown' | 'untrusted'; readonly recipient?: string; readonly error?: { readonly code: string; readonly text: string } }
export interface Notice { readonly kind: NoticeKind; readonly to: string; readonly raw: Buffer; readonly messageId: string }

/** What the writers need: the names a notice speaks of, true or not. */
export interface Subject {
  readonly mail: Received;
  /** Headers of the original as it came, and the whole of it, latin1. */
  readonly headers: string;
  readonly whole: string;
  readonly recipient: string;
  readonly messageId: string;
  readonly envid: string;
  readonly postmaster: string;
  readonly from: string;
  readonly error: { readonly code: string; readonly text: string };
  readonly id: string;
  readonly date: string;
}

const writers: Readonly<Record<NoticeKind, (subject: Subject) => string>> = {
  'dsn-failed': (one) => deliveryReport(one, 'failed', '5.1.1', 'smtp; 550 5.1.1 User doesn\'t exist'), 'dsn-delayed': (one) => deliveryReport(one, 'delayed', '4.4.1', 'X-Postfix; connect: Connection refused'),
  'dsn-relayed': (one) => deliveryReport(one, 'relayed', '2.0.0', 'smtp; 250 2.0.0 Saved'), 'dsn-expired': (one) => deliveryReport(one, 'failed', '4.4.1', 'X-Postfix; connect: Connection refused'),
  'patient-closed': (one) => patientBounce(one, '5.2.1', 'La messagerie du destinataire est fermée.'), 'patient-unknown': (one) => patientBounce(one, '5.1.1', 'Le destinataire est inconnu.'),
  'patient-too-large': (one) => patientBounce(one, '5.3.4', 'Le message dépasse la taille autorisée (25 Mo).'),
  'mdn-processed': (one) => readingReport(one, 'processed'), 'mdn-displayed': (one) => readingReport(one, 'displayed'), 'mdn-error-1.1.3': (one) => readingReport(one, 'error-1.1.3'),
  'mdn-error-1.1.2': (one) => readingReport(one, 'error-1.1.2'), 'mdn-malformed': (one) => readingReport(one, 'malformed'),
  'standard-error': standardError, 'auto-reply': autoReply, 'patient-answer': patientAnswer,
};

/** Writes a notice of a mail received, addressed to who asked for it: DSN to MAIL FROM, MDN to Disposition-Notification-To. */
export function writeNotice(kind: NoticeKind, mail: Received, now: number, { about = 'own', recipient, error = { code: '902', text: 'Identifiant de patient inconnu' } }: NoticeOptions = {}): Notice {
  const whole = mail.raw.toString('latin1');
  const domain = about === 'untrusted' ? 'exemple.test' : 'operateur-test.mssante.test';
  const own = recipient ?? mail.envelope.recipients[0]?.address ?? '';
  const final = about === 'foreign' ? `quelqu-un-d-autre@${domain}` : own;
  const id = `<${randomUUID()}@${domain}>`;
  const text = writers[kind]({
    mail, whole, headers: whole.slice(0, whole.indexOf('\r\n\r\n') + 2), recipient: final, from: about === 'untrusted' ? `intrus@${domain}` : final, postmaster: `MAILER-DAEMON@${domain}`, error, id,
    messageId: about === 'unknown' ? `<${randomUUID()}@jamais-envoye.mssante.test>` : mail.messageId, envid: about === 'unknown' ? randomUUID() : mail.envelope.envid,
    date: new Date(now).toUTCString().replace('GMT', '+0000'),
  });
  return { kind, to: kind.startsWith('mdn') && mail.readingAskedBy !== '' ? mail.readingAskedBy : mail.envelope.from, raw: Buffer.from(text, 'latin1'), messageId: id };
}
