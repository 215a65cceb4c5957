import { describe, expect, it } from '@jest/globals';
import type { PatientIdentity } from '../domain/identity.ts';
import { samePerson } from './same-person.ts';

const ins = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10', place: 'PID-3(1)' } as const;
const ipp = { type: 'PI', value: '000003', authority: '1.2.250.1.999.140', place: 'PID-3(2)' };
const person = (change: Partial<PatientIdentity> = {}): PatientIdentity => ({
  ins, identifiers: [ipp], statuses: ['VALI'], qualified: true, birthDate: '1979-03-28', sex: 'female', birthFamily: null, birthGiven: null, ...change,
});
const codes = (message: PatientIdentity, document: PatientIdentity) => samePerson(message, document, 'OBX[1]-5').map((one) => one.code);

describe('same person, inside one message (invariant 9)', () => {
  it('takes the same INS, value and OID', () => { expect(codes(person(), person())).toEqual([]); });
  it('refuses another INS', () => { expect(codes(person(), person({ ins: { ...ins, matricule: '298041411800269' } }))).toContain('facts.ins-differs'); });
  it('refuses the same number under another OID', () => { expect(codes(person({ identifiers: [] }), person({ identifiers: [], ins: { ...ins, oid: '1.2.250.1.213.1.4.8' } }))).toContain('facts.ins-differs'); });
  it('refuses another number under the same authority, though the INS agrees', () => { expect(codes(person(), person({ identifiers: [{ ...ipp, value: '000004' }] }))).toEqual(['facts.identifier-differs']); });
  it('takes a number of an authority the message does not name', () => { expect(codes(person(), person({ identifiers: [ipp, { ...ipp, authority: '1.2.250.1.999.9', value: '7' }] }))).toEqual([]); });
  it('takes one of several numbers under one authority', () => { expect(codes(person({ identifiers: [ipp, { ...ipp, value: '000009' }] }), person({ identifiers: [{ ...ipp, value: '000009' }] }))).toEqual([]); });
  it('refuses when nothing is in common', () => { expect(codes(person({ ins: null }), person({ identifiers: [] }))).toEqual(['facts.no-identifier-in-common']); });
  it('never counts numbers without authority as common', () => { expect(codes(person({ ins: null, identifiers: [{ ...ipp, authority: '' }] }), person({ ins: null, identifiers: [{ ...ipp, authority: '' }] }))).toEqual(['facts.no-identifier-in-common']); });
  it('never counts an insured person’s number as common: a family shares it', () => {
    const nss = { type: 'NH', value: '185076322000111', authority: '1.2.250.1.999.9', place: 'PID-3(2)' };
    expect(codes(person({ ins: null, identifiers: [nss] }), person({ ins: null, identifiers: [{ ...nss, type: '' }] }))).toEqual(['facts.no-identifier-in-common']);
  });
  it('refuses another birth date, and takes a year that agrees with a day', () => {
    expect(codes(person(), person({ birthDate: '1979-03-29' }))).toEqual(['facts.birth-date-differs']);
    expect(codes(person(), person({ birthDate: '1979' }))).toEqual([]);
  });
  it('refuses another sex, and does not take unknown for one', () => {
    expect(codes(person(), person({ sex: 'male' }))).toEqual(['facts.sex-differs']);
    expect(codes(person(), person({ sex: 'unknown' }))).toEqual([]);
  });
  it('tells a birth name that differs, however it is written', () => {
    const named = (birthFamily: string | null, birthGiven: string | null) => person({ birthFamily, birthGiven });
    expect(codes(named('LE GOFF', 'Anne-Lise'), named('Le-Goff', 'ANNE'))).toEqual([]);
    expect(codes(named('ÉLOI', null), named('Eloi', 'Zoé'))).toEqual([]);
    expect(codes(named('MARTIN', 'CLAIRE'), named('DURAND', 'CLAIRE'))).toEqual(['facts.birth-name-differs']);
    expect(codes(named('MARTIN', 'CLAIRE'), named('MARTIN', 'JEANNE'))).toEqual(['facts.birth-name-differs']);
    expect(samePerson(named('A', 'B'), named('C', 'B'), 'OBX[1]-5').map(({ severity }) => severity)).toEqual(['warning']);
  });
  it('says places, never values', () => {
    const texts = samePerson(person(), person({ ins: { ...ins, matricule: '298041411800269' }, birthDate: '2000-01-01', sex: 'male' }), 'OBX[1]-5').map((one) => JSON.stringify(one)).join();
    expect(texts).not.toMatch(/279035|298041|1979|2000/);
  });
});
