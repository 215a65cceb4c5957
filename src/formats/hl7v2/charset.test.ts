import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode, encode, type Used } from './charset.ts';
import { readHl7 } from './read.ts';

const name = 'Lœtitia Éléonore d’Août';
const latin9 = '€ŠšŽžŒœŸ';
const message = (declared: string, text: string | Uint8Array) =>
  Buffer.concat([Buffer.from(`MSH|^~\\&|A|B|C|D|2026||ADT^A28|1|P|2.5|||||FRA|${declared}\rPID|1||||`), Buffer.from(text as string), Buffer.from('\r')]);
const read = (declared: string, text: string | Uint8Array) => {
  const read = readHl7(message(declared, text));
  const { charset, findings } = read;
  return { text: read.first('PID').text(5), used: charset.used, fallback: charset.fallback, codes: findings.map((f) => f.code) };
};

describe('MSH-18', () => {
  it('UNICODE UTF-8 is read as UTF-8', () => {
    expect(read('UNICODE UTF-8', `${name} €`)).toEqual({ text: `${name} €`, used: 'utf-8', fallback: false, codes: [] });
  });
  it('8859/15 has the euro and the French letters Latin-1 lacks', () => {
    expect(read('8859/15', Uint8Array.of(0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe, 0xe9))).toEqual({ text: `${latin9}é`, used: 'iso-8859-15', fallback: false, codes: [] });
  });
  it('8859/1 is read as windows-1252', () => {
    expect(read('8859/1', Uint8Array.of(0x80, 0x92, 0x9c, 0xe9))).toEqual({ text: '€’œé', used: 'windows-1252', fallback: false, codes: [] });
  });
  it('absent: UTF-8 when the bytes are, else Latin-9, and it is said', () => {
    expect(read('', 'œ')).toEqual({ text: 'œ', used: 'utf-8', fallback: false, codes: ['hl7v2.charset-undeclared'] });
    expect(read('', Uint8Array.of(0xbd, 0xe9))).toEqual({ text: 'œé', used: 'iso-8859-15', fallback: false, codes: ['hl7v2.charset-undeclared'] });
    expect(read('', 'A')).toEqual({ text: 'A', used: 'utf-8', fallback: false, codes: [] });
  });
  it.each([
    ['UNICODE UTF-8', Uint8Array.of(0xe9, 0xbd), 'éœ', 'iso-8859-15'],
    ['UNICODE UTF-8', Uint8Array.of(0xe9, 0x9c), 'éœ', 'windows-1252'],
    ['8859/15', Buffer.from('éœ€'), 'éœ€', 'utf-8'],
    ['8859/15', Uint8Array.of(0xe9, 0x80), 'é€', 'windows-1252'],
    ['ASCII', Buffer.from('é'), 'é', 'utf-8'],
  ])('%s contradicted by the bytes: the other set, flagged', (declared, bytes, text, used) => {
    expect(read(declared, bytes)).toEqual({ text, used, fallback: true, codes: ['hl7v2.charset-fallback'] });
  });
  it('a set nobody knows is flagged', () => {
    expect(read('KLINGON', 'é')).toEqual({ text: 'é', used: 'utf-8', fallback: true, codes: ['hl7v2.charset-unknown'] });
    expect(read('KLINGON', 'A').codes).toEqual(['hl7v2.charset-unknown']);
  });
});

describe('encode and decode', () => {
  const eightBit: Used[] = ['iso-8859-15', 'windows-1252'];
  it.each(eightBit)('%s: every byte comes back', (used) => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    expect(encode(decode(bytes, 0, 256, used), used)).toEqual(bytes);
  });
  it('UTF-8: every text comes back', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = encode(text, 'utf-8');
      return decode(bytes, 0, bytes.length, 'utf-8') === text;
    }));
  });
  it('writes the nearest plain character where the set has none', () => {
    expect(encode('l’été — œ 漢', 'iso-8859-15')).toEqual(Buffer.from([0x6c, 0x27, 0xe9, 0x74, 0xe9, 0x20, 0x2d, 0x20, 0xbd, 0x20, 0x3f]));
    expect(encode('é¤', 'us-ascii').toString('latin1')).toBe('??');
    expect(encode('¤', 'iso-8859-15').toString('latin1')).toBe('?');
  });
});
