// node test/bench/sink.ts [PORT]: an HTTP FHIR destination that checks what it gets: accession, patient, first value, order
// per patient, duplicates. GET /ctl/stats, /ctl/reset, /ctl/mode?status=500&delay=20, /ctl/ids.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValue } from './message.ts';

const fresh = () => ({ received: 0, bytes: 0, seen: new Map<string, number>(), last: new Map<string, number>(), outOfOrder: 0, wrong: 0, unknown: 0, other: 0, first: 0, lastAt: 0 });
let state = fresh();
let status = 200;
let delay = 0;

function check(text: string): void {
  if (!text.includes('"Observation"')) { state.other++; return; }
  const accession = /"([A-Z]\d{9})"/.exec(text)?.[1];
  const patient = /"(P\d{7})"/.exec(text)?.[1];
  if (accession === undefined || patient === undefined) { state.unknown++; return; }
  const seq = Number(accession.slice(1));
  const times = (state.seen.get(accession) ?? 0) + 1;
  state.seen.set(accession, times);
  if (times === 1) {
    const key = `${accession.slice(0, 1)}${patient}`;
    if ((state.last.get(key) ?? 0) > seq) state.outOfOrder++; else state.last.set(key, seq);
  }
  if (!new RegExp(`"value":${firstValue(seq)}[,}]`).test(text)) state.wrong++;
}

function control(url: URL): string {
  if (url.pathname === '/ctl/reset') state = fresh();
  if (url.pathname === '/ctl/mode') { status = Number(url.searchParams.get('status') ?? 200); delay = Number(url.searchParams.get('delay') ?? 0); }
  const cpu = process.cpuUsage();
  const { seen, last: _, ...figures } = state;
  return JSON.stringify({ ...figures, unique: seen.size, duplicates: [...seen.values()].filter((n) => n > 1).length, cpuMs: (cpu.user + cpu.system) / 1000, ...(url.pathname === '/ctl/ids' ? { ids: [...seen.keys()] } : {}) });
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://sink');
  if (url.pathname.startsWith('/ctl/')) { response.end(control(url)); return; }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/fhir+json');
    if (status !== 200) { response.statusCode = status; response.end('{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"transient"}]}'); return; }
    const text = Buffer.concat(chunks).toString('utf8');
    state.received++; state.bytes += text.length; state.lastAt = Date.now(); state.first ||= state.lastAt;
    if (request.method !== 'GET') check(text);
    const entries = (text.match(/"method":/g) ?? []).length;
    const answer = (): void => { response.end(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry: Array.from({ length: entries }, (_x, i) => ({ response: { status: '201 Created', location: `Resource/${i}/_history/1` } })) })); };
    if (delay > 0) setTimeout(answer, delay); else answer();
  });
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => { console.log('sink', (server.address() as AddressInfo).port); });
