import type { HeaderLine, Mail, Part } from './mail.ts';
import { broken, rule, unless, type Rule } from './rule.ts';
import { parameter } from './read-mime.ts';

const named = (headers: readonly HeaderLine[], name: string): string => headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
const ascii = (text: string): boolean => /^[\t\r\n\x20-\x7e]*$/.test(text);
const encodedWord = /^=\?(utf-8)\?(b\?[A-Za-z0-9+/=]*|q\?[!->@-^`-~_]*)\?=$/i;
const longestWord = 75;
const longestLine = 998;

function utf8(bytes: Uint8Array): boolean {
  try { new TextDecoder('utf-8', { fatal: true }).decode(bytes); return true; } catch { return false; }
}
/** Its bytes must be whole characters: RFC 2047 §5 forbids to cut one in two. */
function wordIsGood(word: string): boolean {
  if (!encodedWord.test(word) || word.length > longestWord) return false;
  const [, , kind = '', text = ''] = word.split('?');
  return utf8(kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : Buffer.from(text.replaceAll('_', ' ').replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1'));
}
const everyHeader = (mail: Mail): HeaderLine[] => [...mail.headers, ...(mail.parts.length > 1 ? mail.parts.flatMap(({ headers }) => headers) : [])];
const texts = (mail: Mail): Part[] => mail.parts.filter((one) => one.type.startsWith('text/') && !one.attached);
const attachments = (mail: Mail): Part[] => mail.parts.filter((one) => one.attached);
const transfer = (part: Part): string => named(part.headers, 'content-transfer-encoding').toLowerCase();

/** The bytes: lines, charsets, encodings of headers and parts. */
export const encodingRules: readonly Rule[] = [
  rule('lines', 'RFC 5322 §2.1.1, §2.3', 'Lignes terminées par CRLF, de 998 caractères au plus.', 'Lines end with CRLF and have 998 characters at most.', ({ raw }) => {
    const lines = raw.toString('latin1').split('\r\n');
    const at = lines.findIndex((one) => one.length > longestLine || /[\r\n]/.test(one));
    return unless(at < 0, `line ${at + 1}`);
  }),
  rule('headers-7bit', 'RFC 5322 §2.2; RFC 2047', 'Les en-têtes sont en ASCII ; le reste est codé.', 'Headers are ASCII; anything else is encoded.', (mail) => everyHeader(mail).filter(({ raw }) => !ascii(raw)).slice(0, 1).flatMap(({ name }) => broken(name))),
  rule('encoded-words', 'RFC 2047 §2, §5', 'Les mots codés sont en UTF-8, complets, de 75 caractères au plus, hors guillemets et hors paramètres.', 'Encoded words are UTF-8, whole, 75 characters at most, never in quotes nor in parameters.', (mail) => everyHeader(mail).filter(({ name, value }) => {
    if (!value.includes('=?')) return false;
    const parameters = /^content-/i.test(name) || /"[^"]*=\?[^"]*"/.test(value);
    return parameters || value.split(/\s+/).filter((word) => word.includes('=?')).some((word) => !wordIsGood(word.replace(/^[(,]+|[),]+$/g, '')));
  }).slice(0, 1).flatMap(({ name, value }) => broken(name, value))),
  rule('mime-closed', 'RFC 2046 §5.1.1', 'Chaque multipart a sa frontière, et la frontière de fin.', 'Each multipart has its boundary, and the closing one.', (mail) => {
    const type = named(mail.headers, 'content-type');
    if (!/^multipart\//i.test(type)) return null;
    const boundary = parameter(type, 'boundary');
    return unless(boundary !== '' && mail.raw.toString('latin1').includes(`\r\n--${boundary}--`), 'Content-Type', boundary);
  }),
  rule('text-body', 'Réf. n° 2 ECO.2.2.4', 'Un corps lisible, en text/plain ou multipart/alternative.', 'A body to read, as text/plain or multipart/alternative.', (mail) => unless(texts(mail).some((one) => one.type === 'text/plain' && one.content.toString('latin1').trim() !== ''), 'body')),
  rule('text-utf8', 'Réf. n° 2 ECO.2.2.3', 'Les textes sont déclarés et écrits en UTF-8.', 'Texts are declared and written in UTF-8.', (mail) => texts(mail).filter((one) => {
    const charset = parameter(named(one.headers, 'content-type'), 'charset').toLowerCase();
    return transfer(one) !== 'quoted-printable' && !utf8(one.content) || charset !== 'utf-8' && !(charset === 'us-ascii' && ascii(one.content.toString('latin1')));
  }).flatMap((one) => broken('Content-Type', named(one.headers, 'content-type')))),
  rule('transfer-encoding', 'RFC 2045 §6.2', 'Un corps qui n\'est pas en ASCII le dit : 8bit, quoted-printable ou base64.', 'A body that is not ASCII says so: 8bit, quoted-printable or base64.',
    (mail) => mail.parts.filter((one) => !['8bit', 'binary', 'base64'].includes(transfer(one)) && !ascii(one.content.toString('latin1').slice(0, 1 << 16)) && !one.attached).flatMap((one) => broken('Content-Transfer-Encoding', transfer(one)))),
  rule('attachment-base64', 'RFC 2045 §6.8', 'Les pièces jointes sont en base64.', 'Attachments are in base64.', (mail) => (attachments(mail).length === 0 ? null : attachments(mail).filter((one) => transfer(one) !== 'base64').flatMap((one) => broken('Content-Transfer-Encoding', one.type)))),
  rule('attachment-disposition', 'RFC 2183 §2.2', 'Les pièces jointes sont annoncées par Content-Disposition: attachment, avec un nom.', 'Attachments are announced by Content-Disposition: attachment, with a name.',
    (mail) => (attachments(mail).length === 0 ? null : attachments(mail).filter((one) => !/^attachment\b/i.test(named(one.headers, 'content-disposition')) || one.filename === '').flatMap((one) => broken('Content-Disposition', one.type)))),
];
