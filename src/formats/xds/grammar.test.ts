import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CdaAssigned } from '../cda/header.ts';
import { isInsOid } from '../../domain/identity.ts';
import { readCx, readXcn, readXon } from './grammar.ts';
import { cx, institution, person } from './hl7-texts.ts';

const text = fc.string({ minLength: 1, maxLength: 30 });
const oid = fc.array(fc.nat(999), { minLength: 1, maxLength: 5 }).map((arcs) => ['1.3', ...arcs].join('.'));
const nobody: CdaAssigned = { ids: [], code: null, person: null, device: null, organization: null, telecoms: [] };

describe('what is written is read again, whatever stands in the names', () => {
  test('CX', () => {
    fc.assert(fc.property(text, oid, (value, authority) => { expect(readCx(cx({ root: authority, extension: value, nullFlavor: '' }, 'PI'))).toEqual({ ok: { value, authority, type: 'PI' } }); }));
  });
  test('XCN', () => {
    fc.assert(fc.property(text, text, text, oid, (id, family, given, authority) => {
      const written = person({ ...nobody, ids: [{ root: authority, extension: `${id}/`, nullFlavor: '' }], person: { family: [{ text: family, qualifier: '' }], given: [{ text: given, qualifier: '' }], prefix: '', suffix: '' } }, isInsOid);
      expect(readXcn(written)).toEqual({ ok: { id: `${id}/`, family, given, authority, nameType: 'D', type: 'EI' } });
    }));
  });
  test('XON', () => {
    fc.assert(fc.property(text, text, oid, (name, id, authority) => {
      const written = institution({ ids: [{ root: authority, extension: id, nullFlavor: '' }], name, nameNullFlavor: '', industry: null, telecoms: [], address: '' });
      expect(readXon(written)).toEqual({ ok: { name, authority, type: '', id } });
    }));
  });
});

describe('French forms', () => {
  test.each([
    ['279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH', { ok: { value: '279035121518989', authority: '1.2.250.1.213.1.4.10', type: 'NH' } }],
    ['279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH^^20100907', { ok: { value: '279035121518989', authority: '1.2.250.1.213.1.4.10', type: 'NH' } }],
    ['^^^&1.2.3&ISO^NH', { broken: 'CX.1' }], ['1^2^^&1.2.3&ISO^NH', { broken: 'CX.2' }], ['1^^^1.2.3^NH', { broken: 'CX.4' }], ['1^^^&1.2.3&DNS^NH', { broken: 'CX.4' }], ['1^^^&x&ISO^NH', { broken: 'CX.4' }], ['1^^^&1.2.3&ISO', { broken: 'CX.5' }],
  ])('CX %s', (given, expected) => { expect(readCx(given)).toEqual(expected); });
  const professional = (id: string, rest = '&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS') => `${id}^CAMPARINI^Marcel^^^^^^${rest}`;
  test.each([
    [professional('801234534765'), null], [professional('0123456789'), null], [professional('3990000019/221'), null], [professional('01234534765'), 'XCN.1'], [professional('70123453476'), 'XCN.1'], [professional(''), 'XCN.1'],
    ['801234534765^^Marcel^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS', 'XCN.2'], [professional('1', ''), 'XCN.9'], [professional('801234534765', '&1.2.250.1.71.4.2.1&ISO^^^^IDNPS'), 'XCN.10'],
    [professional('801234534765', '&1.2.250.1.71.4.2.1&ISO^D^^^RPPS'), 'XCN.13'], [professional('279035121518989', '&1.2.250.1.213.1.4.10&ISO^D^^^NH'), null], [professional('279035121518989', '&1.2.3&ISO^D^^^NH'), 'XCN.9'],
    ['801234534765^CAMPARINI^Marcel^^^^Dr^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS', 'XCN.7'],
  ])('XCN %s', (given, broken) => { expect(readXcn(given)).toEqual(broken === null ? { ok: expect.anything() } : { broken }); });
  test.each([
    ['CH^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1140000001', null], ['CH', null], ['^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1140000001', null], ['CH^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^140000001', 'XON.10'],
    ['CH^^^^^&1.2.250.1.71.4.2.2&ISO^^^^1140000001', 'XON.7'], ['', 'XON.1'], ['CH^^^^^1.2^IDNST^^^1', 'XON.6'], ['CH^^^^^&1.2.3&ISO', 'XON.10'], ['CH^^^^^^^^^1', 'XON.6'], ['CH^L', 'XON.2'],
    ['LAB^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^2123456789', null], ['LAB^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^312345678900011', null],
  ])('XON %s', (given, broken) => { expect(readXon(given)).toEqual(broken === null ? { ok: expect.anything() } : { broken }); });
});
