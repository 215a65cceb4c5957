// npm run bench -- --only cda-dmp, or node test/bench/dmp.ts [--documents N] [--rounds N] [--json]: a CDA of 600 KB in an ORU, delivered to the DMP alone (mutual TLS, VIHF and lot
// signed per document), against the floor that delivers the same bytes over HTTP (design.md §8).
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { testPki } from '../../src/sandbox/pki.ts';
import { messageOf } from '../crash/messages.ts';
import { MllpPeer } from '../mllp-peer.ts';
import { cpuOf, rssOf, sizeOf } from './measure.ts';
import { median, table, type Row } from './table.ts';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '60' }, rounds: { type: 'string', default: '3' }, connections: { type: 'string', default: '4' }, json: { type: 'boolean', default: false } } });
const [documents, rounds, connections] = [Number(values.documents), Number(values.rounds), Number(values.connections)];
const folder = mkdtempSync(join(tmpdir(), 'passerelle-bench-dmp-'));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A message whose CDA is of about 600 KB: its file is random, so that nothing compresses it. */
const file = randomBytes(440_000).toString('base64');
function messageWith(n: number): Buffer {
  const text = messageOf(n, n, 'document').text.replace(/(\^Base64\^)([A-Za-z0-9+/=]+)/, (_, before: string, base64: string) =>
    before + Buffer.from(Buffer.from(base64, 'base64').toString('utf8').replace(/(representation="B64"[^>]*>)[^<]*/, `$1${file}`)).toString('base64'));
  return Buffer.from(`\x0b${text}\x1c\r`);
}

let arrived = 0;
let wake = (): void => undefined;
const taking = (answer: (response: http.ServerResponse) => void) => (request: http.IncomingMessage, response: http.ServerResponse): void => {
  request.resume();
  request.on('end', () => { arrived += 1; answer(response); wake(); });
};
const success = '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><rs:RegistryResponse xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"/></s:Body></s:Envelope>';
const pki = testPki('AC de mesure', Date.now());
const put = (name: string, content: string | Buffer): { file: string } => { writeFileSync(join(folder, name), content); return { file: join(folder, name) }; };
const own = pki.issue('server', 'localhost');
const plain = http.createServer(taking((response) => { response.setHeader('content-type', 'application/fhir+json'); response.end('{"resourceType":"Bundle","type":"transaction-response"}'); }));
const record = https.createServer({ cert: own.cert, key: own.key, ca: pki.ca, requestCert: true, rejectUnauthorized: true }, taking((response) => { response.setHeader('content-type', 'application/soap+xml; charset=UTF-8'); response.end(success); }));
const portOf = (server: http.Server): Promise<number> => new Promise((resolve) => { server.listen(0, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port); }); });
const [plainPort, recordPort] = [await portOf(plain), await portOf(record)];

const passphrase = put('passphrase', 'mesure');
const identity = (name: string) => ({ pfx: put(`${name}.p12`, pki.pkcs12(pki.issue('client', name, { structure: '1990000001' }), 'mesure')), passphrase });
mkdirSync(join(folder, 'keys'));
const config = put('passerelle.yaml', JSON.stringify({
  version: 1, data: join(folder, 'data'), keys: { file: join(folder, 'keys', 'ring') }, listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }],
  sources: [{ id: 'bench', organisation: 'bench', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'] }],
  destinations: [{ id: 'dmp', system: 'dmp', concurrency: 8, settings: {
    baseUrl: `https://127.0.0.1:${String(recordPort)}`, authentication: { ...identity('auth'), ca: put('ca.pem', pki.ca) }, signature: identity('sign'), homologation: put('homologation', 'X'),
    sourceId: '1.2.250.1.999.1.1', structure: { id: '1990000001', name: 'Laboratoire' }, vihf: { sector: 'SA25', responsible: '1990000001/x' },
  } }],
}));

interface Child { readonly port: number; readonly pid: number; stop(): Promise<void> }
function start(args: readonly string[], listening: RegExp): Promise<Child> {
  const child = spawn(process.execPath, [...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  return new Promise((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4096);
      const port = listening.exec(text)?.[1];
      if (port !== undefined) resolve({ port: Number(port), pid: child.pid ?? 0, stop: async () => { child.kill('SIGTERM'); await ended; } });
    });
  });
}
let last = 0;
interface Ran { /** Load and drain, ms. */ readonly elapsed: number; /** Of the acknowledgements, ms. */ readonly p99: number }
/** Closed loop on each connection, then until all have arrived. */
async function run(port: number, count: number): Promise<Ran> {
  const first = last + 1;
  last += count;
  arrived = 0;
  const started = performance.now();
  const waits: number[] = [];
  await Promise.all(Array.from({ length: connections }, async (_, i) => {
    const peer = new MllpPeer(port);
    for (let n = first + i, answers = 1; n <= last; n += connections, answers++) {
      const message = messageWith(n);
      const sent = performance.now();
      peer.write(message);
      const got = await peer.got(answers);
      waits.push(performance.now() - sent);
      if (got.at(-1)?.startsWith('AA') !== true) throw new Error(`answered ${String(got.at(-1))}`);
    }
    peer.close();
  }));
  while (arrived < count) await new Promise<void>((resolve) => { wake = resolve; });
  return { elapsed: performance.now() - started, p99: waits.sort((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1] ?? 0 };
}

const floor = await start([join(root, 'test/bench/floor.ts'), '0', join(folder, 'floor.sqlite'), '8', String(plainPort)], /floor (\d+)/);
const gateway = await start([join(root, 'bin/passerelle.js'), 'start', '--json', '--log', join(folder, 'log'), '--config', config.file], /mllp:\/\/127\.0\.0\.1:(\d+)/);
const pairs: { floor: Ran; ours: Ran; cpuMs: number }[] = [];
try {
  for (let round = 0; round <= rounds; round++) {
    const floorRan = await run(floor.port, documents);
    const before = cpuOf(gateway.pid);
    const ours = await run(gateway.port, documents);
    // The first one warms up.
    if (round > 0) pairs.push({ floor: floorRan, ours, cpuMs: (cpuOf(gateway.pid) - before) / documents });
  }
  const of = (pick: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(pick));
  const row: Row = {
    line: 'cda-dmp', connections, ratio: of((pair) => pair.floor.elapsed / pair.ours.elapsed), perSecond: of(({ ours }) => documents / ours.elapsed * 1000), floorPerSecond: of((pair) => documents / pair.floor.elapsed * 1000),
    p99: of(({ ours }) => ours.p99), floorP99: of((pair) => pair.floor.p99), cpuMs: of(({ cpuMs }) => cpuMs), rssMb: rssOf(gateway.pid), diskKb: sizeOf(join(folder, 'data')) / 1024 / documents / (rounds + 1),
  };
  console.log(values.json ? JSON.stringify(row) : `${table([row])}\n  ${String(documents)} documents a round, ${String(rounds)} rounds; messages of ${(messageWith(last).length / 1000).toFixed(0)} KB`);
} finally {
  await Promise.all([floor.stop(), gateway.stop()]);
  for (const server of [plain, record]) { server.closeAllConnections(); server.close(); }
  rmSync(folder, { recursive: true, force: true });
}
