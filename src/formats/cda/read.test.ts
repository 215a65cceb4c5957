import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { shared, whenShared } from '../../../test/when-shared.ts';
import type { CdaHeader } from './header.ts';
import { readCdaHeader, type CdaReading } from './read.ts';

const paris: CdaReading = { timeZone: 'Europe/Paris' };
const fixture = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/cda/${name}/in.xml`, import.meta.url));
const imaging = fixture('cr-imagerie/n1-pdf').toString();
const read = (text: string | Uint8Array, options = paris) => readCdaHeader(typeof text === 'string' ? Buffer.from(text) : text, options);
function header(text: string | Uint8Array): CdaHeader {
  const result = read(text);
  if (!result.ok) throw new Error(result.findings.map(found => found.code).join());
  return result.header;
}
const refusal = (text: string | Uint8Array, options = paris): string[] => {
  const result = read(text, options);
  return result.ok ? [] : result.findings.map(found => found.code);
};
const codes = (text: string): string[] => header(text).findings.map(found => `${found.severity} ${found.code} ${found.location}`);

describe('the header of a laboratory report with a PDF copy', () => {
  const report = header(fixture('cr-bio/n3-copie-pdf'));
  test('document', () => {
    expect(report).toMatchObject({
      rootElement: 'ClinicalDocument', id: { root: '1.2.250.1.999.1.1.7.26.1', extension: '' }, language: 'fr-FR', version: '1', level: 'N3', nonXmlMediaType: '',
      code: { code: '11502-2', system: '2.16.840.1.113883.6.1', display: "CR d'examens biologiques" }, title: "Compte rendu d'examens biologiques",
      effectiveTime: { utc: '20261119150527' }, confidentiality: { code: 'N' }, setId: { root: '1.2.250.1.999.1.1.7.26' }, embedded: ['application/pdf'], findings: [],
    });
    expect(report.templateIds.map(template => template.root)).toContain('1.3.6.1.4.1.19376.1.3.3');
    expect(report.inFulfillmentOf).toEqual([{ root: '1.2.250.1.999.1.1.9.4', extension: 'OBX-77120', nullFlavor: '' }]);
  });
  test('patient', () => {
    expect(report.patient.ids).toEqual([{ root: '1.2.250.1.213.1.4.10', extension: '279035121518989', nullFlavor: '' }, { root: '1.2.250.1.999.1.1.8.1', extension: '4100027', nullFlavor: '' }]);
    expect(report.patient.name.family).toEqual([{ text: 'MARTIN', qualifier: 'BR' }, { text: 'LEFEBVRE', qualifier: 'CL' }]);
    expect(report.patient).toMatchObject({ gender: { code: 'F' }, birthTime: { utc: '19790328', iso: '1979-03-28' }, birthPlace: { text: 'DOMPREMY', insee: '51215' }, addresses: ['12 rue des Tanneurs 76000 ROUEN FRANCE'] });
  });
  test('people and organisations', () => {
    expect(report.authors).toMatchObject([{ ids: [{ extension: '899700218896' }], code: { code: 'G15_10/SM03' }, person: { family: [{ text: 'BERTHELOT' }], given: [{ text: 'Anne' }] }, organization: { name: 'Laboratoire fictif des Quatre-Vents' }, device: null }]);
    expect(report.legalAuthenticator).toMatchObject({ ids: [{ root: '1.2.250.1.71.4.2.1', extension: '899700218896' }], time: { utc: '20261119150527' } });
    expect(report.custodian).toMatchObject({ ids: [{ extension: '1990000001' }] });
    expect(report.informationRecipients).toMatchObject([{ ids: [{ extension: '899700218912' }], person: { family: [{ text: 'ROUSSEAU' }] } }]);
    expect(report.serviceEvents).toMatchObject([{ code: { code: '18719-5' }, low: { utc: '20261119065500' }, high: { utc: '20261119150500' }, performer: { organization: { industry: { code: 'AMBULATOIRE' } } } }]);
    expect(report.encounter).toMatchObject({ ids: [{ extension: '26000123' }], facilityType: { code: 'SA25' } });
  });
});

test('a level 1 document, several service events', () => {
  expect(header(imaging)).toMatchObject({ level: 'N1', nonXmlMediaType: 'application/pdf', serviceEvents: [{ code: { code: 'ZBQK002' } }, { code: { code: '36643-5' }, performer: null, low: { utc: '' } }] });
});
test('a replacement names its parent', () => {
  expect(header(fixture('cr-imagerie/remplacement')).relatedDocuments).toEqual([{ type: 'RPLC', id: { root: '1.2.250.1.999.1.1.7.31.1', extension: '', nullFlavor: '' } }]);
});
test('an auto-presentable document is found inside its style sheet, under any prefix', () => {
  expect(header(fixture('cr-bio/auto-presentable'))).toMatchObject({ rootElement: 'xsl:stylesheet', id: { root: '1.2.250.1.999.1.1.7.27.1' }, embedded: ['application/pdf'], findings: [] });
});
test('ISO-8859-15, a prefix everywhere, times without offset', () => {
  const letter = header(fixture('ldl-ses/sans-decalage'));
  expect(letter.title).toBe('Lettre de liaison à la sortie - cœur, suivi à 3 mois (forfait 25 €)');
  expect(letter.effectiveTime).toMatchObject({ utc: '20260712113000', hadOffset: false });
  expect(letter.serviceEvents[0]).toMatchObject({ low: { utc: '20260705' }, high: { utc: '202607121000' } });
  expect(new Set(letter.findings.map(found => found.code))).toEqual(new Set(['document.time-without-offset']));
});

describe('encodings', () => {
  const as = (encoding: string) => imaging.replace('encoding="utf-8"', `encoding="${encoding}"`).replace('<title>Radiographie du thorax', '<title>œuvre à 5 €');
  const bytes = (text: string, high: Record<string, number>) => Uint8Array.from(text, char => high[char] ?? char.charCodeAt(0));
  test.each([['windows-1252', { 'œ': 0x9c, '€': 0x80, '’': 0x92 }], ['ISO-8859-15', { 'œ': 0xbd, '€': 0xa4 }]])('%s', (encoding, high) => {
    expect(header(bytes(as(encoding), high)).title).toBe('œuvre à 5 €');
  });
  test('ISO-8859-1', () => { expect(header(Buffer.from(imaging.replace('utf-8', 'iso-8859-1').replace('Radiographie du', 'Échographie à'), 'latin1')).title).toBe('Échographie à thorax'); });
  test('UTF-8 with and without a byte order mark or a declaration', () => {
    expect(header(`\uFEFF${imaging}`).title).toBe('Radiographie du thorax');
    expect(header(imaging.replace(/^<\?xml.*\?>\n/u, '')).title).toBe('Radiographie du thorax');
  });
  test('a byte order mark wins over the declaration', () => { expect(header(`\uFEFF${as('ISO-8859-15')}`).title).toBe('œuvre à 5 €'); });
  test('bytes that are not in the declared encoding are refused', () => {
    expect(refusal(Buffer.from(imaging.replace('Radiographie', 'Échographie'), 'latin1'))).toEqual(['document.encoding']);
    expect(refusal(Buffer.from(imaging, 'utf16le'))).not.toEqual([]);
    expect(refusal(imaging.replace('utf-8', 'ebcdic-fr'))).toEqual(['document.encoding']);
  });
});

describe('what is not a readable CDA', () => {
  test.each([
    ['', 'document.empty'], ['Document médical au format CDA', 'document.not-cda'], ['<a/>', 'document.not-cda'], ['<ClinicalDocument/>', 'document.not-cda'],
    ['%PDF-1.4', 'document.not-cda'], ['<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>', 'document.not-cda'],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><ClinicalDocument xmlns="urn:hl7-org:v3"/>', 'document.dtd'],
    ['<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><ClinicalDocument xmlns="urn:hl7-org:v3">&b;</ClinicalDocument>', 'document.dtd'],
    ['<ClinicalDocument xmlns="urn:hl7-org:v3">&inconnue;</ClinicalDocument>', 'document.not-well-formed'],
    ['<ClinicalDocument xmlns="urn:hl7-org:v3"/><ClinicalDocument xmlns="urn:hl7-org:v3"/>', 'document.not-well-formed'],
  ])('%j: %s', (text, code) => { expect(refusal(text)).toEqual([code]); });
  test('two documents in one style sheet', () => {
    const two = fixture('cr-bio/auto-presentable').toString().replace('</c:ClinicalDocument>', '</c:ClinicalDocument><c:ClinicalDocument/>');
    expect(refusal(two)).toEqual(['document.several-cda']);
  });
  test('over the size, depth or header limit', () => {
    expect(refusal(imaging.replace('<recordTarget>', `${'<author/>'.repeat(30_000)}<recordTarget>`))).toEqual(['document.limits']);
    expect(refusal(imaging, { ...paris, maxBytes: 1000 })).toEqual(['document.limits']);
    expect(refusal(`<ClinicalDocument xmlns="urn:hl7-org:v3">${'<a>'.repeat(100_000)}`)).toEqual(['document.limits']);
  });
  test('an error in the body, far from the header, is seen', () => {
    expect(refusal(imaging.replace('</nonXMLBody>', ''))).toEqual(['document.not-well-formed']);
    expect(refusal(imaging.replace('</text>', '&x;</text>'))).toEqual(['document.not-well-formed']);
  });
  test('a document cut anywhere is never taken for a whole one', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: imaging.trimEnd().length - 1 }), at => { expect(read(imaging.slice(0, at)).ok).toBe(false); }), { numRuns: 300 });
  });
  test('no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => { read(bytes); }));
    fc.assert(fc.property(fc.nat(imaging.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, noise) => {
      const bytes = Buffer.from(imaging);
      bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), at);
      read(bytes);
    }), { numRuns: 300 });
  });
});

describe('what an incomplete header is told', () => {
  test.each([
    ['<id root="1.2.250.1.999.1.1.7.31.1"/>', '<id nullFlavor="UNK"/>', 'error document.element-missing /ClinicalDocument/id/@root'],
    ['<code code="18748-4"', '<code nullFlavor="UNK"', 'error document.element-missing /ClinicalDocument/code/@code'],
    ['<effectiveTime value="20261120111700+0100"/>', '', 'error document.element-missing /ClinicalDocument/effectiveTime/@value'],
    ['<birthTime value="19790328"/>', '<birthTime value="28/03/1979"/>', 'warning document.time /ClinicalDocument/recordTarget/patientRole/patient/birthTime/@value'],
    ['</recordTarget>', '</recordTarget><recordTarget/>', 'error document.several-patients /ClinicalDocument/recordTarget'],
  ])('%s → %s', (from, to, expected) => { expect(codes(imaging.replace(from, to))).toContain(expected); });
  test('no body', () => { expect(codes(imaging.replace(/<component>.*<\/component>/su, ''))).toContain('error document.element-missing /ClinicalDocument/component'); });
  test('no patient identifier', () => { expect(codes(imaging.replace(/<id root="1.2.250.1.213.1.4.10".*\n/u, '').replace(/<id root="1.2.250.1.999.1.1.8.1".*\n/u, ''))).toContain('error document.element-missing /ClinicalDocument/recordTarget/patientRole/id'); });
  test('null flavours are kept', () => {
    expect(header(imaging.replace('<name>CH fictif de Saint-Aubin</name>', '<name nullFlavor="NASK"/>')).authors[0]?.organization).toMatchObject({ name: '', nameNullFlavor: 'NASK' });
  });
  test('an author that is a device', () => {
    const device = imaging.replace(/<assignedPerson><name><prefix>.*<\/assignedPerson>/u, '<assignedAuthoringDevice><manufacturerModelName>RIS</manufacturerModelName><softwareName>RIS 4</softwareName></assignedAuthoringDevice>');
    expect(header(device).authors[0]).toMatchObject({ person: null, device: { software: 'RIS 4', model: 'RIS' } });
  });
});

whenShared('the CDA examples of the CI-SIS', () => {
  const folder = shared('examples/cda-ans') ?? '';
  test.each(readdirSync(folder))('%s', name => {
    const report = header(readFileSync(`${folder}/${name}`));
    expect(report.findings).toEqual([]);
    expect(report.rootElement === 'xsl:stylesheet').toBe(name.toLowerCase().includes('auto'));
    expect(report.patient.birthPlace?.insee).toMatch(/^\d{5}$/u);
    expect(report.effectiveTime.utc).toMatch(/^\d{14}$/u);
    expect(report.authors.length).toBeGreaterThan(0);
    expect(report.legalAuthenticator?.ids.length).toBeGreaterThan(0);
  });
});
