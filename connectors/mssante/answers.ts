import type { Receipt } from '../../src/domain/delivery.ts';
import { SettingFault } from '../../src/net/setting-fault.ts';
import { TokenUnavailable } from './credentials.ts';

/** What nodemailer knows of a failure. Its texts are never read: they quote the recipient, and a patient's address is the INS. */
interface SmtpError { readonly code?: unknown; readonly originalCode?: unknown; readonly command?: unknown; readonly responseCode?: unknown; readonly response?: unknown }

/** How far the mail had gone: `ended`, its last byte was given to the connection, so that the operator may have taken it. */
export interface Progress { readonly ended: boolean }

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** RFC 3463 status after the reply code; '' when the server gives none. */
const enhancedOf = (response: string): string => /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? '';

/** Node's and OpenSSL's codes that tell a certificate problem from a network one. */
const certificate = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|CRL_|EPROTO)/;

/** Where nothing of a mail has been said yet: what is refused here is us. */
const beforeMail = (command: string): boolean => command === '' || command === 'CONN' || command === 'EHLO' || command === 'STARTTLS' || command.startsWith('AUTH') || command === 'MAIL FROM';

/**
 * 421, 454, 530, 534, 535, 538 and 4.7.x, 5.7.8 (mss.md §9.1), and any 5xx before a recipient is named: each mail would get it. Measured: an operator without our certificate says
 * `421 4.7.1`, which looks transient and would be tried for ever. A 450 4.7.1 to RCPT TO is greylisting, and is transient.
 */
function notRecognised(code: number, enhanced: string, command: string): boolean {
  if ([454, 530, 534, 535, 538].includes(code) || enhanced === '5.7.8' || enhanced === '5.7.9') return true;
  if (code >= 500 && beforeMail(command)) return !ofTheMail(code, enhanced);
  return enhanced.startsWith('4.7.') && (code === 421 || beforeMail(command));
}

/** At MAIL FROM only its size is told of the mail (RFC 1870 §6.1): that one is too large, the next is not. */
const ofTheMail = (code: number, enhanced: string): boolean => code === 552 || enhanced === '5.3.4' || enhanced === '5.2.3';

/** A mailbox that is full, busy or greylisted says nothing of the operator, whose own troubles are 421 and 4.3.x (RFC 3463 §3.4). */
const ofTheRecipient = (enhanced: string, command: string): boolean => (command === 'RCPT TO' || command === 'DATA') && !enhanced.startsWith('4.3.');

function replied(code: number, enhanced: string, command: string): Receipt {
  const args = [String(code), enhanced];
  const raw = `${args.join(' ').trim()} ${command}`.trim();
  if (command.startsWith('AUTH') || notRecognised(code, enhanced, command)) return { kind: 'refused', fault: 'mss.not-recognised', args, raw };
  if (code === 421) return { kind: 'busy', fault: 'mss.unreachable', raw };
  if (code < 500) return { kind: 'busy', fault: 'mss.busy', raw, ...(ofTheRecipient(enhanced, command) ? { aside: true } : {}) };
  return { kind: 'refused', fault: command === 'RCPT TO' ? 'mss.recipient-refused' : 'mss.refused', args, raw };
}

/**
 * A failure of nodemailer to a receipt. A reply decides; without one, what matters is whether the final dot may have left:
 * before it the operator must not keep the mail (RFC 5321 §4.1.1.4), after it nobody knows.
 */
export function receiptOfFailure(error: unknown, { ended }: Progress): Receipt {
  if (error instanceof SettingFault) return { kind: 'refused', fault: 'mss.credentials', args: [text(error.args[0]), error.code], raw: error.code };
  if (error instanceof TokenUnavailable) return { kind: 'busy', fault: 'mss.token-unavailable', raw: error.message };
  const { code, originalCode, command, responseCode, response } = (error ?? {}) as SmtpError;
  if (typeof responseCode === 'number' && responseCode >= 400) return replied(responseCode, enhancedOf(text(response)), text(command));
  const reason = text(originalCode) === '' ? text(code) : text(originalCode);
  if (ended) return { kind: 'unknown', fault: 'mss.no-answer', raw: reason };
  if (certificate.test(reason)) return { kind: 'refused', fault: 'mss.tls', args: [reason], raw: reason };
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return { kind: 'refused', fault: 'mss.not-recognised', args: ['AUTH', ''], raw: text(code) };
  if (code === 'ETLS') return { kind: 'refused', fault: 'mss.tls', args: ['STARTTLS'], raw: reason };
  // Its SIZE said before the upload that the mail is too large; nodemailer gives no reply code then.
  if (code === 'EMESSAGE') return { kind: 'refused', fault: 'mss.refused', args: ['552', '5.3.4'], raw: 'SIZE' };
  return { kind: 'busy', fault: text(command) === '' || text(command) === 'CONN' || text(command) === 'API' ? 'mss.unreachable' : 'mss.interrupted', raw: reason };
}
