import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { readTable } from './read-table.ts';
import { builtInTables, withTables } from './tables.ts';

const svs = (name: string, ...codes: string[]): string => `<?xml version="1.0"?><RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008"><ValueSet displayName="${name}" dateMaj="20270101120000"><ConceptList>${codes.map((code) => `<Concept code="${code}" codeSystem="1.2" displayName="x"/>`).join('')}</ConceptList></ValueSet></RetrieveValueSetResponse>`;
const map = (url: string, ...elements: unknown[]): string => JSON.stringify({ resourceType: 'ConceptMap', url, version: '2027', group: [{ element: elements }] });

describe('published tables', () => {
  test('a value set as IHE SVS', () => {
    expect(readTable(svs('JDV_J66_TypeCode_DMP.tabs', 'A', 'B'))).toEqual({ is: 'value-set', of: 'typeCodeDmp', name: 'JDV_J66_TypeCode_DMP.tabs', version: '20270101120000', codes: ['A', 'B'] });
  });
  test('a value set as FHIR', () => {
    const published = { resourceType: 'ValueSet', name: 'JDV_J61_HealthcareFacilityTypeCode_DMP', version: '2027', compose: { include: [{ concept: [{ code: 'SA01' }] }, { concept: [{ code: 'SNR' }] }, {}] } };
    expect(readTable(JSON.stringify(published))).toMatchObject({ of: 'healthcareFacilityTypeCode', codes: ['SA01', 'SNR'] });
  });
  test('associations as FHIR: classes keep their known texts, formats their scheme', () => {
    expect(readTable(map('https://x.test/ASS_X04-CorrespondanceType-Classe-CISIS', { code: '99999-9', target: [{ code: '10' }] }, { code: 'sans cible' }))).toMatchObject({ of: 'classes', rows: [['99999-9', { code: '10', scheme: '1.2.250.1.213.1.1.4.1', display: 'Compte rendu' }]] });
    expect(readTable(map('https://x.test/ASS-A11-Corres', { code: '1.2', target: [{ code: 'urn:ihe:x', display: 'IHE' }] }, { code: '1.3', target: [{ code: 'urn:ans:y' }] }))).toMatchObject({
      of: 'formats', rows: [['1.2', { scheme: '1.3.6.1.4.1.19376.1.2.3', display: 'IHE' }], ['1.3', { scheme: '1.2.250.1.213.1.1.4.2.282' }]],
    });
  });
  test('anything else is none, and nothing makes it throw', () => {
    for (const text of ['', '{', '[]', 'null', '<a>', svs('JDV_J46_Autre', 'A'), svs('JDV_J66_TypeCode_DMP'), map('https://x.test/ASS_A13-Autre', { code: 'A', target: [{ code: 'B' }] }), map('https://x.test/ASS_X04'), `<!DOCTYPE a>${svs('JDV_J07', 'A').slice(21)}`]) expect(readTable(text)).toBeNull();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => { readTable(text); }));
  });
  test('each takes its own place only; of two the later wins', () => {
    const read = [svs('JDV_J07_XdsTypeCode_CISIS', 'A'), svs('JDV_J02_X', 'SA1'), svs('JDV_J61_X', 'SA2')].flatMap((text) => readTable(text) ?? []);
    const tables = withTables(builtInTables, read);
    expect([[...tables.valueSets.typeCode], [...tables.valueSets.healthcareFacilityTypeCode]]).toEqual([['A'], ['SA2']]);
    expect(tables.valueSets.typeCodeDmp).toBe(builtInTables.valueSets.typeCodeDmp);
    expect(tables.classes).toBe(builtInTables.classes);
  });
});

whenShared('the value sets as published', () => {
  const folder = shared('examples/dmp/jdv') ?? '';
  const read = readdirSync(folder).flatMap((name) => readTable(readFileSync(`${folder}/${name}`, 'utf8')) ?? []);
  test('are those carried here', () => {
    expect(read.map((one) => one.of).sort()).toEqual(['authorSpecialty', 'confidentialityCode', 'healthcareFacilityTypeCode', 'practiceSettingCode', 'referenceIdType', 'typeCode']);
    for (const one of read) if (one.is === 'value-set') expect(new Set(one.codes.filter((code) => code !== 'E1762'))).toEqual(builtInTables.valueSets[one.of]);
  });
});
