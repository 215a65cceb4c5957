import { encoded, latin, multipart } from './notice-text.ts';
import type { Subject } from './notice.ts';

const plain = (words: string): string => `Content-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${latin(words)}\r\n`;
const refusal = ({ error, mail }: Subject): string => `Subject: ${encoded(`[KO Intégration système !][${error.code}] ${mail.subject}`)}`;
const head = (subject: Subject, title: string): string[] =>
  [`Date: ${subject.date}`, `From: ${subject.from}`, `To: ${subject.mail.readingAskedBy || subject.mail.envelope.from}`, title, `Message-ID: ${subject.id}`, `In-Reply-To: ${subject.messageId}`];
const same = ({ mail }: Subject): string => `Subject: ${encoded(mail.subject)}`;

const fields = (subject: Subject, disposition: string, more: readonly string[] = []): string => ['Content-Type: message/disposition-notification', '',
  'Reporting-UA: pfi.operateur-test.mssante.test; Simulateur', `Original-Recipient: rfc822;${subject.recipient}`, `Final-Recipient: rfc822;${subject.recipient}`, `Original-Message-ID: ${subject.messageId}`, `Disposition: ${disposition}`, ...more, ''].join('\r\n');
const original = ({ whole }: Subject): string => `Content-Type: message/rfc822\r\n\r\n${whole}`;
const automatic = 'automatic-action/MDN-sent-automatically';

/**
 * The example published with the volet LPS 1.1.2, as it is printed: em dashes in the boundary, a misspelt header, no empty
 * line before the fields, a Message-ID without domain. It is not MIME, and it is what some will have copied.
 */
function malformed(subject: Subject): string {
  const boundary = latin('——=_frontiere_avis');
  return [
    `Date: ${subject.date}`, `From: ${subject.from}`, `To: ${subject.mail.readingAskedBy || subject.mail.envelope.from}`, 'Message-Id: <20240220001900.12345>', refusal(subject), 'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=disposition-notification; boundary=${boundary}`, '',
    `--${boundary}`, 'Content-Type: text/plain; charset="UTF-8"', 'Content-Transfert-Encoding: 8bit', latin(`Le système a retourné l'erreur ${subject.error.code}`),
    `--${boundary}`, 'Content-Type: message/disposition-notification', `Original-Recipient: rfc822;${subject.recipient}`, `Final-Recipient: rfc822;${subject.recipient}`, `Original-Message-ID: ${subject.messageId}`,
    latin(`Disposition: ${automatic}; processed/Error: ${subject.error.code}^${subject.error.text}^messageErrorCondition| E^Error^errorSeverity`),
    `--${boundary}`, 'Content-Type: message/rfc822', subject.headers, `--${boundary}--`, '',
  ].join('\r\n');
}

/** MDN (RFC 8098) as the receiving platforms write it: volet LPS 1.1.2 (error in Disposition) or 1.1.3 (error in its own field). */
export function readingReport(subject: Subject, form: 'processed' | 'displayed' | 'error-1.1.3' | 'error-1.1.2' | 'malformed'): string {
  const { code, text } = subject.error;
  const write = (title: string, words: string, disposition: string, more: readonly string[] = []): string =>
    multipart(head(subject, title), 'report; report-type=disposition-notification', [plain(words), fields(subject, disposition, more), original(subject)]);
  switch (form) {
    case 'processed': return write(same(subject), 'Document intégré.', `${automatic}; processed`);
    case 'displayed': return write(`Subject: ${encoded(`Lu : ${subject.mail.subject}`)}`, 'Votre message a été lu.', 'manual-action/MDN-sent-manually; displayed');
    case 'error-1.1.3': return write(refusal(subject), `Erreur ${code} : ${text}`, `${automatic}; processed/error`, [latin(`Error: ${code}^${text}^applicationErrorCondition| E^Error^errorSeverity`)]);
    case 'error-1.1.2': return write(refusal(subject), `Le système a retourné l'erreur ${code}`, latin(`${automatic}; processed/Error: ${code}^${text}^messageErrorCondition| E^Error^errorSeverity`));
    case 'malformed': return malformed(subject);
  }
}

/** The "courriel standard" of the volet LPS: an error told by a mail that is no MDN. */
export const standardError = (subject: Subject): string => multipart(head(subject, refusal(subject)), 'mixed', [
  plain(`Erreur détectée : ${subject.error.text}\r\nCode d'erreur : ${subject.error.code}`), `Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="message_original.eml"\r\n\r\n${subject.whole}`,
]);

const note = (subject: Subject, title: string, words: string, more: readonly string[] = []): string => [...head(subject, `Subject: ${encoded(title)}`), ...more, 'MIME-Version: 1.0', plain(words)].join('\r\n');

/** RFC 3834: someone is away. It says nothing of the document. */
export const autoReply = (subject: Subject): string => note(subject, `Absence : ${subject.mail.subject}`, 'Je suis absente jusqu\'à lundi.', ['Auto-Submitted: auto-replied']);

/** A patient's answer from Mon espace santé: for a person to read. */
export const patientAnswer = (subject: Subject): string => note(subject, `Re: ${subject.mail.subject}`, 'Merci docteur. Dois-je prendre rendez-vous ?');
