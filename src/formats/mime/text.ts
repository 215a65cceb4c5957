const utf8 = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/** Bytes that stand as a Latin-1 string, as text: UTF-8 when they are, else Windows-1252. */
export function textOf(latin1: string): string {
  if (/^[\x00-\x7f]*$/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, 'latin1');
  try { return utf8.decode(bytes); } catch { return western.decode(bytes); }
}

const inCharset = (charset: string, bytes: Uint8Array): string => {
  try { return new TextDecoder(charset).decode(bytes); } catch { return western.decode(bytes); }
};

const fromHex = (text: string, mark: '=' | '+'): string =>
  text.replace(mark === '=' ? /=([0-9A-Fa-f]{2})/g : /\+([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** quoted-printable, RFC 2045 §6.7. */
export const quotedPrintable = (text: string): string => fromHex(text.replace(/=\r?\n/g, ''), '=');
/** xtext of an ENVID or ORCPT, RFC 3461 §4. */
export const fromXtext = (text: string): string => fromHex(text, '+');

/** A header's value with its encoded words decoded (RFC 2047), and raw 8-bit bytes as textOf reads them. */
export function decodedWords(value: string): string {
  const near = value.replace(/(=\?[^?\s]{1,40}\?[BbQq]\?[^?]*\?=)[ \t]+(?==\?)/g, '$1');
  const parts = near.split(/(=\?[^?\s]{1,40}\?[BbQq]\?[^?]*\?=)/);
  return parts.map((part) => {
    const word = /^=\?([^?\s]{1,40})\?([BbQq])\?([^?]*)\?=$/.exec(part);
    if (word === null) return textOf(part);
    const [, charset = '', encoding = '', content = ''] = word;
    const bytes = encoding.toUpperCase() === 'B' ? Buffer.from(content, 'base64') : Buffer.from(fromHex(content.replaceAll('_', ' '), '='), 'latin1');
    return inCharset(charset.split('*', 1)[0] ?? '', bytes);
  }).join('');
}

/** The address of a From, To or Return-Path: what stands in the last angle brackets, else the first word with an @. Lower case; '' when there is none. */
export function addressOf(value: string): string {
  const open = value.lastIndexOf('<');
  const close = value.indexOf('>', open);
  const inside = open >= 0 ? value.slice(open + 1, close < 0 ? undefined : close) : value.split(/[\s,;]+/).find((word) => word.includes('@')) ?? '';
  return inside.trim().toLowerCase();
}
