/** Mails about earlier mails, as operators, gateways and people send them. Every name is fictive. */
const mail = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8');

export interface DsnParts {
  readonly action: string;
  readonly recipient?: string;
  readonly envelope?: string;
  readonly messageId?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  readonly from?: string;
  readonly id?: string;
}
export const recipient = 'dr.martin@cabinet.mssante.test';

/** A DSN of one recipient (RFC 3464), the original's header enclosed (RET=HDRS). */
export const dsn = ({ action, recipient: to = recipient, envelope = 'token-1', messageId = 'token-1@labo.mssante.test', status = '2.0.0', diagnostic = 'smtp; 250 2.0.0 saved', from = 'MAILER-DAEMON@operateur.mssante.test', id = `dsn-${action}-${envelope}` }: DsnParts): Buffer => mail([
  'Return-Path: <>', `From: Mail Delivery System <${from}>`, 'To: labo@labo.mssante.test', 'Subject: Delivery report', 'Auto-Submitted: auto-replied', `Message-Id: <${id}@operateur.mssante.test>`,
  'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status;', '\tboundary="b1/x"', '',
  'This is a MIME-encapsulated message.', '',
  '--b1/x', 'Content-Type: text/plain; charset=utf-8', '', 'Votre message…', '',
  '--b1/x', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; operateur.mssante.test', ...(envelope === '' ? [] : [`Original-Envelope-Id: ${envelope}`]), '',
  `Final-Recipient: rfc822; ${to}`, `Original-Recipient: rfc822;${to}`, `Action: ${action}`, `Status: ${status}`, `Diagnostic-Code: ${diagnostic}`, '',
  '--b1/x', 'Content-Type: text/rfc822-headers', '', `Message-ID: <${messageId}>`, 'Subject: XDM/1.0/DDM+CR TEST PAUL', '',
  '--b1/x--', '',
]);

export interface MdnParts {
  readonly disposition?: string;
  readonly error?: string;
  readonly reader?: string;
  readonly messageId?: string;
  readonly from?: string;
  readonly id?: string;
  readonly subject?: string;
  /** Without Original-Message-ID: only the enclosed mail says which it is. */
  readonly silent?: boolean;
}
/** An MDN (RFC 8098) with the original enclosed. */
export const mdn = ({ disposition = 'automatic-action/MDN-sent-automatically; processed', error, reader = recipient, messageId = 'token-1@labo.mssante.test', from = reader, id = 'mdn-1', subject = 'XDM/1.0/DDM+CR TEST PAUL', silent = false }: MdnParts = {}): Buffer => mail([
  `From: ${from}`, 'To: labo@labo.mssante.test', `Message-ID: <${id}@cabinet.mssante.test>`, `Subject: ${subject}`, 'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=disposition-notification; boundary="RAA"', '',
  '--RAA', 'Content-Type: text/plain; charset="UTF-8"', '', 'Document traité.', '',
  '--RAA', 'Content-Type: message/disposition-notification', '', `Final-Recipient: rfc822;${reader}`, ...(silent ? [] : [`Original-Message-ID: <${messageId}>`]), `Disposition: ${disposition}`,
  ...(error === undefined ? [] : [`Error: ${error}`]), '',
  '--RAA', 'Content-Type: message/rfc822', '', `Message-ID: <${messageId}>`, 'Subject: XDM/1.0/DDM+CR TEST PAUL', 'Content-Type: multipart/mixed; boundary="ZZZ"', '',
  '--ZZZ', 'Content-Type: text/plain', '', 'corps', '--ZZZ--', '', '--RAA--', '',
]);

export const chain = (table: string): string => `902^Identifiant de patient inconnu^${table}| E^Error^errorSeverity`;

/**
 * The faults of the example of an MDN that the LPS volet 1.1.2 prints: no empty line between headers and contents, em dashes
 * at the delimiters, `Content-Transfert-Encoding`, Message-IDs without a domain and with a blank in them.
 */
export const malformedMdn = (messageId = '199509192301.23456'): Buffer => mail([
  'Date: Wed, 20 Feb 2024 00:19:00 (EDT) -0400', `From: ${recipient}`, 'Message-Id: <199509200019.12345>', 'Subject: [Erreur d’intégration !] XDM/1.0/DDM+CR TEST PAUL', 'To: labo@labo.mssante.test',
  'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=disposition-notification; boundary="RAA1.7"',
  '--RAA1.7', 'Le document n’a pas pu être intégré.', `Le système a retourné l'erreur ${chain('messageErrorCondition')}`,
  '--RAA1.7', 'Content-Type: message/disposition-notification', `Original-Recipient: rfc822;${recipient} `, `Final-Recipient: rfc822; ${recipient} `, `Original-Message-ID: <${messageId} >`,
  `Disposition:automatic-action/MDN-sent-automatically; processed/Error: ${chain('messageErrorCondition')}`,
  '--RAA1.7', 'Content-Type: message/rfc822', 'Ici apparaît le contenu du courriel d’origine.',
  '--RAA1.7—', 'Content-Type: application/zip ; name="IHE_XDM.zip"', 'Content-Transfert-Encoding: base64', 'Content-Disposition: attachment;filename= "IHE_XDM.zip"', '', 'Ici apparaît le fichier.',
  '--RAA1.7--', '',
]);

/** The LPS volet's "courriel standard": no MDN was asked for, and the document was not integrated. */
export const errorMail = ({ from = recipient, messageId = 'token-1@labo.mssante.test', subject = '=?UTF-8?Q?=5BKO_Int=C3=A9gration_syst=C3=A8me_!=5D=5B902=5D_?= XDM/1.0/DDM+CR TEST PAUL' } = {}): Buffer => mail([
  `From: Service <${from}>`, 'To: labo@labo.mssante.test', 'Message-ID: <standard-1@cabinet.mssante.test>', `Subject: ${subject}`, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '',
  '--b', 'Content-Type: text/plain; charset="UTF-8"', '', 'Erreur détectée : Identifiant de patient inconnu', 'Code d’erreur : 902', '',
  '--b', 'Content-Type: message/rfc822', 'Content-Disposition: attachment; filename="message_original.eml"', '', `Message-ID: <${messageId}>`, '', 'corps', '--b--', '',
]);

/** A mail in plain text with these headers. */
export const plain = (headers: readonly string[], text = 'Bonjour.'): Buffer => mail([...headers, 'Content-Type: text/plain; charset=utf-8', '', text, '']);
