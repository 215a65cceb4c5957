import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Connector } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { cdaOf, certificates, sendingTo, settings } from '../../test/samples/mss.ts';
import { open } from './connector.ts';
import { startMssSimulator, type MssSimulator } from './simulator/simulator.ts';

// XOAUTH2 with tokens of a real server (RFC 6749 §4.4): each connection asks for its own, and none is kept.

const shown = certificates();
const user = 'pfi@labo.mssante.test';
let operator: MssSimulator;
let server: Server;
let connector: Connector;
let asked: string[];
/** The one that the operator takes just now, and the one that the server gives. */
let valid: string, given: () => string;
let behave: (request: IncomingMessage, response: ServerResponse) => void;

const giving = (_: IncomingMessage, response: ServerResponse): void => { response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access_token: given(), token_type: 'Bearer', expires_in: 60 })); };

beforeEach(async () => {
  [asked, valid, given, behave] = [[], 'jeton-1', () => valid, giving];
  server = createServer((request, response) => {
    let form = '';
    request.setEncoding('utf8').on('data', (more: string) => { form += more; }).on('end', () => { asked.push(form); behave(request, response); });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  operator = await startMssSimulator({ tls: shown.server, login: { method: 'XOAUTH2', user, get token() { return valid; } } });
  writeFileSync(join(shown.folder, 'client'), 'secret&=\n');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`;
  const config = settings({
    port: operator.ports.starttls, tls: shown.tls, limits: { connections: 1, messagesPerConnection: 1, connectMs: 1500 },
    auth: { type: 'xoauth2', user, token: { url, clientId: 'pfi', clientSecret: { file: join(shown.folder, 'client') }, scope: 'bal' } },
  });
  connector = open(config, { clock: Date.now, ids: () => '', destination: 'mssante' });
  let n = 0;
  send = () => connector.send(sendingTo(config, [cdaOf(++n)], n), AbortSignal.timeout(10_000));
});
let send: () => Promise<Receipt>;
afterEach(async () => { await connector.close(); await operator.close(); server.closeAllConnections(); await new Promise((closed) => { server.close(closed); }); });
afterAll(() => { shown.remove(); });

test('each connection asks for a token of its own, with the client’s secret in the form', async () => {
  expect((await send()).kind).toBe('submitted');
  valid = 'jeton-2';
  expect((await send()).kind).toBe('submitted');
  expect(asked).toHaveLength(2);
  expect(Object.fromEntries(new URLSearchParams(asked[0]))).toEqual({ grant_type: 'client_credentials', client_id: 'pfi', client_secret: 'secret&=', scope: 'bal' });
});

test('a token that has expired is a setting, no mail fails; the next one is asked for at the next try', async () => {
  given = () => 'périmé';
  expect(await send()).toMatchObject({ kind: 'refused', fault: 'mss.not-recognised' });
  expect(operator.received).toEqual([]);
  given = () => valid;
  expect((await send()).kind).toBe('submitted');
});

test.each<[string, (response: ServerResponse) => void, Partial<Receipt>]>([
  ['does not know us', (response) => { response.writeHead(401).end('{"error":"invalid_client"}'); }, { kind: 'refused', fault: 'mss.not-recognised' }],
  ['gives no token', (response) => { response.end('{"access_token":""}'); }, { kind: 'refused', fault: 'mss.not-recognised' }],
  ['speaks of something else', (response) => { response.end('<html>'); }, { kind: 'refused', fault: 'mss.not-recognised' }],
  ['is out of order', (response) => { response.writeHead(502).end(); }, { kind: 'busy', fault: 'mss.token-unavailable', raw: 'HTTP 502' }],
  ['has too much to do', (response) => { response.writeHead(429).end(); }, { kind: 'busy', fault: 'mss.token-unavailable', raw: 'HTTP 429' }],
  ['never answers', () => undefined, { kind: 'busy', fault: 'mss.token-unavailable', raw: 'TimeoutError' }],
  ['starts and never ends', (response) => { response.writeHead(200).write('{"access_'); }, { kind: 'busy', fault: 'mss.token-unavailable', raw: 'TimeoutError' }],
  ['hangs up', (response) => { response.destroy(); }, { kind: 'busy', fault: 'mss.token-unavailable', raw: 'UND_ERR_SOCKET' }],
])('a server that %s: nothing is sent, the next try goes by what it says then', async (_, does, receipt) => {
  behave = (_request, response) => { does(response); };
  expect(await send()).toMatchObject(receipt);
  expect(operator.received).toEqual([]);
  behave = giving;
  expect((await send()).kind).toBe('submitted');
});
