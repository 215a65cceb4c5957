import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { startDirectorySimulator, type DirectorySimulator } from '../simulator/directory.ts';
import { fictiveDirectory, finessOf, rppsOf, type Mailbox } from '../simulator/directory-data.ts';
import { FhirDirectory } from './api.ts';
import { knownFrom } from './fhir.ts';

let simulator: DirectorySimulator;
beforeEach(async () => { simulator = await startDirectorySimulator({ apiKey: 'key' }); });
afterEach(async () => { await simulator.close(); });
const api = (over: { perSecond?: number; key?: string; url?: string } = {}) => new FhirDirectory({ url: over.url ?? simulator.fhir, apiKey: () => over.key ?? 'key', perSecond: over.perSecond ?? 100 });
const signal = AbortSignal.timeout(20_000);
const person = (n: number, structure = '') => ({ rpps: rppsOf(n), structure, name: '' });

describe('the directory by its FHIR API', () => {
  test('gives a person’s boxes, those of their places with the place, and a structure’s; never an ordinary e-mail', async () => {
    const one = await api().known(person(2, finessOf(2)), signal);
    expect(one.mailboxes.filter(({ rpps }) => rpps !== '').map(({ type, rpps, structure }) => [type, rpps, structure])).toEqual([['PER', rppsOf(2), ''], ['PER', rppsOf(2), finessOf(2)]]);
    const structure = await api().known({ rpps: '', structure: finessOf(2), name: '' }, signal);
    expect(new Set(structure.mailboxes.map(({ type, structure: of }) => `${type} ${of}`))).toEqual(new Set([`ORG ${finessOf(2)}`, `APP ${finessOf(2)}`]));
    expect(structure.mailboxes.some(({ address }) => address.startsWith('direction@'))).toBe(false);
    expect(await api().known(person(999), signal)).toEqual({ mailboxes: [], gone: false });
    expect(await api().known(person(9), signal)).toEqual({ mailboxes: [], gone: true });
  });

  test('follows its pages', async () => {
    const many: Mailbox[] = Array.from({ length: 130 }, (_, n) => ({ address: `service-${String(n)}@x.mssante.test`, type: 'PER' }));
    const { structures, professionals: [first] } = fictiveDirectory();
    simulator.publish({ directory: { structures, professionals: [{ ...first!, rpps: rppsOf(1), active: true, roles: many.map((box) => ({ finess: finessOf(1), active: true, mailboxes: [box] })) }] } });
    expect((await api().known(person(1), signal)).mailboxes.filter(({ address }) => address.startsWith('service-'))).toHaveLength(130);
    expect(simulator.requests.filter(({ url }) => url.includes('_page'))).toHaveLength(2);
  });

  test('is asked no faster than it allows', async () => {
    const asked = api({ perSecond: 17 });
    const before = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => asked.known({ rpps: '', structure: finessOf(1), name: '' }, signal)));
    expect([simulator.overRate, performance.now() - before > 1000]).toEqual([0, true]);
  });

  test('says when to come back, when its key is wrong, and when it is not there', async () => {
    simulator.fail({ status: 429, retryAfter: '7', times: 1 });
    await expect(api().known(person(1), signal)).rejects.toMatchObject({ status: 429, retryAfterMs: 7000 });
    simulator.fail({ status: 200, body: '<html>', times: 1 });
    await expect(api().known(person(1), signal)).rejects.toMatchObject({ name: 'DirectoryUnanswered', status: null });
    await expect(api({ key: 'other' }).known(person(1), signal)).rejects.toMatchObject({ status: 401 });
    await expect(api({ url: 'http://127.0.0.1:1/fhir' }).known(person(1), signal)).rejects.toMatchObject({ status: null });
  });

  test('does not follow a next page to another server, where the key would go with it', async () => {
    let asked = 0;
    const elsewhere = createServer((_, response) => { asked += 1; response.end('{}'); });
    const odd = createServer((_, response) => { response.end(JSON.stringify({ resourceType: 'Bundle', link: [{ relation: 'next', url: `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/x` }] })); });
    for (const server of [elsewhere, odd]) await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    await api({ url: `http://127.0.0.1:${String((odd.address() as AddressInfo).port)}` }).known(person(1), signal);
    for (const server of [elsewhere, odd]) { server.closeAllConnections(); await new Promise((closed) => { server.close(closed); }); }
    expect(asked).toBe(0);
  });
});

whenShared('published answers of the directory', () => {
  const read = (name: string) => knownFrom((JSON.parse(readFileSync(shared(`examples/mss/annuaire/${name}.json`) ?? '', 'utf8')) as { entry?: { resource: Record<string, unknown> }[] }).entry?.map(({ resource }) => resource) ?? []);
  test('give the same boxes as read by eye', () => {
    expect(read('search-practitioner-by-rpps').mailboxes.map(({ address, type, rpps }) => [address, type, rpps])).toEqual([
      ['jean.testdupont@medecin.mssante.test', 'PER', '99900000001'], ['cabinet.dutest@pro.mssante.test', 'CAB', '99900000001'], ['jean.testdupont@chu-test.mssante.test', 'PER', '99900000001']]);
    expect(read('search-organization-by-finess').mailboxes.map(({ address, type, structure }) => [address, type, structure])).toEqual([
      ['secretariat.cardio@chu-test.mssante.test', 'ORG', '140000999'], ['dpi@chu-test.mssante.test', 'APP', '140000999']]);
    expect(read('search-empty')).toEqual({ mailboxes: [], gone: false });
  });
});
