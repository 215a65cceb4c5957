import { createHash } from 'node:crypto';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import type { Address, Mail, Part } from './mail.ts';
import { leaves, parameter, split, valueOf, type RawPart } from './read-mime.ts';
import { readXdm } from './read-xdm.ts';

/** What the simulator knows besides the bytes. */
export type Surroundings = Pick<Mail, 'connection' | 'envelope' | 'earlier' | 'trusted' | 'limitBytes' | 'nil'>;

/** What is sent again may say so in a header of its sender's; all else is the same, byte for byte. */
const flagOfResend = /^X-[A-Za-z-]*Possible-Duplicate:[^\r\n]*\r\n/im;

const addresses = (field: AddressObject | AddressObject[] | undefined): Address[] =>
  (field === undefined ? [] : Array.isArray(field) ? field : [field]).flatMap(({ value }) => value).flatMap((one) => (one.group ?? [one])).map(({ name, address }) => ({ name, address: address ?? '' }));

function decoded({ headers, body }: RawPart): Buffer {
  const encoding = valueOf({ headers, body }, 'content-transfer-encoding').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  return Buffer.from(body, 'latin1');
}

/** RFC 2231 §3, §4: continuations, then a charset and percent signs; a plain parameter when there is none. */
export function filename(disposition: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < 100; at++) {
    const piece = parameter(disposition, `filename\\*${at}\\*?`);
    if (piece === '') break;
    pieces.push(piece);
  }
  const extended = pieces.length > 0 ? pieces.join('') : parameter(disposition, 'filename\\*');
  if (extended === '') return Buffer.from(parameter(disposition, 'filename').replaceAll(/\\(.)/g, '$1'), 'latin1').toString('utf8');
  const [, value] = /^[^']*'[^']*'(.*)$/s.exec(extended) ?? [];
  try { return decodeURIComponent(value ?? extended); } catch { return ''; }
}

function part(raw: RawPart, parsed: ParsedMail): Part {
  const disposition = valueOf(raw, 'content-disposition');
  const type = valueOf(raw, 'content-type').split(';')[0]?.trim().toLowerCase() ?? '';
  const content = decoded(raw);
  const named = filename(disposition) || parameter(valueOf(raw, 'content-type'), 'name');
  // A name in encoded words (RFC 2047), which no standard allows there but some write: mailparser reads it.
  const name = named.startsWith('=?') ? parsed.attachments.find((one) => one.content.equals(content))?.filename ?? named : named;
  return { headers: raw.headers, type: type === '' ? 'text/plain' : type, filename: name, attached: /^attachment\b/i.test(disposition) || name !== '', content };
}

/** Reads a mail as it came. Addresses, subject and text by mailparser; the rest from the bytes, as written. */
export async function readMail(raw: Buffer, around: Surroundings): Promise<Mail> {
  const parsed = await simpleParser(raw, { skipHtmlToText: true, skipImageLinks: true, skipTextToHtml: true, skipTextLinks: true });
  const text = raw.toString('latin1');
  const { headers } = split(text);
  const parts = leaves(text).map((one) => part(one, parsed));
  const zips = parts.filter((one) => /\.zip$/i.test(one.filename) || one.type.includes('zip'));
  const [zip] = zips;
  const notified = parsed.headers.get('disposition-notification-to') as AddressObject | undefined;
  return {
    ...around, raw, headers, parts, zips, subject: parsed.subject ?? '', text: parsed.text ?? '', messageId: parsed.messageId ?? '',
    from: addresses(parsed.from), to: addresses(parsed.to), cc: addresses(parsed.cc), replyTo: addresses(parsed.replyTo), readingAskedBy: addresses(notified),
    pdfs: parts.filter((one) => one.type === 'application/pdf' || /\.pdf$/i.test(one.filename)),
    xdm: zip === undefined || zips.length > 1 ? null : await readXdm(zip.content), digest: createHash('sha256').update(text.replace(flagOfResend, ''), 'latin1').digest('hex'),
  };
}
