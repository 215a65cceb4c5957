import { bodyOf, contentType, partsOf, readMail, textIn, type Mail, type Part } from '../mime/parts.ts';
import { readFields, type Fields } from '../mime/fields.ts';
import { addressOf, decodedWords, fromXtext } from '../mime/text.ts';
import type { CorrelationKey, Notice, NoticeKind, Report } from './notice.ts';
import { blocksOf, deliveryReports, dispositionReports } from './status.ts';

const withoutBrackets = (id: string): string => id.replace(/[<>\s]/g, '');
const ids = (value: string): string[] => value.split(/[\s,]+/).map(withoutBrackets).filter((id) => id !== '').slice(0, 20);

/** Mon espace santé's citizens. */
export const isPatient = (address: string): boolean => /@patient\.mssante\.[a-z]+$/.test(address);
export const isDaemon = (address: string): boolean => /^(?:mailer-daemon|postmaster)@/.test(address);
/** Bounces whose structure says nothing: the words of Postfix and of Mon espace santé (mss.md §4). */
const bounceWords = /undeliver|non distribu|non remis|returned to sender|delivery status notification|failure notice|mail delivery failed/i;
/** The same words, of a mail that is still tried, or arrived. */
const noFailure = /delay|retard|warning|avertissement|relay|relais|success|succès/i;
/** Our own subject, quoted: its titles are the sender's, and none of the server's words. */
const ownWords = (subject: string): string => subject.split('XDM/1.0/', 1)[0] ?? '';
const saysFailed = (subject: string): boolean => bounceWords.test(ownWords(subject)) && !noFailure.test(ownWords(subject));
/** The LPS volet's subjects of an error, in both spellings that it prints. */
const errorWords = /^\s*\[(?:KO Int[eé]gration syst[eè]me|Erreur d.{1,3}int[eé]gration)\s*!?\s*\]/i;

interface Head { readonly from: string; readonly subject: string; readonly type: string; readonly report: string; readonly automatic: boolean }
function headOf(fields: Fields, type: string, parameters: ReadonlyMap<string, string>): Head {
  const submitted = fields.first('auto-submitted').toLowerCase();
  const nullPath = fields.has('return-path') && addressOf(fields.first('return-path')) === '';
  const from = addressOf(fields.first('from'));
  return {
    from, subject: decodedWords(fields.first('subject')), type, report: (parameters.get('report-type') ?? '').toLowerCase(),
    automatic: (submitted !== '' && submitted !== 'no') || /^(?:bulk|junk|auto_reply|list)$/i.test(fields.first('precedence')) || nullPath,
  };
}

/** What its header alone says a mail is; the parts may tell better. */
function kindByHead({ type, report, subject, from, automatic }: Head): NoticeKind {
  if (type === 'multipart/report' && report === 'delivery-status') return 'delivery';
  if (type === 'multipart/report' && report === 'disposition-notification') return 'disposition';
  // A null path alone is an absence message's too (RFC 3834 §3.3): only a server says that a mail failed.
  if (isDaemon(from) && saysFailed(subject)) return 'delivery';
  if (errorWords.test(subject)) return 'error-mail';
  if (automatic) return 'auto-reply';
  return isPatient(from) ? 'patient' : 'person';
}

/** The enclosed mail's header: of a message/rfc822, or of a text/rfc822-headers (RET=HDRS). */
function enclosed(mail: Mail, parts: readonly Part[]): Fields | null {
  const whole = parts.find(({ type }) => type === 'message/rfc822' || type === 'message/global');
  if (whole !== undefined) return whole.children[0]?.fields ?? whole.fields;
  const head = parts.find(({ type }) => type === 'text/rfc822-headers' || type === 'message/global-headers');
  if (head === undefined) return null;
  const text = bodyOf(mail, head);
  return readFields(text, 0, text.length).fields;
}

function keysOf(fields: Fields, blocks: readonly Fields[], original: Fields | null, subject: string): CorrelationKey[] {
  const of = (name: string): string[] => blocks.filter((block) => block.has(name)).map((block) => block.first(name));
  const keys: CorrelationKey[] = [
    ...of('original-envelope-id').map((value) => ({ by: 'envelope' as const, value: fromXtext(value) })),
    ...of('original-message-id').map((value) => ({ by: 'original-message' as const, value: withoutBrackets(value) })),
    ...(original === null ? [] : [{ by: 'enclosed-message' as const, value: withoutBrackets(original.first('message-id')) }]),
    ...[...ids(fields.first('in-reply-to')), ...ids(fields.first('references')).reverse()].map((value) => ({ by: 'reply' as const, value })),
  ].filter(({ value }) => value !== '');
  const about = decodedWords(original?.first('subject') ?? '') || subject;
  const all: CorrelationKey[] = about === '' ? keys : [...keys, { by: 'subject', value: about }];
  return all.filter((key, i) => all.findIndex(({ by, value }) => by === key.by && value === key.value) === i);
}

/** Of a bounce in words: failed, for whom the header says, or nobody by name. */
const failedInWords = (fields: Fields): Report =>
  ({ action: 'failed', finalRecipient: addressOf(fields.first('x-failed-recipients')), originalRecipient: '', status: '', smtpCode: '', diagnostic: '', errors: [] });

/** The error code of the volet's standard mail: in the subject's second brackets, else in its text. Who writes it is who received. */
function notIntegrated(mail: Mail, parts: readonly Part[], { subject, from }: Head): Report {
  const text = parts.find(({ type }) => type === 'text/plain');
  const code = /\]\s*\[\s*(\d{3})\s*\]/.exec(subject)?.[1] ?? /code d.{1,3}erreur\s{0,3}:\s{0,3}(\d{3})/i.exec(text === undefined ? '' : textIn(mail, text))?.[1] ?? '';
  return {
    action: 'not-integrated', finalRecipient: from, originalRecipient: '', status: '', smtpCode: '', diagnostic: '',
    errors: code === '' ? [] : [{ code, label: '', table: 'applicationErrorCondition' }],
  };
}

/**
 * Reads any mail as what it may be to a sender of mail: a notice on an earlier one, or not. By structure first (the report
 * parts), then by header, words last (mss.md §9.2). Never throws on any bytes; linear; nothing of it is decoded that need not be.
 */
export function readNotice(bytes: Uint8Array): Notice {
  const mail = readMail(bytes);
  const { top } = mail;
  const head = headOf(top.fields, top.type, top.parameters);
  const parts = [...partsOf(top)].slice(1);
  const original = enclosed(mail, parts);
  const common = { messageId: withoutBrackets(top.fields.first('message-id')), from: head.from };
  const noticed = (kind: NoticeKind, blocks: readonly Fields[], reports: readonly Report[]): Notice =>
    ({ kind, ...common, keys: keysOf(top.fields, blocks, original, head.subject), reports });

  const status = parts.find(({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status');
  if (status !== undefined) { const blocks = blocksOf(mail, status); return noticed('delivery', blocks, deliveryReports(blocks)); }
  const disposition = parts.find(({ type }) => type === 'message/disposition-notification' || type === 'message/global-disposition-notification');
  if (disposition !== undefined) { const blocks = blocksOf(mail, disposition); return noticed('disposition', blocks, dispositionReports(blocks)); }

  const kind = kindByHead(head);
  if (kind === 'delivery') return noticed(kind, [], head.type === 'multipart/report' ? [] : [failedInWords(top.fields)]);
  return noticed(kind, [], kind === 'error-mail' ? [notIntegrated(mail, parts, head)] : []);
}

const isReport = (kind: NoticeKind): boolean => kind === 'delivery' || kind === 'disposition' || kind === 'error-mail';
/** A report that tells no action or disposition: only a person can make something of it. */
export const isUnreadable = ({ kind, reports }: Notice): boolean => isReport(kind) && reports.length === 0;

/** Kind and Message-ID from the header alone, for what must be cheap: the first 256 KiB. */
export function identifyMail(bytes: Uint8Array): { readonly kind: NoticeKind; readonly messageId: string } {
  const near = bytes.subarray(0, 256 << 10);
  const text = Buffer.from(near.buffer, near.byteOffset, near.length).toString('latin1');
  const { fields } = readFields(text, 0, text.length);
  const { type, parameters } = contentType(fields.first('content-type'));
  return { kind: kindByHead(headOf(fields, type, parameters)), messageId: withoutBrackets(fields.first('message-id')) };
}
