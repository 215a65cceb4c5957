import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coreDefinitions } from '../../test/core-definitions.ts';
import { sharedFolder, whenShared } from '../../test/when-shared.ts';
import { createValidator } from '../validate/validator.ts';
import { asArchive } from './as-archive.ts';
import { canonicalOf } from './code-list.ts';
import { PackageFault } from './fault.ts';
import { openPackage } from './open-package.ts';
import { openPackageStore } from './store.ts';

const svs = (kind: string, name: string, oid: string, system: string, codes: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008"><ValueSet dateMaj="20260101120000" displayName="${name}.tabs" id="${oid}" typeFichier="${kind}" urlFichier="https://mos.esante.gouv.fr/NOS/${name}"><ConceptList>
${codes.map((code) => `<Concept code="${code}" codeSystem="${system}" displayName="Libellé &amp; ${code}"/>`).join('\n')}
</ConceptList></ValueSet></RetrieveValueSetResponse>`;
const jdv = svs('JDV', 'JDV_J999-Essai-CISIS', '1.2.250.1.213.1.1.5.9999', '1.2.250.1.999.4', ['A', 'B']);
const tre = svs('TRE', 'TRE_R999-Essai', '1.2.250.1.999.4', '1.2.250.1.999.4', ['A', 'B', 'C']);
const set = 'https://mos.esante.gouv.fr/NOS/JDV_J999-Essai-CISIS/FHIR/JDV-J999-Essai-CISIS';
const system = 'https://mos.esante.gouv.fr/NOS/TRE_R999-Essai/FHIR/TRE-R999-Essai';
const profile = { resourceType: 'StructureDefinition', url: 'https://example.org/p', version: '1', kind: 'resource', type: 'Basic', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Basic', differential: { element: [{ path: 'Basic.code', binding: { strength: 'required', valueSet: set } }] } };

/** The files as `packages add` keeps them, then a code judged by the profile's binding: error ids, and what was left unchecked. */
function judged(files: Readonly<Record<string, string>>, coding: Readonly<Record<string, string>>): [string[], string[]] {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-nos-'));
  const store = openPackageStore(join(folder, 'packages'), join(folder, 'cache'));
  for (const [name, text] of Object.entries({ 'p.json': JSON.stringify(profile), ...files })) store.add(asArchive(Buffer.from(text), join(folder, name)), name);
  const { outcome, unchecked } = createValidator({ definitions: coreDefinitions(), packages: store.open(), language: 'en' }).validate({ resourceType: 'Basic', code: { coding: [coding] } }, { profiles: [profile.url] });
  return [outcome.issue.filter(({ severity }) => severity === 'error').map(({ details }) => details.coding[0]?.code ?? ''), unchecked.map(({ valueSet }) => valueSet)];
}

describe('lists of the NOS, added as files', () => {
  const csv = 'OID;Code;Libellé\n1.2.250.1.999.4;A;"Un ""A"" ; oui"\n1.2.250.1.999.4;B;B\n';
  test.each([['SVS XML', { 'jdv.xml': jdv }], ['CSV', { 'JDV_J999-Essai-CISIS.csv': csv }], ['tabs', { 'JDV_J999-Essai-CISIS.tabs': csv.replaceAll(';', '\t') }]])('%s: a code by its OID is judged, one under an address nobody told is not', (_name, files) => {
    expect(judged(files, { system: 'urn:oid:1.2.250.1.999.4', code: 'A' })).toEqual([[], []]);
    expect(judged(files, { system: 'urn:oid:1.2.250.1.999.4', code: 'Z' })).toEqual([['binding'], []]);
    expect(judged(files, { system, code: 'Z' })).toEqual([[], [set]]);
  });

  test('with its code system (TRE) the address is known: both names are judged, and the code itself', () => {
    const files = { 'jdv.xml': jdv, 'tre.xml': tre };
    expect(judged(files, { system, code: 'A' })).toEqual([[], []]);
    expect(judged(files, { system, code: 'C' })).toEqual([['binding'], []]);
    expect(judged(files, { system, code: 'Z' })[0].sort()).toEqual(['binding', 'code-unknown']);
    expect(judged(files, { system: 'urn:oid:1.2.250.1.999.4', code: 'C' })).toEqual([['binding'], []]);
  });

  test('a FHIR ValueSet as a file; without any of them the binding is said to be unchecked', () => {
    const valueSet = JSON.stringify({ resourceType: 'ValueSet', url: set, version: '20260101', compose: { include: [{ system, concept: [{ code: 'A' }] }] } });
    expect(judged({ 'vs.json': valueSet }, { system, code: 'B' })).toEqual([['binding'], []]);
    expect(judged({}, { system, code: 'B' })).toEqual([[], [set]]);
  });

  test('the canonical is the one of the NOS in FHIR', () => {
    expect(canonicalOf('https://mos.esante.gouv.fr/NOS/JDV_J46-TypeEvenementNotification-CISIS')).toBe('https://mos.esante.gouv.fr/NOS/JDV_J46-TypeEvenementNotification-CISIS/FHIR/JDV-J46-TypeEvenementNotification-CISIS');
  });

  test.each([['x.xml', '<RetrieveValueSetResponse><ValueSet'], ['x.xml', '<!DOCTYPE a [<!ENTITY b "c">]><RetrieveValueSetResponse><ValueSet displayName="&b;"/></RetrieveValueSetResponse>'], ['x.xml', svs('JDV', 'JDV_J1-X', '1', '1', [])], ['notes.csv', 'code;libelle\nA;B'], ['JDV_J1-X.csv', 'a;b\nA;B'], ['JDV_J1-X.csv', 'code;libelle\n'], ['x.json', '{"resourceType":"Basic"}']])('what is no list is refused with words: %s', (name, text) => {
    expect(() => asArchive(Buffer.from(text), name)).toThrow(PackageFault);
  });

  test('any cells come back as they were written', () => {
    const cell = fc.string().map((text) => text.replaceAll(/[\r\n]/g, ' ').trim()).filter((text) => text !== '');
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const text = `code;libelle\n${rows.map((row) => row.map(quoted).join(';')).join('\n')}`;
      const file = join(mkdtempSync(join(tmpdir(), 'passerelle-csv-')), 'JDV_J1-X.csv');
      writeFileSync(file, text);
      const { compose } = openPackage(file).entries[0]?.load() as { compose: { include: { concept: { code: string; display: string }[] }[] } };
      expect(compose.include[0]?.concept.map(({ code, display }) => [code, display])).toEqual(rows);
    }), { numRuns: 50 });
  });
});

whenShared('the JDV files of the reference', () => {
  const folder = join(sharedFolder, 'examples', 'dmp', 'jdv');
  test.each(readdirSync(folder))('%s serves a binding', (name) => {
    const pack = openPackage(join(folder, name));
    const validator = createValidator({ definitions: coreDefinitions(), packages: [pack] });
    const [entry] = pack.entries;
    expect(entry?.url).toMatch(/^https:\/\/mos\.esante\.gouv\.fr\/NOS\/JDV_J\d+-[\w-]+\/FHIR\/JDV-J\d+-[\w-]+$/);
    const codes = [...readFileSync(join(folder, name), 'utf8').matchAll(/<Concept\s+code="([^"]+)"\s+codeSystem="([^"]+)"/g)].map(([, code = '', oid = '']) => ({ code, oid }));
    expect(codes.length).toBeGreaterThan(1);
    const set = validator.compiler.terminology.valueSet(entry?.url ?? '');
    // One code of JDV_J07 has a system that is no OID (`ASTM`): it stays as written.
    const system = (oid: string): string => (/^\d/.test(oid) ? `urn:oid:${oid}` : oid);
    expect(codes.filter(({ code, oid }) => set?.has(system(oid), code) !== 'in')).toEqual([]);
    expect(set?.has(system(codes[0]?.oid ?? ''), 'zz-none')).toBe('out');
  });
});
