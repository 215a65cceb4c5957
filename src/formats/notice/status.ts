import { lineAt, readFields, type Fields } from '../mime/fields.ts';
import { bodyOf, type Mail, type Part } from '../mime/parts.ts';
import { addressOf, textOf } from '../mime/text.ts';
import type { NoticeAction, NoticeError, Report } from './notice.ts';

/** Recipients of one DSN; a mail of ours has one. */
const mostBlocks = 200;

/**
 * The blocks of fields of a report part (RFC 3464 §2.1). Where the empty line after the part's own header is missing, its
 * fields are the part's: they come first.
 */
export function blocksOf(mail: Mail, part: Part): Fields[] {
  const text = bodyOf(mail, part);
  const blocks: Fields[] = [part.fields];
  for (let at = 0; at < text.length && blocks.length < mostBlocks;) {
    const { fields, body } = readFields(text, at, text.length);
    if (fields.all.length > 0) blocks.push(fields);
    // A line that is no field, nor empty: passed over.
    at = body > at ? body : lineAt(text, at, text.length).next;
  }
  return blocks;
}

/** `rfc822; x@y` → `x@y`. */
const typed = (value: string): string => addressOf(value.slice(value.indexOf(';') + 1));
const smtpCode = (diagnostic: string): string => /(?:^|[^0-9.])([2-5][0-9]{2})(?![0-9.])/.exec(diagnostic)?.[1] ?? '';
/** `902^label^table| E^Error^errorSeverity` (LPS volet): its CWE parts, code and all. */
export const errorChain = (value: string): NoticeError[] =>
  textOf(value).split('|').slice(0, 10).map((part) => part.split('^').map((text) => text.trim()))
    .filter(([code = '']) => code !== '').map(([code = '', label = '', table = '']) => ({ code, label, table }));

const actions: ReadonlySet<string> = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);
const isAction = (text: string): text is NoticeAction => actions.has(text);

/** The recipients of a message/delivery-status, by their Action. A block without one says nothing. */
export function deliveryReports(blocks: readonly Fields[]): Report[] {
  return blocks.flatMap((block): Report[] => {
    const action = (block.first('action').toLowerCase().split(/[\s(;]/, 1)[0]) ?? '';
    if (!isAction(action)) return [];
    const diagnostic = textOf(block.first('diagnostic-code'));
    return [{
      action, finalRecipient: typed(block.first('final-recipient')), originalRecipient: typed(block.first('original-recipient')),
      status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(block.first('status'))?.[0] ?? '', smtpCode: smtpCode(diagnostic), diagnostic, errors: [],
    }];
  });
}

/** What a disposition says (RFC 8098 §3.2.6), with its modifiers. Old and unknown types say only that the mail was there. */
function dispositionAction(type: string, modifiers: string, errors: readonly NoticeError[]): NoticeAction {
  if (/^error\b/i.test(modifiers) || type === 'failed' || errors.some(({ code }) => /^90\d$/.test(code))) return 'not-integrated';
  return type === 'displayed' ? 'read' : type === 'processed' || type === 'deleted' ? type : 'received';
}

/**
 * The one report of a message/disposition-notification. Both generations of the LPS volet: the error chain behind
 * `processed/Error:` (1.1.2), or in a field `Error` of its own (1.1.3).
 */
export function dispositionReports(blocks: readonly Fields[]): Report[] {
  const of = (name: string): string => blocks.find((block) => block.has(name))?.first(name) ?? '';
  const disposition = of('disposition');
  if (disposition === '') return [];
  const said = disposition.slice(disposition.indexOf(';') + 1).trim();
  const slash = said.indexOf('/');
  const type = (slash < 0 ? said : said.slice(0, slash)).trim().toLowerCase();
  const modifiers = slash < 0 ? '' : said.slice(slash + 1).trim();
  const colon = modifiers.indexOf(':');
  const errors = errorChain(of('error') === '' ? (colon < 0 ? '' : modifiers.slice(colon + 1)) : of('error'));
  return [{
    action: dispositionAction(type, modifiers, errors), finalRecipient: typed(of('final-recipient')), originalRecipient: typed(of('original-recipient')),
    status: '', smtpCode: '', diagnostic: '', errors,
  }];
}
