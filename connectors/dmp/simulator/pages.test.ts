import { describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { provide } from '../../../test/dmp/request.ts';
import { simulated } from '../../../test/dmp/simulated.ts';
import { rules } from './rules/rules.ts';

const { dmp, signer, send } = simulated();
const get = async (path: string): Promise<{ status: number; text: string; policy: string; type: string }> => {
  const answer = await fetch(`${dmp().pagesUrl}${path}`);
  return { status: answer.status, text: await answer.text(), policy: answer.headers.get('content-security-policy') ?? '', type: answer.headers.get('content-type') ?? '' };
};

describe('the report of a request', () => {
  it('says each rule with its source, in French first, English a click away', async () => {
    await send(provide(signer(), { spoil: { metadata: (xml) => xml.replace('fr-FR</Value>', 'de-DE</Value>') } }));
    const [one] = dmp().submissions();
    const page = await get(`/reports/${one?.id ?? ''}`);
    expect(page.text).toContain('<html lang="fr">');
    expect(page.text).toMatch(/non conforme<\/td><td>languageCode vaut fr-FR.*language.*dmp\.md.*XDSRepositoryMetadataError.*de-DE/);
    expect(page.text).toContain('aucune');
    for (const rule of one?.rules.filter(({ status }) => status !== 'not-applicable') ?? []) expect(page.text).toContain(`<code>${rule.id}</code>`);
    const english = await get(`/reports/${one?.id ?? ''}?lang=en`);
    expect(english.text).toMatch(/<html lang="en">[\s\S]*languageCode is fr-FR[\s\S]*no homologation, and Passerelle claims none/);
    expect(JSON.parse((await get(`/reports/${one?.id ?? ''}.json`)).text)).toEqual(one);
  });
  it('holds no document, no name of the patient, no homologation number', async () => {
    await send(provide(signer()));
    const [one] = dmp().submissions();
    const all = [await get(`/reports/${one?.id ?? ''}`), await get(`/reports/${one?.id ?? ''}.json`), await get(''), await get('/report')].map(({ text }) => text).join('');
    for (const secret of ['SECRET-HOMOLOGATION', 'DURAND-TEST', 'UsOpc3VsdGF0']) expect(all).not.toContain(secret);
  });
  it('escapes what came from outside; no script, no outside resource', async () => {
    await send(provide(signer(), { spoil: { assertion: (xml) => xml.replace('Logiciel d’essai', '&lt;script&gt;alert(1)&lt;/script&gt;'), metadata: (xml) => xml.replace('fr-FR</Value>', '&lt;img src=x&gt;</Value>') } }));
    for (const path of ['', `/reports/${dmp().submissions()[0]?.id ?? ''}`]) {
      const page = await get(path);
      expect(page.text).not.toMatch(/<script|<img/);
      expect(page.policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    }
  });
});

it('the index lists requests, the rules page every rule', async () => {
  expect((await get('')).text).toContain('Aucun envoi');
  await send(provide(signer()));
  expect((await get('')).text).toMatch(/reports\/[0-9]{6}.*TD2\.1.*Success/s);
  const { text } = await get('/rules');
  for (const { id } of rules) expect(text).toContain(`<code>${id}</code>`);
  expect(rules.length).toBeGreaterThanOrEqual(120);
});
it('what is not there is 404; an order that is not JSON, or for another host, is refused', async () => {
  expect([(await get('/reports/000099')).status, (await get('/autre')).status]).toEqual([404, 404]);
  expect((await fetch(`${dmp().pagesUrl}/reset`, { method: 'POST', body: '{}' })).status).toBe(415);
  expect((await fetch(`${dmp().pagesUrl}/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[' })).status).toBe(400);
  expect((await fetch(`${dmp().pagesUrl}/reset`, { method: 'DELETE' })).status).toBe(405);
  const { port } = new URL(dmp().pagesUrl);
  const status = await new Promise((resolve, reject) => { request({ host: '127.0.0.1', port, path: '/simulator', headers: { host: 'attaquant.test' } }, (answer) => { answer.resume(); resolve(answer.statusCode); }).on('error', reject).end(); });
  expect(status).toBe(421);
});
