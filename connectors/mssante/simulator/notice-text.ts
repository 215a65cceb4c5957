import { randomUUID } from 'node:crypto';

/** UTF-8 bytes as a latin1 text, so that a mail is one string of bytes. */
export const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A header's text, in encoded words where it must be (RFC 2047): 15 characters each keep a word under 75. */
export function encoded(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const characters = Array.from(text), words: string[] = [];
  for (let at = 0; at < characters.length; at += 15) words.push(`=?UTF-8?B?${Buffer.from(characters.slice(at, at + 15).join('')).toString('base64')}?=`);
  return words.join('\r\n ');
}

/** A multipart mail: header lines, subtype with its parameters, parts as written. */
export function multipart(headers: readonly string[], subtype: string, parts: readonly string[], boundary = `=_${randomUUID()}`): string {
  return `${[...headers, 'MIME-Version: 1.0', `Content-Type: multipart/${subtype}; boundary="${boundary}"`].join('\r\n')}\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\n`;
}
