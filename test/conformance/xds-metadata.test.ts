import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { readCdaHeader } from '../../src/formats/cda/read.ts';
import type { XdsCode } from '../../src/formats/xds/document-entry.ts';
import { documentEntry } from '../../src/formats/xds/entry.ts';
import { sha1 } from '../../src/formats/xds/submission.fixture.ts';
import { shared, whenShared } from '../when-shared.ts';
import { cdaByXPath } from './cda-by-xpath.ts';

const text = (code: XdsCode | null): string | null => (code === null ? null : `${code.code}^^${code.scheme} ${code.display}`.trim());
const trimmed = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? one.trim() : one)));

whenShared('metadata of the CI-SIS examples, field by field, against XPath over libxml2', () => {
  const folder = shared('examples/cda-ans') ?? '';
  const names = readdirSync(folder);
  test('all of them', () => { expect(names).toHaveLength(47); });
  test.each(names)('%s', (name) => {
    const bytes = readFileSync(`${folder}/${name}`);
    const read = readCdaHeader(bytes, { timeZone: 'Europe/Paris' });
    if (!read.ok) throw new Error(name);
    const { entry } = documentEntry(read.header, { sha1: sha1(bytes), size: bytes.length, flags: null });
    const { classCode, formatCode, ...ours } = entry;
    const said = {
      ...ours, typeCode: text(ours.typeCode), healthcareFacilityTypeCode: text(ours.healthcareFacilityTypeCode), practiceSettingCode: text(ours.practiceSettingCode),
      confidentialityCode: ours.confidentialityCode.map(text), eventCodeList: ours.eventCodeList.map(text),
    };
    expect(trimmed(said)).toEqual(trimmed(cdaByXPath(bytes)));
    // Complete: nothing the DMP requires is empty (dmp.md §1.5).
    const { serviceStopTime: _stop, replaces: _replaces, ...required } = said;
    expect(Object.entries({ ...required, classCode, formatCode }).filter(([, value]) => value === '' || value === null).map(([attribute]) => attribute)).toEqual([]);
    expect([entry.authors.length, entry.confidentialityCode.length].every((count) => count > 0)).toBe(true);
  });
});
