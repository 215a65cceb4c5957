import { describe, expect, it } from '@jest/globals';
import { ins, patient } from '../../test/samples/bundles.ts';
import { emitPatient } from './patient.ts';
import { emitResource } from './resource.ts';

const nh = { use: 'official' as const, type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NH' }] }, system: 'urn:oid:1.2.250.1.213.1.4.8', value: '185076322000111' };
const pi = { use: 'usual' as const, type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PI' }] }, system: 'urn:oid:1.2.3', value: 'B' };
const uses = (type: string, generation: '2.0.1' | '2.1.0' | '2.2.0') => emitPatient(patient(1, { ins: type }), generation, true).identifier?.find((one) => one.system?.startsWith('urn:oid:1.2.250.1.213.1.4'))?.use;

describe('emitPatient', () => {
  it('gives an INS the use its generation wants', () => {
    expect([uses('INS-NIR', '2.1.0'), uses('INS-NIR', '2.2.0'), uses('INS-NIA', '2.0.1'), uses('INS-NIA', '2.1.0'), uses('INS-NIA', '2.2.0')]).toEqual(['official', 'official', 'temp', 'temp', 'official']);
  });
  it('keeps the use of an INS that has ended', () => {
    const old = { ...ins('INS-NIA'), use: 'old' as const };
    expect(emitPatient(patient(1, { more: [old] }), '2.1.0', true).identifier?.at(-1)?.use).toBe('old');
  });
  it.each([[true, 'PROV'], [false, 'VALI'], [false, 'PROV']])('no INS leaves when qualified is %s and the status %s', (qualified, status) => {
    expect(JSON.stringify(emitPatient(patient(1, { status, more: [nh] }), '2.1.0', qualified))).not.toMatch(/1\.2\.250\.1\.213\.1\.4\.|279035121518989/);
  });
  it.each([['2.0.1', '13'], ['2.0.1', '14'], ['2.1.0', '13'], ['2.1.0', '14']] as const)('nor does a social security number become one: %s, from OID …4.%s', (generation, arc) => {
    const told = patient(1, { ins: null, status: 'PROV', more: [{ ...nh, system: `urn:oid:1.2.250.1.213.1.4.${arc}` }] });
    expect(JSON.stringify(emitPatient(told, generation, false))).not.toMatch(/1\.2\.250\.1\.213\.1\.4\.|185076322000111/);
    expect(emitPatient(told, '2.2.0', false).identifier?.at(-1)?.system).toBe(`urn:oid:1.2.250.1.213.1.4.${arc}`);
  });
  it('gives the social security number its own OID from 2.2.0 on, and leaves one official identifier', () => {
    expect(emitPatient(patient(1, { ins: null, more: [nh] }), '2.1.0', true).identifier?.at(-1)?.system).toBe('urn:oid:1.2.250.1.213.1.4.8');
    expect(emitPatient(patient(1, { ins: null, more: [nh] }), '2.2.0', true).identifier?.at(-1)?.system).toBe('urn:oid:1.2.250.1.213.1.4.13');
    expect(emitPatient(patient(1, { more: [nh] }), '2.2.0', true).identifier?.filter((one) => one.use === 'official')).toHaveLength(1);
    const own = { ...nh, system: 'urn:oid:1.2.250.1.213.1.4.14' };
    expect(emitPatient(patient(1, { ins: null, more: [own] }), '2.1.0', true).identifier?.at(-1)?.system).toBe('urn:oid:1.2.250.1.213.1.4.8');
  });
  it.each([['INS-NIR-TEST', '2.0.1', false, undefined], ['INS-NIR-DEMO', '2.0.1', false, undefined], ['INS-NIR-TEST', '2.1.0', true, 'INS-NIR-TEST'], ['INS-NIR-DEMO', '2.1.0', false, 'INS-NIR-DEMO'], ['INS-NIR-DEMO', '2.2.0', true, 'INS-NIR-DEMO'], ['INS-NIR', '2.0.1', true, 'INS-NIR']] as const)('%s in %s: claimed as INS %s, typed %s', (type, generation, claimed, code) => {
    const emitted = emitPatient(patient(1, { ins: type }), generation, true);
    expect(emitted.meta?.profile?.[0]?.includes('patient-ins')).toBe(claimed);
    expect(emitted.identifier?.find((one) => one.system?.startsWith('urn:oid:1.2.250.1.213.1.4'))?.type?.coding?.[0]?.code).toBe(code);
  });
  it('leaves one PI in 2.0.1, and the others without that type', () => {
    const typesOf = (generation: '2.0.1' | '2.1.0') => emitPatient(patient(1, { more: [pi] }), generation, true).identifier?.filter((one) => one.type?.coding?.[0]?.code === 'PI').length;
    expect([typesOf('2.0.1'), typesOf('2.1.0')]).toEqual([1, 2]);
    expect(emitPatient(patient(1, { more: [pi] }), '2.0.1', true).identifier?.at(-1)).toEqual({ use: 'secondary', system: 'urn:oid:1.2.3', value: 'B' });
  });
  it('claims the INS profile only for who meets it, pinned in 2.2.0', () => {
    const base = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient';
    expect(emitPatient(patient(1), '2.1.0', true).meta).toEqual({ profile: [`${base}-ins`] });
    expect(emitPatient(patient(1), '2.2.0', true).meta).toEqual({ profile: [`${base}-ins|2.2.0`] });
    expect(emitPatient(patient(1), '2.1.0', false).meta).toEqual({ profile: [base] });
    const { birthDate: _, ...undated } = patient(1);
    expect(emitPatient(undated, '2.1.0', true).meta).toEqual({ profile: [base] });
  });
});

describe('emitResource', () => {
  const emission = { generation: '2.1.0', qualified: true } as const;
  it('leaves none of the gateway’s marks, and claims a profile only where it is met', () => {
    const meta = { source: 'urn:uuid:trace#PRT', lastUpdated: '2026-01-01T00:00:00Z' };
    expect(emitResource({ resourceType: 'Practitioner', meta, identifier: [{ system: 'a', value: 'b' }] }, emission).meta).toEqual({ profile: ['https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-practitioner'] });
    expect(emitResource({ resourceType: 'Practitioner', meta, identifier: [{ value: 'b' }] }, emission).meta).toBeUndefined();
    expect(emitResource({ resourceType: 'Organization', meta }, emission).meta).toBeUndefined();
    expect(emitResource({ resourceType: 'Encounter', meta, status: 'finished', class: { code: 'IMP' } }, emission).meta).toBeUndefined();
  });
});
