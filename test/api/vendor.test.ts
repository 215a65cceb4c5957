import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { apiGateway, type ApiGateway } from './gateway.ts';
import { toRegion } from '../e2e/gateway.ts';

let api: ApiGateway;
const report = (id: string) => ({ id, system: 'regional', address: 'http://127.0.0.1:1', received: 2, broken: ['a-rule'], stored: { Patient: 1 }, duplicates: [], shown: [{ label: 'page', value: 'http://127.0.0.1:1/' }] });
beforeAll(async () => { api = await apiGateway(toRegion('http://127.0.0.1:1/fhir'), undefined, { reports: () => [report('region'), report('elsewhere')] }); }, 60_000);
afterAll(() => api.close());
const oru = readFileSync(new URL('../../fixtures/hl7v2/oru-r01/haematology/in.hl7', import.meta.url));

test('a vendor sees what a file becomes, and what is wrong with it; nothing is kept', async () => {
  const vendor = await api.as('vendor');
  const checked = await vendor.ask('POST', '/api/vendor/check', undefined, { raw: oru });
  expect(checked.body).toMatchObject({ messages: [{ format: 'hl7v2', messageType: 'ORU^R01', ack: { code: 'AA', errors: [] }, deliveries: [{ destination: 'region', state: 'planned' }] }] });
  const converted = await vendor.ask('POST', '/api/vendor/convert', undefined, { raw: Buffer.concat([oru, Buffer.from('\r'), oru]) });
  expect(converted.body).toMatchObject({ messages: [{ bundle: { resourceType: 'Bundle' }, loss: [] }, { bundle: { resourceType: 'Bundle' } }] });
  const nothing = await vendor.ask('POST', '/api/vendor/check', undefined, { raw: Buffer.from('no message') });
  expect(nothing.body).toMatchObject({ messages: [{ format: 'unknown' }] });
  expect((await vendor.ask('POST', '/api/vendor/check', undefined, { raw: Buffer.alloc(0) })).body).toMatchObject({ code: 'api.invalid', place: 'body' });
  expect((await api.gateway.journal.counts()).messages.received).toBe(0);
}, 60_000);

test('findings in the reader’s language', async () => {
  const vendor = await api.as('vendor');
  const bad = Buffer.from(oru.toString('latin1').replace(/^MSH\|\^~\\&\|[^|]*\|[^|]*\|/, 'MSH|^~\\&||||').replace('ORU^R01^ORU_R01', 'ORU^R99'), 'latin1');
  const text = async (language: string) => {
    const { body } = await vendor.ask('POST', '/api/vendor/check', undefined, { raw: bad, headers: { 'accept-language': language } });
    const [message] = body.messages as unknown as { findings: { severity: string; text: string; advice: string }[] }[];
    return message?.findings.map((one) => one.text).join();
  };
  const [fr, en] = [await text('fr'), await text('en')];
  expect([fr === '', fr === en]).toEqual([false, false]);
}, 60_000);

test('a resource is validated', async () => {
  const vendor = await api.as('vendor');
  const { body } = await vendor.ask('POST', '/api/vendor/validate', undefined, { raw: Buffer.from(JSON.stringify({ resourceType: 'Patient', gender: 'x' })) });
  expect(body).toMatchObject({ resourceType: 'OperationOutcome', issue: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) });
}, 60_000);

test('the catalogue of examples; nothing outside it', async () => {
  const vendor = await api.as('vendor');
  const { body } = await vendor.ask('GET', '/api/vendor/fixtures');
  const fixtures = body.fixtures as unknown as { id: string; format: string; family: string; title: string }[];
  expect(fixtures.length).toBeGreaterThan(300);
  expect(new Set(fixtures.map(({ id }) => id)).size).toBe(fixtures.length);
  const one = (await vendor.ask('GET', '/api/vendor/fixtures/hl7v2~oru-r01~haematology')).body as unknown as { base64: string; title: string; about: string; file: string };
  expect([Buffer.from(one.base64, 'base64').equals(oru), one.title, one.file]).toEqual([true, 'Numération et ionogramme', 'in.hl7']);
  for (const id of ['hl7v2~nothing', '..~..~package.json', 'ci-sis-pack', '%2e%2e%2f']) expect([404, 400]).toContain((await vendor.ask('GET', `/api/vendor/fixtures/${id}`)).status);
});

test('what the simulators saw, within the account’s scope', async () => {
  const ids = async (scope: object) => ((await (await api.as('vendor', scope)).ask('GET', '/api/vendor/reports')).body.reports as unknown as { id: string }[]).map(({ id }) => id);
  expect([await ids({}), await ids({ destinations: ['region'] })]).toEqual([['region', 'elsewhere'], ['region']]);
  const scoped = await api.as('vendor', { destinations: ['region'] });
  expect((await scoped.ask('GET', '/api/vendor/reports/region')).body).toMatchObject({ id: 'region', broken: ['a-rule'] });
  expect((await scoped.ask('GET', '/api/vendor/reports/elsewhere')).status).toBe(404);
  expect((await (await api.as('operator')).ask('GET', '/api/vendor/reports/nothing')).status).toBe(404);
});
