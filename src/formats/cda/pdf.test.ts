import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { pdfOfCda } from './pdf.ts';
import { readCdaHeader } from './read.ts';

const document = (body: string, encoding = 'utf-8'): Uint8Array => Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>x</title><component>${body}</component></ClinicalDocument>`);
const n1 = (text: string, type = 'application/pdf'): Uint8Array => document(`<nonXMLBody><text mediaType="${type}" representation="B64">${text}</text></nonXMLBody>`);

describe('the PDF of a CDA', () => {
  test('is taken byte for byte, from an N1 body or an N3 value', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.integer({ min: 1, max: 80 }), fc.boolean(), (bytes, width, n3) => {
      const base64 = Buffer.from(bytes).toString('base64').replace(new RegExp(`.{${String(width)}}`, 'g'), '$&\n  ');
      const cda = n3 ? document(`<structuredBody><component><section><entry><observationMedia><value mediaType="application/pdf" representation="B64">${base64}</value></observationMedia></entry></section></component></structuredBody>`) : n1(base64);
      expect(Buffer.from(pdfOfCda(cda) ?? []).equals(bytes)).toBe(true);
    }));
  });
  test('is not what is of another type, in another namespace, empty, or behind a DTD', () => {
    expect(pdfOfCda(n1('JVBERg==', 'image/png'))).toBeNull();
    expect(pdfOfCda(n1(''))).toBeNull();
    expect(pdfOfCda(document('<x:value xmlns:x="urn:other" mediaType="application/pdf" representation="B64">JVBERg==</x:value>'))).toBeNull();
    expect(pdfOfCda(Buffer.from('<!DOCTYPE a [<!ENTITY e "x">]><ClinicalDocument xmlns="urn:hl7-org:v3"/>'))).toBeNull();
    expect(pdfOfCda(document('<a>'.repeat(300)))).toBeNull();
  });
  test('CDATA and entities are read', () => {
    expect(Buffer.from(pdfOfCda(n1('<![CDATA[JVBE]]>Rg&#61;&#61;')) ?? []).toString()).toBe('%PDF');
  });
  test('never throws on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => { pdfOfCda(bytes); }));
    const whole = n1('JVBERi0xLjQK');
    fc.assert(fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 8 }), (at, put) => { pdfOfCda(Buffer.concat([whole.subarray(0, at), put, whole.subarray(at)])); }));
  });
  test('is there in each fixture whose header says so, and starts like one', () => {
    const folder = new URL('../../../fixtures/cda/', import.meta.url);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('in.xml'))) {
      const bytes = readFileSync(new URL(name.replaceAll('\\', '/'), folder));
      const read = readCdaHeader(bytes, { timeZone: 'Europe/Paris' });
      if (!read.ok) continue;
      const says = read.header.nonXmlMediaType === 'application/pdf' || read.header.embedded.includes('application/pdf');
      const found = pdfOfCda(bytes);
      expect([name, found !== null]).toEqual([name, says]);
      if (found !== null) expect(Buffer.from(found.subarray(0, 5)).toString()).toBe('%PDF-');
    }
  });
});
