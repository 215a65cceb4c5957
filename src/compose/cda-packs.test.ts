import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCdaHeader } from '../formats/cda/read.ts';
import { packContents, type PackContents } from '../packages/cda-pack/contents.ts';
import { readPackFiles, type PackFiles } from '../packages/cda-pack/pack-files.ts';
import { PackStore } from '../packages/cda-pack/pack-store.ts';
import { withoutValues } from '../packages/cda-pack/xsd.ts';
import type { DocumentCheck } from '../route/document-rules.ts';
import { cdaPackCheck } from './cda-packs.ts';

const source = fileURLToPath(new URL('../../fixtures/ci-sis-pack', import.meta.url));
const contentsOf = (files: PackFiles): PackContents => packContents('essai', [...files.keys()], (path) => files.get(path)?.toString('utf8'));
const files = await readPackFiles(source);
let folder: string;
let check: DocumentCheck;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-pack-'));
  new PackStore(folder).add(contentsOf(files), files);
  const opened = await cdaPackCheck(folder);
  if (opened === null) throw new Error('no pack');
  check = opened;
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const document = `<?xml version="1.0" encoding="ISO-8859-15"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <templateId root="1.2.250.1.999.9.1"/>
  <id root="1.2.250.1.999.1"/>
  <code code="11502-2" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Résultats</title>
  <effectiveTime value="20261120111805+0100"/>
  <languageCode code="fr-FR"/>
  <recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="279035121518989"/></patientRole></recordTarget>
  <author><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="899700218896"/></assignedAuthor></author>
  <component><structuredBody/></component>
</ClinicalDocument>`;
function told(text: string): string[] {
  const bytes = Buffer.from(text, 'latin1');
  const read = readCdaHeader(bytes, { timeZone: 'Europe/Paris' });
  if (!read.ok) throw new Error('unreadable');
  return check(bytes, read.header, 'OBX[1]-5').map(({ severity, code, args = [] }) => `${severity} ${code} ${args.join(' ')}`);
}
const changed = (from: string | RegExp, to: string) => told(document.replace(from, to));

test('without a pack there is no check', async () => { expect(await cdaPackCheck(join(folder, 'nothing'))).toBeNull(); });
test('a conform document has nothing said of it, alone or inside its style sheet', () => {
  expect(told(document)).toEqual([]);
  expect(told(document.replace('<ClinicalDocument', '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><ClinicalDocument').replace('</ClinicalDocument>', '</ClinicalDocument></xsl:stylesheet>'))).toEqual([]);
});

describe('the schema', () => {
  test('an element missing, a value refused: where, and never the value', () => {
    expect(changed('  <title>Résultats</title>\n', '')).toEqual([expect.stringMatching(/^error cda-pack\.schema 6:\d+ Element 'effectiveTime': This element is not expected\. Expected is \( title \)\.$/)]);
    const [wrong = ''] = changed('value="20261120111805+0100"', 'value="279035121518989DUPONT"');
    expect(wrong).toMatch(/^error cda-pack\.schema 7:\d+ Element 'effectiveTime', attribute 'value': \[facet 'pattern'\] The value … is not accepted by the pattern/);
    expect(wrong).not.toContain('DUPONT');
  });
  test.each([
    ["Element '{urn:hl7-org:v3}family': 'DUPONT' is not a valid value of the atomic type 'xs:date'.", "Element 'family': … is not a valid value of the atomic type 'xs:date'."],
    ["Element 'a', attribute 'b': [facet 'enumeration'] The value 'd'Artagnan' is not an element of the set {'x', 'y'}.", "Element 'a', attribute 'b': [facet 'enumeration'] The value … is not an element of the set of the schema."],
    ["Duplicate key-sequence ['279035121518989'] in unique identity-constraint 'u'.", 'Duplicate key-sequence … in unique identity-constraint ….'],
  ])('%s', (message, said) => { expect(withoutValues(message)).toBe(said); });
});

describe('the schematron of the volet', () => {
  test.each([
    [/root="1\.2\.250\.1\.71\.4\.2\.1" /, '', ['error cda-pack.rule 10:11 [entete] Un identifiant complet est requis.']],
    [/<assignedAuthor>.*<\/assignedAuthor>/, '<assignedAuthor/>', ['error cda-pack.rule 2:1 [entete] Chaque auteur a un identifiant.', 'error cda-pack.rule 10:11 [entete] Un identifiant complet est requis.']],
    ['Résultats', ' Brouillon de M. Dupont', ["error cda-pack.rule 2:1 [entete] Un brouillon n'est pas transmis : …"]],
    ['code="11502-2"', 'code="34133-9"', ["error cda-pack.rule 5:3 [dansJeuDeValeurs] L'élément ClinicalDocument/code […] doit faire partie du jeu de valeurs."]],
    ['  <languageCode code="fr-FR"/>\n', '', ['warning cda-pack.rule 2:1 [entete] La langue devrait être dite.']],
    ['<structuredBody/>', '<structuredBody><component><section><templateId root="1.2.250.1.999.9.2"/></section></component></structuredBody>', ['error cda-pack.rule 11:41 [entete] classCode est requis ici.']],
  ])('%s', (from, to, expected) => { expect(changed(from, to)).toEqual(expected); });
  test('a document of another volet goes by the general one', () => {
    const other = document.replace('1.2.250.1.999.9.1', '1.2.250.1.999.8');
    expect(told(other)).toEqual([]);
    expect(told(other.replace(/<recordTarget>.*<\/recordTarget>/, ''))).toEqual(['error cda-pack.rule 2:1 [minimum] recordTarget est requis.']);
  });
});

describe('what of a pack cannot be used is told, never passed over', () => {
  const without = (path: string) => new Map([...files].filter(([name]) => name !== path));
  const altered = (path: string, from: string, to: string) => new Map([...files, [path, Buffer.from((files.get(path)?.toString('utf8') ?? '').replace(from, to))]]);
  const volet = 'schematrons/volet-essai.sch';
  test('the whole pack can', () => {
    expect(contentsOf(files)).toEqual({
      name: 'essai', schema: 'xsd/CDA_extended.xsd', general: 'schematrons/StructurationMinimale.sch', problems: [],
      schematrons: [{ path: 'schematrons/StructurationMinimale.sch', templates: [], tests: 1 }, { path: volet, templates: ['1.2.250.1.999.9.1'], tests: 7 }],
    });
  });
  test.each([
    ['a value set that is not there', without('jeuxDeValeurs/types.xml'), /let JDV-types \(\.\.\/jeuxDeValeurs\/types\.xml\)/],
    ['an include that is not there', without('schematrons/include/entete.sch'), /include include\/entete\.sch is not in the pack/],
    ['a function that only XSLT has', altered('schematrons/include/entete.sch', 'cda:languageCode', "key('k', .)"), /entete: key\('k', \.\) \(.*XPST0017/],
    ['an expression that is no XPath', altered('schematrons/include/entete.sch', 'cda:languageCode', 'cda:languageCode['), /entete: cda:languageCode\[ \(.*XPST0003/],
    ['an unknown query language', altered(volet, 'xslt2', 'exslt'), /queryBinding exslt is not known/],
    ['no document of its own', altered('schematrons/include/entete.sch', "cda:templateId[@root='1.2.250.1.999.9.1']", 'true()'), /names no templateId of ClinicalDocument/],
  ])('%s', (_, pack, expected) => { expect(contentsOf(pack).problems).toEqual([expect.stringMatching(expected)]); });
  test('a rule that cannot be evaluated does not refuse the document, and each document says it was not checked by it', async () => {
    const other = mkdtempSync(join(tmpdir(), 'passerelle-pack-'));
    const pack = without('jeuxDeValeurs/types.xml');
    new PackStore(other).add(contentsOf(pack), pack);
    const opened = await cdaPackCheck(other);
    const read = readCdaHeader(Buffer.from(document, 'latin1'), { timeZone: 'Europe/Paris' });
    const found = read.ok ? opened?.(Buffer.from(document, 'latin1'), read.header, 'OBX[1]-5') ?? [] : [];
    rmSync(other, { recursive: true });
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning cda-pack.unchecked']);
    expect(found[0]?.args?.[1]).toContain('../jeuxDeValeurs/types.xml');
  });
  test('a pack that uses a schema it has not is refused at start, not at each message', async () => {
    const other = mkdtempSync(join(tmpdir(), 'passerelle-pack-'));
    const pack = without('xsd/types.xsd');
    new PackStore(other).add(contentsOf(pack), pack);
    await expect(cdaPackCheck(other)).rejects.toThrow('the CI-SIS pack cannot be used');
    rmSync(other, { recursive: true });
  });
});

describe('where packs come from', () => {
  test('a folder, with what is no schema, schematron or value set left aside', () => {
    expect([...files.keys()].sort()).toEqual(['jeuxDeValeurs/types.xml', 'schematrons/StructurationMinimale.sch', 'schematrons/abstract/dansJeuDeValeurs.sch', 'schematrons/include/entete.sch', 'schematrons/volet-essai.sch', 'xsd/CDA_extended.xsd', 'xsd/types.xsd']);
    expect(files.get('xsd/types.xsd')?.equals(readFileSync(join(source, 'xsd/types.xsd')))).toBe(true);
  });
});
