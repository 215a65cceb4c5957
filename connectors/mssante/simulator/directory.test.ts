import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import yauzl from 'yauzl';
import { parseXml } from './read-cda.ts';
import { fictiveDirectory, finessOf, rppsOf } from './directory-data.ts';
import { columns, flatFileLines, whitelistXml, type FlatFileFault, type WhitelistFault } from './directory-files.ts';
import { startDirectorySimulator, type DirectorySimulator } from './directory.ts';

interface Bundle { total?: number; link: { relation: string; url: string }[]; entry?: { resource: { id: string; resourceType: string; active?: boolean; telecom?: { value: string; extension?: unknown }[] }; search: { mode: string } }[] }

describe('the directory', () => {
  let simulator: DirectorySimulator;
  beforeEach(async () => { simulator = await startDirectorySimulator({ directory: fictiveDirectory(120), rate: 1000 }); });
  afterEach(async () => { await simulator.close(); });
  const get = async (path: string, headers: Record<string, string> = { 'ESANTE-API-KEY': 'essai' }): Promise<{ status: number; body: Bundle; headers: Headers }> => {
    const answer = await fetch(path.startsWith('http') ? path : `${simulator.fhir}${path}`, { headers });
    return { status: answer.status, body: await answer.json() as Bundle, headers: answer.headers };
  };

  test('a professional by RPPS, with the places they work', async () => {
    const { body } = await get(`/Practitioner?identifier=${rppsOf(2)}&_revinclude=PractitionerRole:practitioner`);
    expect(body.entry?.map(({ resource, search }) => [resource.resourceType, search.mode])).toEqual([['Practitioner', 'match'], ['PractitionerRole', 'include']]);
    expect(body.total).toBe(1);
    expect((await get(`/PractitionerRole?practitioner=003-${rppsOf(2)}&_include=PractitionerRole:organization`)).body.entry?.map(({ resource }) => resource.resourceType)).toEqual(['PractitionerRole', 'Organization']);
  });
  test('pages are followed by next, to the end, each once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/Practitioner';
    for (let turns = 0; next !== undefined && turns < 10; turns++) {
      const { body } = await get(next);
      seen.push(...body.entry?.map(({ resource }) => resource.id) ?? []);
      next = body.link.find(({ relation }) => relation === 'next')?.url;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    expect((await get('/_page?id=passee')).status).toBe(410);
  });
  test('a structure holds ordinary e-mails beside its boxes; who left has none', async () => {
    const { body } = await get(`/Organization?identifier=${finessOf(1)}`);
    const telecom = body.entry?.[0]?.resource.telecom ?? [];
    expect(telecom.filter(({ extension }) => extension === undefined)).toHaveLength(1);
    expect(telecom.length).toBeGreaterThan(1);
    const left = (await get(`/Practitioner?identifier=${rppsOf(9)}`)).body.entry?.[0]?.resource;
    expect(left).toMatchObject({ active: false });
    expect(left?.telecom).toBeUndefined();
  });
  test('nobody; an unknown parameter; no key; a write', async () => {
    const { body } = await get('/Practitioner?identifier=00000000000');
    expect(body).toMatchObject({ total: 0 });
    expect(body.entry).toBeUndefined();
    expect(await get('/Practitioner?mailbox-mss-type=PER')).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome', issue: [{ diagnostics: 'Parameter mailbox-mss-type not found' }] } });
    expect((await get('/Practitioner', {})).status).toBe(401);
    expect((await fetch(`${simulator.fhir}/Practitioner/1`, { method: 'PUT', headers: { 'esante-api-key': 'x' } })).status).toBe(404);
  });
  test('a search by POST, a box by its address', async () => {
    const answer = await fetch(`${simulator.fhir}/PractitionerRole/_search`, { method: 'POST', headers: { 'esante-api-key': 'x', 'content-type': 'application/x-www-form-urlencoded' }, body: `mailbox-mss:contains=${finessOf(2)}&_count=3` });
    const body = await answer.json() as Bundle;
    expect(body.entry).toHaveLength(3);
    expect((await get('/Practitioner?mailbox-mss:exact=personne@x.mssante.test')).body.total).toBe(0);
  });
  test('over the rate: 429 with Retry-After, counted; a scripted failure', async () => {
    await simulator.close();
    simulator = await startDirectorySimulator({ now: () => 0 });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await get('/Practitioner?identifier=1')).status));
    expect(statuses.filter((one) => one === 429)).toHaveLength(3);
    expect(simulator.overRate).toBe(3);
    simulator.fail({ status: 503, retryAfter: '7', times: 1, body: '{}' });
    const { status, headers } = await get('/Practitioner');
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
    expect(simulator.requests.at(-1)).toMatchObject({ method: 'GET', status: 503 });
  });
  test('the flat file comes zipped, its date in its name', async () => {
    const head = await fetch(simulator.flatFile, { method: 'HEAD' });
    expect(head.headers.get('content-disposition')).toMatch(/_\d{12}\.zip"$/);
    const zip = await yauzl.fromBufferPromise(Buffer.from(await (await fetch(simulator.flatFile)).arrayBuffer()), { lazyEntries: true });
    for await (const entry of zip.eachEntry()) expect(entry.fileName).toMatch(/^Extraction_Correspondance_MSSante_\d{12}\.txt$/);
  });
  test('the list of domains, and another once published', async () => {
    expect(await (await fetch(simulator.whitelist)).text()).toContain('<Nom>hopital-a.mssante.test</Nom>');
    simulator.publish({ whitelist: { domains: ['neuf.mssante.test'], date: '2026-11-21T04:00:00Z' }, whitelistFaults: ['mixed-case'], directory: fictiveDirectory(0) });
    expect(await (await fetch(simulator.whitelist)).text()).toContain('<Nom>NEUF.MSSANTE.TEST</Nom>');
    expect((await get('/Practitioner')).body.total).toBe(0);
  });
});

describe('the files and their faults', () => {
  const lines = (...faults: FlatFileFault[]): string[] => [...flatFileLines(fictiveDirectory(20), faults)];
  test('31 columns on every line; PER and ORG only', () => {
    const all = lines();
    expect(all[0]).toBe(`${columns.join('|')}\n`);
    expect(new Set(all.map((one) => one.split('|').length))).toEqual(new Set([31]));
    expect(new Set(all.slice(1).map((one) => one.split('|')[0]))).toEqual(new Set(['PER', 'ORG']));
  });
  test.each<[FlatFileFault, (all: string[]) => boolean]>([
    ['columns-moved', ([head = '']) => head.startsWith('Pays structure BAL|')], ['column-missing', ([head = '']) => !head.includes('Adresse BAL')], ['truncated', (all) => !all.at(-1)!.endsWith('\n')], ['short-line', (all) => all[2]!.split('|').length === 3],
    ['crlf', (all) => all.every((one) => one.endsWith('\r\n'))], ['bom', ([head = '']) => head.startsWith('\ufeff')], ['repeated', (all) => all[1] === all[2]], ['empty', (all) => all.length === 0], ['not-text', ([head = '']) => head.startsWith('<html>')],
  ])('flat file: %s', (fault, shows) => { expect(shows(lines(fault))).toBe(true); expect(shows(lines())).toBe(false); });

  const list = { domains: ['a.mssante.test', 'b.mssante.test', 'c.mssante.test'], date: '2026-11-20T04:00:00Z' };
  const count = (text: string): number => text.match(/<Nom>/g)?.length ?? 0;
  test.each<[WhitelistFault, (text: string) => boolean]>([
    ['truncated', (text) => !text.includes('</ListeBlancheMSSante>')], ['repeated', (text) => count(text) === 4], ['mixed-case', (text) => text.includes('<Nom>A.MSSANTE.TEST</Nom>')], ['international', (text) => text.includes('hôpital')],
    ['shrunk', (text) => count(text) === 2], ['older', (text) => text.includes('<DateDeGeneration>2026-10-21')], ['empty', (text) => count(text) === 0], ['not-xml', (text) => text.startsWith('<html>')], ['dtd', (text) => text.includes('<!DOCTYPE')], ['other-namespace', (text) => text.includes('/autre"')],
  ])('list of domains: %s', (fault, shows) => { expect(shows(whitelistXml(list, [fault]))).toBe(true); expect(shows(whitelistXml(list))).toBe(false); });
  test('the list is well-formed, unless it must not be', () => {
    expect(parseXml(Buffer.from(whitelistXml(list))).root.name).toBe('ListeBlancheMSSante');
    expect(() => parseXml(Buffer.from(whitelistXml(list, ['truncated'])))).toThrow();
  });
  test('RPPS have their key', () => { expect(['99700218896'.slice(0, 4), rppsOf(21889)]).toEqual(['9970', '99700218896']); });
});
