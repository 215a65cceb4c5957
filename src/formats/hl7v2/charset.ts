import { isAscii, isUtf8 } from 'node:buffer';
import type { Finding } from '../../domain/finding.ts';
import { finding } from '../../domain/finding.ts';
import type { Hl7Message } from './model.ts';

export type Charset = Hl7Message['charset'];
export type Used = Charset['used'];

/** ISO-8859-15 differs from ISO-8859-1 in these eight places only. */
const latin9: Readonly<Record<number, string>> = {
  0xa4: '€', 0xa6: 'Š', 0xa8: 'š', 0xb4: 'Ž', 0xb8: 'ž', 0xbc: 'Œ', 0xbd: 'œ', 0xbe: 'Ÿ',
};
/** windows-1252 fills the C1 controls of ISO-8859-1 (81, 8D, 8F, 90, 9D stay controls, as WHATWG says). */
const windows1252: Readonly<Record<number, string>> = Object.fromEntries(
  Array.from('€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ', (character, i) => [0x80 + i, character]),
);
const tables = { 'iso-8859-15': latin9, 'windows-1252': windows1252 } as const;
const special = { 'iso-8859-15': /[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]/g, 'windows-1252': /[\x80-\x9f]/g } as const;

/** Text of bytes [from, to). UTF-8 was checked for the whole message beforehand; what is no character is U+FFFD. */
export function decode(buffer: Buffer, from: number, to: number, used: Used): string {
  if (used === 'utf-8') return buffer.toString('utf8', from, to);
  const text = buffer.toString('latin1', from, to);
  if (used === 'us-ascii') return text;
  const table = tables[used];
  return text.replace(special[used], (character) => table[character.charCodeAt(0)] ?? character);
}

/** Nearest character a single-byte set has for the typographic ones our own texts use. */
const plain: Readonly<Record<string, string>> = { '’': '\'', '‘': '\'', '“': '"', '”': '"', '–': '-', '—': '-', '…': '...', '\u202f': ' ', '\u00a0': ' ', '→': '->' };
const encoders = Object.fromEntries(Object.entries(tables).map(([name, table]) =>
  [name, new Map(Object.entries(table).map(([byte, character]) => [character, Number(byte)]))])) as Record<keyof typeof tables, Map<string, number>>;

/** Bytes of a text; what the set lacks is written with the nearest plain character, else `?`. */
export function encode(text: string, used: Used): Buffer {
  if (used === 'utf-8') return Buffer.from(text, 'utf8');
  const highest = used === 'us-ascii' ? 0x7f : 0xff;
  const replaced = used === 'us-ascii' ? undefined : tables[used];
  const extra = used === 'us-ascii' ? undefined : encoders[used];
  const bytes: number[] = [];
  for (const character of text) {
    const byte = extra?.get(character);
    const code = character.codePointAt(0) ?? 0;
    if (byte !== undefined) bytes.push(byte);
    else if (code <= highest && replaced?.[code] === undefined) bytes.push(code);
    else bytes.push(...Buffer.from(plain[character] ?? '?', 'latin1'));
  }
  return Buffer.from(bytes);
}

/** MSH-18 (table 0211) to the set we decode with; French profile: `UNICODE UTF-8` and `8859/15` only (inbound.md §2.2). */
const declarations: Readonly<Record<string, Used>> = {
  'UNICODE UTF-8': 'utf-8', 'UTF-8': 'utf-8', 'UTF8': 'utf-8', 'UNICODE': 'utf-8',
  '8859/15': 'iso-8859-15', 'ISO-8859-15': 'iso-8859-15', '8859-15': 'iso-8859-15',
  '8859/1': 'windows-1252', 'ISO-8859-1': 'windows-1252', '8859-1': 'windows-1252', 'WINDOWS-1252': 'windows-1252',
  'ASCII': 'us-ascii', 'ISO IR6': 'us-ascii',
};
export const declaredCharset = (declared: string): Used | null => declarations[declared.trim().toUpperCase()] ?? null;

/** Bytes 80–9F are controls in ISO-8859-15: their presence means the text came from Windows. */
const hasC1 = (bytes: Uint8Array): boolean => bytes.some((byte) => byte >= 0x80 && byte <= 0x9f);
const eightBit = (bytes: Uint8Array): Used => (hasC1(bytes) ? 'windows-1252' : 'iso-8859-15');

/** Are most of the characters outside ASCII whole UTF-8 sequences? Then the text is UTF-8 that was cut or damaged, and no 8-bit one. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let whole = 0, broken = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const more = lead >= 0xf0 && lead <= 0xf4 ? 3 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xc2 && lead < 0xe0 ? 1 : 0;
    let found = 0;
    while (found < more && ((bytes[i + found + 1] ?? 0) & 0xc0) === 0x80) found++;
    if (more > 0 && found === more) { whole++; i += more; } else broken++;
  }
  return whole > broken;
}

/**
 * Which set the bytes are really in. A declaration that the bytes contradict is not followed: accented names would be
 * wrong without anybody knowing. The other set is used and a finding says so (inbound.md §13.4). A UTF-8 text of which a
 * character was cut stays UTF-8: read as another set, every other accent would be wrong too.
 */
export function chooseCharset(declared: string, bytes: Uint8Array): { charset: Charset; findings: Finding[] } {
  const asked = declaredCharset(declared);
  const findings: Finding[] = [];
  if (asked === null && declared !== '') findings.push(finding('hl7v2.charset-unknown', 'MSH-18'));
  if (isAscii(bytes)) return { charset: { declared, used: asked ?? 'utf-8', fallback: false }, findings };
  const isWhole = isUtf8(bytes), isDamaged = !isWhole && asked !== 'windows-1252' && isMostlyUtf8(bytes);
  if (isDamaged) findings.push(finding('hl7v2.charset-damaged', 'MSH-18'));
  const actual = isWhole || isDamaged ? 'utf-8' : eightBit(bytes);
  if (asked === null) {
    if (declared === '') findings.push(finding('hl7v2.charset-undeclared', 'MSH-18', actual));
    return { charset: { declared, used: actual, fallback: declared !== '' }, findings };
  }
  // Any 8-bit text is formally valid windows-1252; only a well-formed UTF-8 text contradicts it.
  const used = asked === 'windows-1252' && actual !== 'utf-8' ? asked : actual;
  if (used !== asked) findings.push(finding('hl7v2.charset-fallback', 'MSH-18', asked, used));
  return { charset: { declared, used, fallback: used !== asked }, findings };
}
