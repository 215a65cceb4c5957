import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hider } from './hide.ts';

const entry = (names: string, id = 'IPP-001') => ({ patientId: '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH', sourcePatientId: `${id}^^^&1.2.250.1.999.1&ISO^PI`, sourcePatientInfo: [`PID-5|${names}`, 'PID-7|19790328', 'PID-8|F'] });
const hide = hider([entry('DURAND-TEST^ZOÉ HÉLÈNE^^^^^L')]);

describe('what a partner quotes of the patient', () => {
  test.each([
    'durand-test', 'Durand Test', 'DURAND', 'Zoe', 'ZOÉ', 'hélène', 'Helene', 'ipp-001', '28/03/1979', '28.03.1979', '28 03 79', '1979-03-28', '19790328',
    '279035121518989', '2 79 03 51 215 189 89', '2790351215189', '185057512345678', '1 85 05 75 123 456 78', 'né le 28/03/1979.', 'INS 279035121518989.',
  ])('%s', (quoted) => {
    const shown = hide(`patient « ${quoted} », refusé`);
    expect(shown).toContain('***');
    expect(shown).not.toMatch(/durand|zo[eé]|h[eé]l[eè]ne|1979|28 03|279|185|ipp/i);
  });
  test('a name of two letters', () => { expect(hider([entry('LI^BO')])('M. Li, Bo ; delivered Liberté')).toBe('M. ***, *** ; delivered Liberté'); });
  test('what is not the patient’s stays: OIDs, codes, times', () => {
    const said = 'XDSRegistryMetadataError 1.2.250.1.213.1.4.10 2.25.329800735698586629295641978511506172918 20260302080000 urn:uuid:9e8d2f50-1e5a-4f2d-9b56-2a4b1c6f0d11 Testament';
    expect(hide(said)).toBe(said);
  });
  test('whatever the name, it is not said again', () => {
    fc.assert(fc.property(fc.string({ minLength: 2, maxLength: 20 }).filter((name) => /^[\p{L}\p{N}.*+?()[\]\\'-]+$/u.test(name) && !/[\p{M}]/u.test(name.normalize('NFC'))), (name) => {
      expect(hider([entry(name)])(`DMP ${name} !`)).toBe('DMP *** !');
    }));
  });
});
