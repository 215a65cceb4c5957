import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCda } from './cda.ts';
import { sameName } from './certificates.ts';
import { readDsig } from './dsig.ts';
import { insKey, instant, rppsKey, uniqueId, utcDigits, xcn, xcnKind, xon } from './grammar.ts';
import { contentType, readMime } from './mime.ts';
import { escape, NotXml, readXml } from './xml.ts';

describe('MIME', () => {
  const part = fc.record({ id: fc.stringMatching(/^[a-z]{1,8}$/), bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) });
  it('gives the very bytes of each part, whatever they are', () => {
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const body = Buffer.concat([...parts.flatMap(({ id, bytes }) => [Buffer.from(`--b0undary\r\nContent-ID: <${id}>\r\n\r\n`), bytes, Buffer.from('\r\n')]), Buffer.from('--b0undary--\r\n')]);
      const read = readMime(body, 'b0undary');
      expect(read.parts.map((one) => [one.contentId, one.bytes.toString('hex')])).toEqual(parts.map(({ id, bytes }) => [id, bytes.toString('hex')]));
      expect([read.closed, read.bareLf]).toEqual([true, false]);
    }));
  });
  it('never throws, and holds a delimiter inside a line for content', () => {
    fc.assert(fc.property(fc.uint8Array(), fc.stringMatching(/^[a-z]{1,3}$/), (bytes, boundary) => { readMime(Buffer.from(bytes), boundary); }));
    expect(readMime(Buffer.from('--b\r\n\r\na --b c\r\n--b--'), 'b').parts.map((one) => one.bytes.toString())).toEqual(['a --b c']);
    expect(readMime(Buffer.from('--b\n\nx\n--b--'), 'b').bareLf).toBe(true);
  });
  it('reads quoted parameters', () => {
    expect(contentType('Multipart/Related; Type="a;b"; start = <c>')).toEqual({ type: 'multipart/related', parameters: { type: 'a;b', start: '<c>' } });
  });
});

describe('XML', () => {
  it('never throws but NotXml, on any bytes; a document type declaration is refused', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => { try { readXml(bytes); } catch (error) { expect(error).toBeInstanceOf(NotXml); } readCda(bytes); readDsig(bytes, 'root'); readDsig(bytes, 'assertion'); }));
    expect(() => readXml(Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'))).toThrow(NotXml);
  });
  it('what is escaped reads back the same', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
      expect(readXml(Buffer.from(`<a>${escape(text)}</a>`)).text).toBe(clean);
    }));
  });
});

it.each([['C=FR, O=A, CN=B', 'CN=B,O=A,C=FR', true], ['C=FR\nO=A\nCN=B', 'C=FR, O=A, CN=B', true], ['O=A\\, B', 'O="A, B"', true], ['C=FR, CN=B', 'C=FR, CN=C', false], ['C=FR', 'C=FR, O=A', false], ['', '', false]])('names %s and %s', (a, b, same) => { expect(sameName(a, b)).toBe(same); });

describe('French forms', () => {
  it('INS keys, Corsica included', () => {
    for (const good of ['279035121518989', '185076322000111', '298041411800269', '279032A00412374', '185072B03304797']) expect([good, insKey(good)]).toEqual([good, true]);
    for (const bad of ['279035121518988', '279032B00412374', '2790351215189', '']) expect([bad, insKey(bad)]).toEqual([bad, false]);
  });
  it('times', () => {
    expect(['20260301101500', '202603', '2026', '20260230', '20260301240000', '2026-03-01', '20260301101500+0100'].map((text) => instant(text) !== null)).toEqual([true, true, true, false, false, false, false]);
    expect([['20260301101500+0100', '20260301091500'], ['20260101003000+0100', '20251231233000'], ['20260301101500-0300', '20260301131500'], ['20260301', '20260301'], ['202603010030+0100', '202602282330'], ['x', null]].map(([from, to]) => [utcDigits(from ?? ''), to])).toEqual([['20260301091500', '20260301091500'], ['20251231233000', '20251231233000'], ['20260301131500', '20260301131500'], ['20260301', '20260301'], ['202602282330', '202602282330'], [null, null]]);
  });
  it('persons and structures', () => {
    const person = '899700218896^MARTIN^Luc^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS';
    expect([person, '31990000001/12^MARTIN^Luc^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^EI', '1.2.3^Automate^^^^^^^&1.2.3&ISO^U^^^RI', '279035121518989^DURAND^ZOE^^^^^^&1.2.250.1.213.1.4.10&ISO^L^^^NH', 'MARTIN^Luc', `${person}^x`].map(xcn)).toEqual([true, true, true, true, false, false]);
    expect([person, person.replace('IDNPS', 'EI'), person.replace('899700218896', '3199/1')].map(xcnKind)).toEqual([true, false, false]);
    expect([person, person.replace('896', '897')].map(rppsKey)).toEqual([true, false]);
    expect(['LABO^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1990000001', '^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1990000001', 'SNR^^^^^&1.3.2&ISO^^^^123456789', 'LABO'].map(xon)).toEqual([true, true, true, false]);
    expect(['1.2.250.1', '1.2^abc', '1.02', `1.2^${'x'.repeat(130)}`, 'abc'].map(uniqueId)).toEqual([true, true, false, false, false]);
  });
});
