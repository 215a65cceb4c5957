import { expect, test } from '@jest/globals';
import { existenceRequest, readExistence } from './existence.ts';

const answer = (response: string, status: string): Buffer => Buffer.from(`<r xmlns="urn:hl7-org:v3">${status === '' ? '' : `<statusCode code="${status}"/>`}<queryResponseCode code="${response}"/></r>`);

test.each([
  ['OK', 'ACTIF', 'open'], ['OK', 'active', 'open'], ['OK', 'FERME', 'closed'], ['OK', 'INACTIF', 'closed'], ['NF', '', 'absent'], ['OK', 'EN_COURS', 'unknown-status'], ['OK', '', null], ['AE', 'ACTIF', null],
] as const)('%s %s is %s', (response, status, told) => { expect(readExistence(answer(response, status))).toBe(told); });

test.each([[true, 'P'], [false, 'D']] as const)('production %s asks with processing code %s', (production, code) => {
  const request = existenceRequest('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH', '20260302080000', { sourceId: '1.2.3', production, software: { name: 'x', version: '1', service: 'y' } }, () => 'id');
  expect(request).toContain(`<processingCode code="${code}"/>`);
});
