import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { insOids } from '../domain/identity.ts';
import { settleClaims, type Claim } from './identifier-claims.ts';
import { matriculeFault, matriculeKey } from './matricule.ts';

const claim = (over: Partial<Claim>): Claim => ({ type: 'INS', value: '279035121518989', authority: insOids.nirTest, place: 'PID-3', ended: false, ...over });
const codes = (claims: Claim[]) => settleClaims(claims).findings.map(f => `${f.code} ${f.location}`);

describe('matricule INS', () => {
  test.each(['279035121518989', '185076322000111', '298041411800269', '279032A00412374', '185072B03304797'])('%s has a valid key', value => {
    expect(matriculeFault(value)).toBeNull();
  });
  test('any single wrong digit of the first 13 is seen', () => {
    fc.assert(fc.property(fc.integer({ min: 5, max: 12 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const right = '2790351215189', digit = (Number(right[at]) + shift) % 10;
      const wrong = right.slice(0, at) + String(digit) + right.slice(at + 1);
      expect(matriculeFault(wrong + matriculeKey(right))).toBe('identity.ins-key');
    }));
  });
  test.each(['', '2790351215189', '2 79 03 51 215 189 89', '27903512151898A', '979035121518989', '279032C00412374'])('form of "%s" is refused', value => {
    expect(matriculeFault(value)).toBe('identity.ins-format');
  });
});

describe('what a message claims about its patient', () => {
  test.each(Object.values(insOids))('an INS is known by its authority %s, wherever it stands', oid => {
    const settled = settleClaims([claim({ type: 'PI', value: '000003', authority: '1.2.3' }), claim({ authority: oid, place: 'PID-3(2)' })]);
    expect(settled.ins).toEqual({ matricule: '279035121518989', oid, place: 'PID-3(2)' });
    expect(settled.identifiers).toEqual([{ type: 'PI', value: '000003', authority: '1.2.3', place: 'PID-3' }]);
    expect(settled.findings).toEqual([]);
  });
  test('a false matricule is an error and is not used', () => {
    expect(settleClaims([claim({ value: '279035121518988' })]).ins).toBeNull();
    expect(codes([claim({ value: '279035121518988' })])).toEqual(['identity.ins-key PID-3-1']);
    expect(codes([claim({ value: '2790351215189' })])).toEqual(['identity.ins-format PID-3-1']);
  });
  test('two different INS are a contradiction; the same twice is not', () => {
    const other = claim({ value: '185076322000111', place: 'PID-3(2)' });
    expect(settleClaims([claim({}), other]).ins).toBeNull();
    expect(codes([claim({}), other])).toEqual(['identity.ins-contradiction PID-3(2)']);
    expect(codes([claim({}), claim({ authority: insOids.nir })])).toEqual(['identity.ins-contradiction PID-3']);
    expect(codes([claim({}), claim({})])).toEqual([]);
  });
  test('an INS that has ended is history, not a contradiction', () => {
    const settled = settleClaims([claim({ value: '185076322000111', ended: true }), claim({})]);
    expect([settled.ins?.matricule, settled.findings]).toEqual(['279035121518989', []]);
  });
  test('an INS under a foreign authority is refused, one under another type is read with a warning', () => {
    expect(codes([claim({ authority: '1.2.250.1.999.1' })])).toEqual(['identity.ins-authority PID-3-4']);
    expect(codes([claim({ type: 'PI' })])).toEqual(['identity.ins-type PID-3-5']);
  });
  test('the number of an insured person is not an INS, though its authority be the NIR', () => {
    const settled = settleClaims([claim({ type: 'NH', authority: insOids.nir })]);
    expect([settled.ins, settled.identifiers.length]).toEqual([null, 1]);
  });
  test('INS-C is ignored with a warning', () => {
    const settled = settleClaims([claim({ type: 'INS-C', authority: '1.2.250.1.213.1.4.2', value: '0123456789012345678922' })]);
    expect([settled.ins, settled.identifiers, settled.findings.map(f => f.code)]).toEqual([null, [], ['identity.ins-c']]);
  });
  test('two internal numbers of one authority contradict each other; of two authorities they do not', () => {
    const ipp = (value: string, authority: string) => claim({ type: 'PI', value, authority });
    expect(codes([ipp('1', '1.2.3'), ipp('2', '1.2.3')])).toEqual(['identity.identifier-contradiction PID-3']);
    expect(codes([ipp('1', '1.2.3'), ipp('2', '1.2.4')])).toEqual([]);
    expect(codes([ipp('1', '')])).toEqual(['identity.no-authority PID-3-4']);
  });
  test('an id of a CDA is one place', () => {
    expect(codes([claim({ type: '', value: '1', place: 'ClinicalDocument/id[1]' })])).toEqual(['identity.ins-format ClinicalDocument/id[1]']);
  });
});
