import { encoded, latin, multipart } from './notice-text.ts';
import type { Subject } from './notice.ts';

const titles = { failed: 'Undelivered Mail Returned to Sender', delayed: 'Delayed Mail (still being retried)', relayed: 'Successful Mail Delivery Report' };

const status = (subject: Subject, action: keyof typeof titles, code: string, diagnostic: string): string => [
  `Reporting-MTA: dns; ${subject.postmaster.split('@')[1] ?? ''}`, ...(subject.envid === '' ? [] : [`Original-Envelope-Id: ${subject.envid}`]), '',
  `Final-Recipient: rfc822; ${subject.recipient}`, `Original-Recipient: rfc822;${subject.recipient}`, `Action: ${action}`, `Status: ${code}`, `Diagnostic-Code: ${diagnostic}`, '',
].join('\r\n');

function report(subject: Subject, action: keyof typeof titles, code: string, diagnostic: string, title: string, words: string): string {
  return multipart([
    'Return-Path: <>', `Date: ${subject.date}`, `From: Mail Delivery System <${subject.postmaster}>`, `To: ${subject.mail.envelope.from}`, `Subject: ${encoded(title)}`, 'Auto-Submitted: auto-replied', `Message-ID: ${subject.id}`,
  ], 'report; report-type=delivery-status', [
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${latin(words)}\r\n`,
    `Content-Type: message/delivery-status\r\n\r\n${status(subject, action, code, diagnostic)}`,
    // RET=FULL gives the whole mail back, else its headers only (RFC 3461 §4.3).
    subject.mail.envelope.ret === 'FULL' ? `Content-Type: message/rfc822\r\n\r\n${subject.whole}` : `Content-Type: text/rfc822-headers\r\n\r\n${subject.headers}`,
  ]);
}

/** RFC 3464, with Postfix's words. An expired mail says failed and 4.4.1: only Action tells. */
export const deliveryReport = (subject: Subject, action: keyof typeof titles, code: string, diagnostic: string): string =>
  report(subject, action, code, diagnostic, titles[action], `This is the mail system.\r\n\r\n<${subject.recipient}>: ${diagnostic}`);

/** Mon espace santé's refusals (guide de la messagerie, §6); their exact words are not published. */
export const patientBounce = (subject: Subject, code: string, words: string): string => report(subject, 'failed', code, `smtp; 550 ${code}`, 'Message non distribué', words);
