import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { shared, whenShared } from '../../../test/when-shared.ts';
import type { CdaHeader } from '../cda/header.ts';
import { readCdaHeader } from '../cda/read.ts';
import { classCodeOf } from './class-code.ts';
import { documentEntry } from './entry.ts';
import { complementaryTypeCodes, loincTypeCodes } from './tables/type-codes.ts';
import { builtInTables, withTables } from './tables.ts';
import { isCisisTypeCode, isDmpTypeCode } from './type-codes.ts';
import type { VisibilityFlags } from './visibility.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/cda/${name}/in.xml`, import.meta.url), name.startsWith('ldl') ? 'latin1' : 'utf8');
function header(text: string): CdaHeader {
  const read = readCdaHeader(Buffer.from(text, text.includes('8859-15') ? 'latin1' : 'utf8'), { timeZone: 'Europe/Paris' });
  if (!read.ok) throw new Error(read.findings.map(found => found.code).join());
  return read.header;
}
const sha1 = 'd8a162b88e6344aade47df7a320c61dd8a240684';
const make = (text: string, flags: VisibilityFlags | null = null) => documentEntry(header(text), { sha1, size: 448271, flags });
const told = (text: string, flags: VisibilityFlags | null = null): string[] => make(text, flags).findings.map(found => [found.severity, found.code, ...(found.args ?? [])].join(' '));

const biology = fixture('cr-bio/n3-copie-pdf');
const imaging = fixture('cr-imagerie/n1-pdf');
const none: VisibilityFlags = { maskedToProfessionals: false, invisibleToPatient: false, invisibleToRepresentatives: false, secretConnection: false };

test('a laboratory report, every attribute', () => {
  expect(make(biology, none)).toEqual({
    findings: [],
    entry: {
      uniqueId: '1.2.250.1.999.1.1.7.26.1', patientId: '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH', sourcePatientId: '4100027^^^&1.2.250.1.999.1.1.8.1&ISO^PI',
      sourcePatientInfo: ['PID-5|MARTIN^Dominique^^^^^L', 'PID-7|19790328', 'PID-8|F'], title: "Compte rendu d'examens biologiques",
      creationTime: '20261119150527', serviceStartTime: '20261119065500', serviceStopTime: '20261119150500', languageCode: 'fr-FR', mimeType: 'text/xml', hash: sha1, size: 448271,
      typeCode: { code: '11502-2', scheme: '2.16.840.1.113883.6.1', display: "CR d'examens biologiques" }, classCode: { code: '10', scheme: '1.2.250.1.213.1.1.4.1', display: 'Compte rendu' },
      formatCode: { code: 'urn:ihe:lab:xd-lab:2008', scheme: '1.3.6.1.4.1.19376.1.2.3', display: 'Compte rendu structuré d’examens de biologie médicale' },
      healthcareFacilityTypeCode: { code: 'SA25', scheme: '1.2.250.1.71.4.2.4', display: 'Laboratoire de biologie médicale' },
      practiceSettingCode: { code: 'AMBULATOIRE', scheme: '1.2.250.1.213.1.1.4.9', display: 'Ambulatoire' },
      confidentialityCode: [{ code: 'N', scheme: '2.16.840.1.113883.5.25', display: 'Normal' }], eventCodeList: [{ code: '18719-5', scheme: '2.16.840.1.113883.6.1', display: 'Biochimie' }],
      authors: [{
        person: '899700218896^BERTHELOT^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS', institutions: ['Laboratoire fictif des Quatre-Vents^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1990000001'],
        roles: [], specialties: ['G15_10/SM03^Médecin - Biologie médicale (SM)^1.2.250.1.213.1.1.4.5'],
      }],
      legalAuthenticator: '899700218896^BERTHELOT^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS',
      referenceIdList: ['OBX-77120^^^&1.2.250.1.999.1.1.9.4&ISO^urn:ihe:iti:xds:2013:order'], replaces: '',
    },
  });
});

test('an imaging report of level 1: format by media type, class 31, each service event', () => {
  expect(make(imaging).entry).toMatchObject({ formatCode: { code: 'urn:ihe:iti:xds-sd:pdf:2008', scheme: '1.3.6.1.4.1.19376.1.2.3' }, classCode: { code: '31' }, eventCodeList: [{ code: 'ZBQK002' }, { code: '36643-5' }] });
  expect(make(imaging.replace('mediaType="application/pdf"', 'mediaType="text/plain"')).entry.formatCode?.code).toBe('urn:ihe:iti:xds-sd:text:2008');
  const odd = make(imaging.replace('mediaType="application/pdf"', 'mediaType="video/mp4"'));
  expect(odd.entry.formatCode).toBeNull();
  expect(odd.findings.map(found => found.code)).toEqual(['document.format-code-unknown']);
});
test('a discharge letter: French format, role of the author', () => {
  expect(make(fixture('ldl-ses/sans-decalage')).entry).toMatchObject({
    formatCode: { code: 'urn:asip:ci-sis:ldl-ses:2017', scheme: '1.2.250.1.213.1.1.4.2.282' }, authors: [{ roles: ['Médecin responsable de la prise en charge du patient dans la structure de soins'] }],
    creationTime: '20260712113000', serviceStartTime: '20260705', serviceStopTime: '202607121000',
  });
});
test('an auto-presentable document and a replacement', () => {
  expect(make(fixture('cr-bio/auto-presentable')).entry.mimeType).toBe('application/xslt+xml');
  expect(make(fixture('cr-imagerie/remplacement')).entry.replaces).toBe('1.2.250.1.999.1.1.7.31.1');
});

describe('confidentiality', () => {
  const codes = (flags: VisibilityFlags) => make(imaging, flags).entry.confidentialityCode.map(code => `${code.code}^^${code.scheme}`);
  test('the document’s own code stays first, the flags follow', () => {
    expect(codes({ ...none, maskedToProfessionals: true, invisibleToRepresentatives: true })).toEqual(['N^^2.16.840.1.113883.5.25', 'MASQUE_PS^^1.2.250.1.213.1.1.4.13', 'INVISIBLE_REPRESENTANTS_LEGAUX^^1.2.250.1.213.1.1.4.13']);
    expect(codes({ ...none, invisibleToPatient: true })).toEqual(['N^^2.16.840.1.113883.5.25', 'INVISIBLE_PATIENT^^1.2.250.1.213.1.1.4.13']);
  });
  test('masked and invisible together is told', () => { expect(told(imaging, { ...none, maskedToProfessionals: true, invisibleToPatient: true })).toEqual(['error document.masked-twice']); });
});

describe('the patient', () => {
  test('the INS goes first even when it is written last; without another number it is the source’s', () => {
    const local = '<id root="1.2.250.1.999.1.1.8.1" extension="4100027"/>';
    const last = make(imaging.replace(local, '').replace('<!-- INS-NIR de test -->', local)).entry;
    expect(last.patientId).toBe('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH');
    expect(last.sourcePatientId).toBe('4100027^^^&1.2.250.1.999.1.1.8.1&ISO^PI');
    expect(make(imaging.replace(local, '')).entry.sourcePatientId).toBe('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH');
  });
  test('no INS', () => {
    expect(told(imaging.replace('1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.2'))).toEqual(['warning document.metadata-missing patientId /ClinicalDocument/recordTarget/patientRole/id']);
  });
  test('two different INS', () => {
    const two = imaging.replace('<!-- INS-NIR de test -->', '<id root="1.2.250.1.213.1.4.9" extension="298041411800269"/>');
    expect(told(two)).toEqual(['error document.several-ins /ClinicalDocument/recordTarget/patientRole/id']);
    expect(make(two).entry.patientId).toBe('298041411800269^^^&1.2.250.1.213.1.4.9&ISO^NH');
  });
  test('a used name only is D', () => {
    const used = imaging.replace(/<family qualifier="BR">.*\n/u, '').replace(/<given qualifier="BR">.*\n/u, '');
    expect(make(used).entry.sourcePatientInfo[0]).toBe('PID-5|LEFEBVRE^Dominique^^^^^D');
  });
});

describe('people and organisations', () => {
  test('HL7 separators in a name are escaped', () => {
    expect(make(imaging.replaceAll('CH fictif de Saint-Aubin', 'Dupont &amp; Fils ^ Cie')).entry.authors[0]?.institutions[0]).toMatch(/^Dupont \\T\\ Fils \\S\\ Cie\^/u);
  });
  test('null flavours leave their components empty', () => {
    const unnamed = imaging.replace('<id root="1.2.250.1.71.4.2.2" extension="1990000019"/><name>CH fictif de Saint-Aubin</name>', '<id nullFlavor="NI"/><name nullFlavor="NASK"/>');
    expect(make(unnamed).entry.authors[0]?.institutions).toEqual([]);
    const named = imaging.replace('<id root="1.2.250.1.71.4.2.2" extension="1990000019"/>', '<id nullFlavor="NI"/>');
    expect(make(named).entry.authors[0]?.institutions).toEqual(['CH fictif de Saint-Aubin']);
  });
  test('an internal number, and a system', () => {
    expect(make(imaging.replace('extension="899700218904"', 'extension="3990000019/221"')).entry.authors[0]?.person).toMatch(/\^EI$/u);
    const system = imaging.replace(/<assignedPerson><name><prefix>.*<\/assignedPerson>/u, '<assignedAuthoringDevice><manufacturerModelName>RIS</manufacturerModelName><softwareName>Radio 4</softwareName></assignedAuthoringDevice>');
    expect(make(system).entry.authors[0]?.person).toBe('899700218904^RIS^Radio 4^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^RI');
  });
});

describe('what the header does not give is told, never guessed', () => {
  test.each([
    ['<title>Radiographie du thorax</title>', 'title /ClinicalDocument/title'], ['<languageCode code="fr-FR"/>', 'languageCode /ClinicalDocument/languageCode'],
    [/<legalAuthenticator>.*<\/legalAuthenticator>/su, 'legalAuthenticator /ClinicalDocument/legalAuthenticator'], [/<author>.*<\/author>/su, 'author /ClinicalDocument/author'],
    [/<confidentialityCode [^>]*>/u, 'confidentialityCode /ClinicalDocument/confidentialityCode'],
    [/<standardIndustryClassCode [^>]*>/u, 'practiceSettingCode /ClinicalDocument/documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/standardIndustryClassCode'],
    [/<location>.*<\/location>/su, 'healthcareFacilityTypeCode /ClinicalDocument/componentOf/encompassingEncounter/location/healthCareFacility/code'],
    ['<low value="20261120102500+0100"/><high', 'serviceStartTime /ClinicalDocument/documentationOf/serviceEvent/effectiveTime/low'],
  ])('%s', (removed, expected) => {
    const text = typeof removed === 'string' ? imaging.replace(removed, removed.endsWith('<high') ? '<high' : '') : imaging.replace(removed, '');
    expect(told(text)).toEqual([`warning document.metadata-missing ${expected}`]);
  });
  test('an unknown document type, a type without class', () => {
    expect(told(imaging.replaceAll('"18748-4"', '"99999-9"'))).toEqual(['warning document.type-code-unknown 99999-9', 'warning document.class-code-unknown 99999-9']);
    expect(told(imaging.replaceAll('"18748-4"', '"101881-1"'))).toEqual(['warning document.class-code-unknown 101881-1']);
  });
  test('a structured document of no published model', () => {
    const unknown = biology.replaceAll('1.3.6.1.4.1.19376.1.3.3', '1.2.250.1.999.5').replaceAll('1.2.250.1.213.1.1.1.55', '1.2.250.1.999.6');
    expect(make(unknown).entry.formatCode?.code).toBe('urn:asipSante:modelesHorsProfils:2011');
    expect(told(unknown)).toEqual(['warning document.format-code-unknown /ClinicalDocument/templateId']);
  });
  test('a service that ends before it starts', () => {
    expect(told(imaging.replace('value="20261120104000+0100"', 'value="20261119"'))).toEqual(['warning document.service-time-order /ClinicalDocument/documentationOf/serviceEvent/effectiveTime']);
    expect(told(imaging.replace('value="20261120104000+0100"', 'value="20261120"'))).toEqual([]);
  });
});

describe('limits: refused with their name, never cut', () => {
  test('title', () => {
    expect(told(imaging.replace('Radiographie du thorax</title>', `${'T'.repeat(129)}</title>`))).toEqual(['error document.metadata-too-long title 128']);
    expect(told(imaging.replace('Radiographie du thorax</title>', `${'T'.repeat(128)}</title>`))).toEqual([]);
  });
  test('organisation name', () => {
    const long = imaging.replaceAll('CH fictif de Saint-Aubin', 'C'.repeat(230));
    expect(told(long)).toEqual(['error document.metadata-too-long authorInstitution 256']);
    expect(make(long).entry.authors[0]?.institutions[0]).toContain('C'.repeat(230));
  });
});

describe('a newer publication in the place of a table', () => {
  const newer = withTables(builtInTables, [
    { is: 'value-set', of: 'typeCode', name: 'JDV_J07', version: '2027', codes: ['99999-9'] },
    { is: 'map', of: 'classes', name: 'ASS_X04', version: '2027', rows: [['36643-5', { code: '77', scheme: '1.2.3', display: 'Nouvelle classe' }]] },
    { is: 'map', of: 'formats', name: 'ASS_A11', version: '2027', rows: [] },
  ]);
  test('is what metadata are made and judged by', () => {
    const { entry, findings } = documentEntry(header(biology), { sha1, size: 1, flags: none, tables: newer });
    expect([entry.classCode, entry.formatCode?.code]).toEqual([null, 'urn:asipSante:modelesHorsProfils:2011']);
    expect(findings.map(found => found.code)).toEqual(['document.type-code-unknown', 'document.class-code-unknown', 'document.format-code-unknown']);
  });
});

describe('forms and codes', () => {
  test('a number or a code that the national tables do not know', () => {
    expect(told(imaging.replaceAll('extension="899700218904"', 'extension="99700218904"'), none)).toEqual(['warning document.metadata-format authorPerson XCN.1', 'warning document.metadata-format legalAuthenticator XCN.1']);
    expect(told(biology.replace('<id root="1.2.250.1.999.1.1.7.26.1"/>', '<id root="1.2.250.1.999.1.1.7" extension="26"/>'), none)).toEqual(['warning document.metadata-format uniqueId OID^extension']);
    expect(told(imaging.replaceAll('extension="1990000019"', 'extension="990000019"'), none)).toEqual(['warning document.metadata-format authorInstitution XON.10']);
    expect(told(imaging.replaceAll('code="ETABLISSEMENT"', 'code="CABINET"'), none)).toEqual(['warning document.code-unknown practiceSettingCode CABINET JDV_J04']);
  });
});

test('the DMP takes every type of the CI-SIS but six, and each it takes but one has a class', () => {
  const all = [...loincTypeCodes, ...complementaryTypeCodes];
  expect(all).toHaveLength(113);
  expect(all.every(code => isCisisTypeCode(code))).toBe(true);
  expect(all.filter(code => !isDmpTypeCode(code))).toEqual(['51851-4', '56446-8', 'EXPORT_DUI', 'FEUILLE-DE-STYLE', 'FICHE-CONTACTS', 'PIECE-IDENTITE']);
  expect(all.filter(code => classCodeOf(code) === null)).toEqual(['101881-1']);
  expect(isDmpTypeCode('34555-3')).toBe(false);
});

whenShared('the CDA examples of the CI-SIS', () => {
  const folder = shared('examples/cda-ans') ?? '';
  test.each(readdirSync(folder))('%s has complete metadata', name => {
    const read = readCdaHeader(readFileSync(`${folder}/${name}`), { timeZone: 'Europe/Paris' });
    if (!read.ok) throw new Error(name);
    const { entry, findings } = documentEntry(read.header, { sha1, size: 1, flags: none });
    // TROD has no published format; the appliance example numbers its author 4… (a SIREN prefix) without a slash; two ids have an extension.
    expect(findings.map(found => found.code)).toEqual(name.startsWith('BIO-TROD') ? ['document.format-code-unknown'] : name.includes('FRCP') || entry.uniqueId.includes('^') || entry.replaces.includes('^') ? ['document.metadata-format'] : []);
    expect(entry.patientId).toMatch(/^[12]\d{4}(?:\d|2A|2B)\d{8,9}\^\^\^&1\.2\.250\.1\.213\.1\.4\.(?:8|10)&ISO\^NH$/u);
    expect(entry.creationTime).toMatch(/^\d{14}$/u);
    expect(entry.formatCode).not.toBeNull();
  });
  test('a level 1 example agrees with the metadata made for it by hand', () => {
    const bytes = readFileSync(shared('examples/dmp/samples/cda-n1-example-ans.xml') ?? '');
    const metadata = readFileSync(shared('examples/dmp/samples/xdm-metadata-example.xml') ?? '', 'utf8').replaceAll('&amp;', '&');
    const read = readCdaHeader(bytes, { timeZone: 'Europe/Paris' });
    if (!read.ok) throw new Error('unreadable');
    const { entry } = documentEntry(read.header, { sha1, size: bytes.length, flags: none });
    for (const value of [entry.uniqueId, entry.patientId, entry.sourcePatientId, ...entry.sourcePatientInfo, entry.creationTime, String(entry.size), entry.title, entry.authors[0]?.person, entry.authors[0]?.specialties[0]]) {
      expect(metadata).toContain(value);
    }
    for (const code of [entry.typeCode, entry.classCode, entry.formatCode, entry.confidentialityCode[0]]) {
      expect(metadata).toContain(`nodeRepresentation="${code?.code ?? ''}"`);
      expect(metadata).toContain(`<Value>${code?.scheme ?? ''}</Value>`);
    }
  });
  test('the value set J07 beside it is the one carried here', () => {
    const file = readFileSync(shared('examples/dmp/jdv/JDV_J07_XdsTypeCode_CISIS.xml') ?? '', 'utf8');
    const published = [...file.matchAll(/<Concept\s+code="([^"]*)"/gu)].map(match => match[1] ?? '').filter(code => code !== 'E1762');
    expect(new Set(published)).toEqual(new Set([...loincTypeCodes, ...complementaryTypeCodes]));
  });
});
