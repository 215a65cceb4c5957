import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partnerText, unquoted } from './partner-text.ts';

const bundle = Buffer.from(JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: {
  resourceType: 'Patient', name: [{ family: 'ROUSSEAU-DÉLÉGUÉ', given: ['Chloé'], use: 'official' }], birthDate: '1979-03-28',
  identifier: [{ system: 'urn:oid:1.2.250.1.213.1.4.10', value: '279035121518989' }, { value: 'IPP-004217', type: { coding: [{ code: 'PI', display: 'Internal' }] } }], telecom: [{ value: '+33 6 39 98 01 23' }],
} }] }));
const told = partnerText(bundle);
const dots = '••••••';

test.each(['Bundle/9f0c1d2e-0a1b-4c2d-8e3f-0123456789ab', 'https://region.test/fhir/DiagnosticReport/9f0c1d2e-0a1b-4c2d-8e3f-0123456789ab/_history/1', 'urn:uuid:9f0c1d2e-0a1b-4c2d-8e3f-0123456789ab', '1.2.250.1.999.1.1764012345678.3'])('a name of nothing is shown: %s', (id) => {
  expect([told.id(id), partnerText(null).id(id), told.id(null)]).toEqual([id, id, null]);
});

test.each(['Patient/279035121518989', 'Patient/42', 'https://region.test/fhir/Patient?identifier=279035121518989', '1.2.250.1.213.1.4.10.185076322000111', '1.2.3.4.279035121518989', 'ROUSSEAU', 'x'.repeat(500)])('any other is not: %s', (id) => {
  expect(told.id(id)).toBe(dots);
});

test.each(['XDSPatientIdDoesNotMatch', 'HTTP 400', 'AE 204/906 101', 'TD0.2 statusCode', 'PID-3(1)-4', 'Identité inconnue (INS)', 'MTOM/http://www.w3.org/2003/05/soap-envelope'.slice(0, 4), '1990000001'])('a code is shown: %s', (code) => {
  expect(told.code(code)).toBe(code);
});

test.each(['AE rousseau/906', 'Délégué', 'chloe', 'patient 2 79 03 51 215 189 89', '279035121518989', '28/03/1979', 'ipp 004217', '0639980123'.replace('06', '+336'), '1 85 07 63 220 001 11', '<script>alert(1)</script>', 'ligne\nsuivante'])('what tells of a patient, or is no code, is not: %s', (code) => {
  expect(told.code(code)).toBe(dots);
});

test('wherever a value of the patient stands in a partner’s text, the text is not shown', () => {
  fc.assert(fc.property(fc.string({ maxLength: 30 }), fc.constantFrom('ROUSSEAU', 'rousseau', 'Délégué', '279035121518989', '19790328'), fc.string({ maxLength: 30 }), (before, value, after) => {
    expect(told.code(`${before} ${value} ${after}`)).toBe(dots);
    expect(told.id(`${before}/${value}/${after}`)).toBe(dots);
  }));
});

test('what partners said of a delivery; the meaning of a code that we know is ours', () => {
  const said = (code: string, label: string) => ({ args: [code], remote: { code, label, english: label } });
  const one = { remoteId: 'Patient/279035121518989', attemptsMade: [{ n: 1, said: said('ROUSSEAU', 'ROUSSEAU') }, { n: 2, said: said('XDSRepositoryError', 'Erreur du DMP') }, { n: 3, said: null }] };
  expect(unquoted(one, told)).toEqual({ remoteId: dots, attemptsMade: [{ n: 1, said: said(dots, dots) }, { n: 2, said: said('XDSRepositoryError', 'Erreur du DMP') }, { n: 3, said: null }] });
});
