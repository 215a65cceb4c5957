import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { failNow, type Failure } from './simulator-failures.ts';
import { list, object, text, type Arrived, type Json } from './simulator-rule.ts';
import { rules } from './simulator-rules.ts';
import { Impossible, Store } from './simulator-store.ts';
import { batch, transaction } from './simulator-transaction.ts';

export interface SimulatorSettings { readonly port?: number; readonly frCore?: Arrived['frCore']; readonly token?: string | null; readonly quiet?: boolean }
export interface SimulatorReport {
  /** Requests seen on the wire, whatever became of them. */
  readonly arrivals: number;
  readonly bytes: number;
  readonly stored: Readonly<Record<string, number>>;
  /** Types of which one identifier names several resources. */
  readonly duplicates: readonly string[];
  readonly rules: readonly { readonly name: string; readonly source: string; readonly checked: number; readonly broken: number; readonly last: string }[];
}
/** A simulated regional platform: strict, atomic, counting. It shares no code with the connector it judges. */
export interface RegionalSimulator {
  readonly url: string;
  report(): SimulatorReport;
  fail(failure: Failure): void;
  resources(type: string): readonly Json[];
  /** Raw bodies as they arrived, oldest first, the last thousand. */
  arrived(): readonly { readonly method: string; readonly url: string; readonly body: string }[];
  reset(): void;
  close(): Promise<void>;
}

const outcome = (code: string, said: string, at = ''): Json => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics: said, ...(at === '' ? {} : { expression: [at] }) }] });
const kept = 1000;

function answer(response: ServerResponse, status: number, body: Json, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(raw: string): Json | null {
  try { return raw === '' ? {} : object(JSON.parse(raw)); } catch { return null; }
}

const kindOf = (method: string, path: string, body: Json): Arrived['kind'] => {
  if (method === 'POST' && path === '/') return body.type === 'batch' ? 'search' : 'transaction';
  return method === 'POST' && path === '/CommunicationRequest' ? 'event' : 'other';
};

export async function startRegionalSimulator(settings: SimulatorSettings = {}): Promise<RegionalSimulator> {
  const { frCore = '2.1.0', token = null } = settings;
  const store = new Store();
  const counts = new Map(rules.map(({ name }) => [name, { checked: 0, broken: 0, last: '' }]));
  const failures: Failure[] = [];
  const sockets = new Set<Socket>();
  let arrivals = 0, bytes = 0;
  let seen: { method: string; url: string; body: string }[] = [];

  const broken = (arrived: Arrived): { name: string; at: string; text: string } | null => {
    let first: { name: string; at: string; text: string } | null = null;
    for (const rule of rules.filter(({ on }) => on.includes(arrived.kind))) {
      const count = counts.get(rule.name);
      if (count === undefined) continue;
      count.checked++;
      const [found] = rule.check(arrived);
      if (found === undefined) continue;
      count.broken++;
      count.last = `${found.at}: ${found.text}`;
      first ??= { name: rule.name, ...found };
    }
    return first;
  };

  const serve = (arrived: Arrived, response: ServerResponse): void => {
    const wrong = broken(arrived);
    if (wrong !== null) { answer(response, 422, outcome('business-rule', `${wrong.name}: ${wrong.text}`, wrong.at)); return; }
    switch (arrived.kind) {
      case 'transaction': answer(response, 200, transaction(store, arrived.body)); return;
      case 'search': answer(response, 200, batch(store, arrived.body)); return;
      case 'event': {
        const [identifier] = list(arrived.body.identifier);
        const [known] = store.ids('CommunicationRequest', `${text(identifier?.system)}|${text(identifier?.value)}`);
        const id = known ?? store.newId();
        store.begin();
        if (known === undefined) store.put('CommunicationRequest', id, arrived.body);
        answer(response, known === undefined ? 201 : 200, store.get('CommunicationRequest', id) ?? {}, { location: `CommunicationRequest/${id}/_history/1` });
        return;
      }
      case 'other': answer(response, 404, outcome('not-found', 'no such interaction here'));
    }
  };

  const report = (): SimulatorReport => ({
    arrivals, bytes, stored: store.count(), duplicates: store.duplicates(),
    rules: rules.map(({ name, source }) => ({ name, source, ...counts.get(name) ?? { checked: 0, broken: 0, last: '' } })),
  });
  const reset = (): void => { store.clear(); failures.length = 0; arrivals = 0; bytes = 0; seen = []; for (const one of counts.values()) Object.assign(one, { checked: 0, broken: 0, last: '' }); };

  /** `/_control/report`, `/_control/resources?type=`, `POST /_control/fail`, `POST /_control/reset`: for tests and the demo. */
  const control = (path: string, query: URLSearchParams, body: Json, response: ServerResponse): void => {
    if (path === '/_control/report') answer(response, 200, { ...report() });
    else if (path === '/_control/resources') answer(response, 200, { resources: store.all(query.get('type') ?? '') });
    else if (path === '/_control/fail') { failures.push(body as unknown as Failure); answer(response, 200, {}); }
    else if (path === '/_control/reset') { reset(); answer(response, 200, {}); }
    else answer(response, 404, {});
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://partner');
    const raw = await bodyOf(request);
    const body = parse(raw);
    if (url.pathname.startsWith('/_control/')) { control(url.pathname, url.searchParams, body ?? {}, response); return; }
    arrivals++;
    bytes += raw.length;
    seen = [...seen.slice(-kept), { method: request.method ?? '', url: request.url ?? '', body: raw }];
    const arrived: Arrived = { kind: kindOf(request.method ?? '', url.pathname, body ?? {}), method: request.method ?? '', url: request.url ?? '', headers: request.headers, size: raw.length, body: body ?? {}, frCore, store };
    const go = (): void => {
      if (token !== null && request.headers.authorization !== `Bearer ${token}`) { answer(response, 401, outcome('login', 'who are you?')); return; }
      if (request.method === 'GET' && url.pathname === '/metadata') { answer(response, 200, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', status: 'active', kind: 'instance', software: { name: 'Simulateur régional' } }); return; }
      if (body === null) { answer(response, 400, outcome('structure', 'not JSON')); return; }
      try { serve(arrived, response); } catch (error) {
        if (!(error instanceof Impossible)) throw error;
        answer(response, error.status, outcome(error.issue, error.message, error.at));
      }
    };
    const failure = failures.find((one) => one.times > 0 && (one.on === undefined || one.on === arrived.kind));
    if (failure === undefined) { go(); return; }
    failure.times--;
    failNow(failure, request.socket, response, go);
  };

  const server = createServer((request, response) => { handle(request, response).catch((error: unknown) => { answer(response, 500, outcome('exception', error instanceof Error ? error.name : 'unknown')); }); });
  server.on('connection', (socket) => { sockets.add(socket); socket.once('close', () => sockets.delete(socket)); });
  await new Promise<void>((resolve) => { server.listen(settings.port ?? 0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`, report, reset, resources: (type) => store.all(type), arrived: () => seen,
    fail: (failure) => { failures.push({ ...failure }); },
    close: () => new Promise((resolve) => { server.close(() => { resolve(); }); for (const socket of sockets) socket.destroy(); }),
  };
}
