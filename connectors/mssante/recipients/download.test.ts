import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPki } from '../../../src/sandbox/pki.ts';
import { startDirectorySimulator, type DirectorySimulator } from '../simulator/directory.ts';
import { fictiveDirectory, rppsOf } from '../simulator/directory-data.ts';
import { Download } from './download.ts';
import { Recipients } from './recipients.ts';

let folder: string;
let servers: Server[];
let directory: DirectorySimulator;
let alarms: string[];
const pki = testPki('AC IGC-SANTE TEST', Date.now());
const whitelist = { domains: ['medecin.mssante.test', 'autre.mssante.test', 'a.mssante.test', 'b.mssante.test'], date: '2026-11-20T04:00:00Z' };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-download-'));
  servers = [];
  alarms = [];
  directory = await startDirectorySimulator({ tls: pki.issue('server', 'localhost'), whitelist });
  writeFileSync(join(folder, 'ca.pem'), pki.ca);
});
afterEach(async () => { for (const one of servers) { one.closeAllConnections(); one.close(); } await directory.close(); rmSync(folder, { recursive: true, force: true }); });

const ca = (): { file: string } => ({ file: join(folder, 'ca.pem') });
const path = (name: string): string => join(folder, name);
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/list`;
}
const signal = AbortSignal.timeout(20_000);

describe('a list brought from where it is published', () => {
  test('is asked for again only when it changed', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.headers['if-none-match']);
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end(); else response.writeHead(200, { etag: '"1"' }).end('one');
    });
    const list = new Download({ url, path: path('list'), maxBytes: 100 });
    expect([await list.bring(), await list.bring()]).toEqual([true, false]);
    expect([asked, readFileSync(path('list'), 'utf8')]).toEqual([[undefined, '"1"'], 'one']);
  });

  test.each<[string, RequestListener, string]>([
    ['too large', (_, response) => { response.end('x'.repeat(2000)); }, 'size'],
    ['cut on its way', (_, response) => { response.writeHead(200, { 'content-length': '500' }); response.write('half'); setImmediate(() => { response.destroy(); }); }, 'UND_ERR_SOCKET'],
    ['refused', (_, response) => { response.writeHead(503).end('later'); }, 'HTTP 503'],
    ['elsewhere', (_, response) => { response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(); }, 'HTTP 302'],
    ['an archive of nothing', (_, response) => { response.end(Buffer.from('504b0304', 'hex')); }, 'Error'],
  ])('%s: the one that is there stays whole, and nothing is left beside it', async (_, listener, detail) => {
    writeFileSync(path('list'), 'good');
    await expect(new Download({ url: await serve(listener), path: path('list'), maxBytes: 1000 }).bring()).rejects.toMatchObject({ detail });
    expect([readFileSync(path('list'), 'utf8'), readdirSync(folder).sort()]).toEqual(['good', ['ca.pem', 'list']]);
  });

  test('a server of another authority gives nothing', async () => {
    await expect(new Download({ url: directory.whitelist.replace('127.0.0.1', 'localhost'), path: path('list'), maxBytes: 1 << 20 }).bring()).rejects.toMatchObject({ name: 'NotBrought' });
    expect(existsSync(path('list'))).toBe(false);
    await new Download({ url: directory.whitelist.replace('127.0.0.1', 'localhost'), path: path('list'), maxBytes: 1 << 20, ca: ca() }).bring();
    expect(readFileSync(path('list'), 'utf8')).toContain('medecin.mssante.test');
  });
});

test('mailboxes are found in lists brought by HTTPS, a zipped extraction among them; a worse one later changes nothing, and is told once', async () => {
  const here = (url: string): string => url.replace('127.0.0.1', 'localhost');
  const config = {
    directory: null, practice: false, services: {}, applications: {},
    file: { file: path('annuaire.txt') }, whitelist: { file: path('blanche.xml') }, download: { extraction: here(directory.flatFile), whitelist: here(directory.whitelist), ca: ca() },
  };
  const open = (): Recipients => new Recipients({ ...config, refreshMinutes: 60 }, (fault, detail) => { alarms.push(`${fault} ${detail}`.trim()); });
  const ask = (of: Recipients) => of.resolve({ content: { to: null, audience: 'professional', wanted: { rpps: rppsOf(1), structure: '', name: '' } } }, signal, null);
  let recipients = open();
  expect(await ask(recipients)).toMatchObject({ answers: { rule: 'person' } });
  await recipients.close();
  expect(readdirSync(folder).sort()).toEqual(['annuaire.txt', 'annuaire.txt.good', 'blanche.xml', 'blanche.xml.good', 'ca.pem']);
  // What is published next is cut, older, or half as long.
  directory.publish({ directory: fictiveDirectory(2), whitelistFaults: ['older', 'shrunk'] });
  recipients = open();
  for (let tries = 0; tries < 200 && alarms.length < 2; tries++) { await ask(recipients); await new Promise((later) => { setTimeout(later, 20); }); }
  expect([...alarms].sort()).toEqual(['recipients.file-shrunk', 'recipients.whitelist-older']);
  expect(await ask(recipients)).toMatchObject({ answers: { rule: 'person' } });
  await recipients.close();
  // Nobody answers any more: the good ones are used all the same.
  await directory.close();
  recipients = open();
  for (let tries = 0; tries < 200 && alarms.length < 6; tries++) { await ask(recipients); await new Promise((later) => { setTimeout(later, 20); }); }
  expect(alarms.slice(2).filter((one) => one.startsWith('recipients.not-brought'))).toEqual(['recipients.not-brought ECONNREFUSED', 'recipients.not-brought ECONNREFUSED']);
  expect(await ask(recipients)).toMatchObject({ answers: { rule: 'person' } });
  await recipients.close();
}, 30_000);
