import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fictiveDirectory, type Directory } from './directory-data.ts';
import { catalogueOf, search, type Catalogue, type Resource } from './directory-fhir.ts';
import { flatFileZip, whitelistXml, type FlatFileFault, type Whitelist, type WhitelistFault } from './directory-files.ts';

export interface DirectorySettings {
  readonly port?: number;
  /** HTTPS when given; mutual when it has a `ca`. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Value of ESANTE-API-KEY; any when absent, but there must be one. */
  readonly apiKey?: string;
  /** Calls a second; 17 as the real one. */
  readonly rate?: number;
  readonly directory?: Directory;
  readonly whitelist?: Whitelist;
  readonly now?: () => number;
}
/** What the next answers are in place of the right ones. */
export interface DirectoryFailure { readonly status: number; readonly retryAfter?: string; readonly body?: string; times: number }

/** The Annuaire Santé (FHIR API and flat file) and the trust space's list of domains, simulated. */
export interface DirectorySimulator {
  /** Base of the FHIR API. */
  readonly fhir: string;
  readonly flatFile: string;
  readonly whitelist: string;
  /** Every request: method, path and query, status answered. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly status: number }[];
  /** Calls refused for coming too fast. */
  readonly overRate: number;
  fail(failure: DirectoryFailure): void;
  /** Another content from now on. */
  publish(change: { readonly directory?: Directory; readonly whitelist?: Whitelist; readonly flatFileFaults?: readonly FlatFileFault[]; readonly whitelistFaults?: readonly WhitelistFault[] }): void;
  close(): Promise<void>;
}

const page = 50;
const outcome = (code: string, diagnostics: string): object => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] });
const isType = (name: string): name is keyof Catalogue => name === 'Practitioner' || name === 'PractitionerRole' || name === 'Organization';

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

export async function startDirectorySimulator(settings: DirectorySettings = {}): Promise<DirectorySimulator> {
  const { rate = 17, now = Date.now } = settings;
  let directory = settings.directory ?? fictiveDirectory();
  let catalogue = catalogueOf(directory);
  let whitelist = settings.whitelist ?? { domains: ['medecin.mssante.test', 'hopital-a.mssante.test', 'labo-b.mssante.test', 'autre.mssante.test'], date: '2026-11-20T04:00:00Z' };
  let flatFileFaults: readonly FlatFileFault[] = [], whitelistFaults: readonly WhitelistFault[] = [];
  const pages = new Map<string, { self: string; rest: readonly Resource[]; count: number; total: number }>();
  const failures: DirectoryFailure[] = [];
  const requests: { method: string; url: string; status: number }[] = [];
  let recent: number[] = [];
  let overRate = 0, base = '';

  const answer = (request: IncomingMessage, response: ServerResponse, status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): void => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', status });
    response.writeHead(status, { 'content-type': type, ...headers }).end(request.method === 'HEAD' ? undefined : body);
  };
  const fhirAnswer = (request: IncomingMessage, response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => { answer(request, response, status, 'application/fhir+json', JSON.stringify(body), headers); };

  const bundle = (self: string, resources: readonly Resource[], matches: ReadonlySet<string>, count: number, total: number): object => {
    const [shown, rest] = [resources.slice(0, count), resources.slice(count)];
    const id = randomUUID();
    if (rest.length > 0) pages.set(id, { self, rest, count, total });
    return {
      resourceType: 'Bundle', type: 'searchset', total, link: [{ relation: 'self', url: self }, ...(rest.length > 0 ? [{ relation: 'next', url: `${base}/_page?id=${id}` }] : [])],
      ...(shown.length === 0 ? {} : { entry: shown.map((resource) => ({ fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource, search: { mode: matches.has(resource.id) ? 'match' : 'include' } })) }),
    };
  };

  const fhir = async (request: IncomingMessage, response: ServerResponse, path: string, url: URL): Promise<void> => {
    const key = request.headers['esante-api-key'];
    if (key === undefined || (settings.apiKey !== undefined && key !== settings.apiKey)) { fhirAnswer(request, response, 401, outcome('login', 'ESANTE-API-KEY')); return; }
    recent = [...recent.filter((at) => at > now() - 1000), now()];
    if (recent.length > rate) { overRate++; fhirAnswer(request, response, 429, outcome('throttled', 'Rate limit exceeded'), { 'retry-after': '1' }); return; }
    if (path === '/metadata') { fhirAnswer(request, response, 200, { resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', fhirVersion: '4.0.1', format: ['json'] }); return; }
    if (path === '/_page') {
      const next = pages.get(url.searchParams.get('id') ?? '');
      if (next === undefined) fhirAnswer(request, response, 410, outcome('expired', 'This page is no longer there'));
      else fhirAnswer(request, response, 200, bundle(next.self, next.rest, new Set(next.rest.map(({ id }) => id)), next.count, next.total));
      return;
    }
    const [, type = '', id] = path.split('/');
    if (!isType(type) || (request.method !== 'GET' && !(request.method === 'POST' && id === '_search'))) { fhirAnswer(request, response, 404, outcome('not-found', `No handler for ${request.method ?? ''}`)); return; }
    if (id !== undefined && id !== '_search') {
      const found = catalogue[type].find((one) => one.id === id);
      if (found === undefined) fhirAnswer(request, response, 404, outcome('not-found', 'Resource not found')); else fhirAnswer(request, response, 200, found);
      return;
    }
    const query = request.method === 'POST' ? await formOf(request) : url.searchParams;
    const found = search(catalogue, type, query);
    if ('unknown' in found) { fhirAnswer(request, response, 400, outcome('processing', `Parameter ${found.unknown} not found`)); return; }
    const asked = Number(query.get('_count') ?? page);
    const self = `${base}/${type}?${query.toString()}`;
    fhirAnswer(request, response, 200, bundle(self, [...found.matches, ...found.included], new Set(found.matches.map((one) => one.id)), Number.isInteger(asked) && asked > 0 ? asked : page, found.matches.length));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://directory');
    const failure = failures.find(({ times }) => times > 0);
    if (failure !== undefined) {
      failure.times--;
      answer(request, response, failure.status, 'application/json', failure.body ?? '', failure.retryAfter === undefined ? {} : { 'retry-after': failure.retryAfter });
    } else if (url.pathname.startsWith('/fhir/v2/')) await fhir(request, response, url.pathname.slice('/fhir/v2'.length), url);
    else if (url.pathname === '/extraction/Extraction_Correspondance_MSSante') {
      const stamp = '202611200400';
      answer(request, response, 200, 'application/zip', await flatFileZip(directory, stamp, flatFileFaults), { 'content-disposition': `attachment; filename="Extraction_Correspondance_MSSante_${stamp}.zip"` });
    } else if (url.pathname === '/listeblanchemssante.xml') answer(request, response, 200, 'application/xml', whitelistXml(whitelist, whitelistFaults));
    else answer(request, response, 404, 'text/plain', '');
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => { handle(request, response).catch(() => { answer(request, response, 500, 'text/plain', ''); }); };
  const server = settings.tls === undefined ? createServer(listener) : createTlsServer(settings.tls, listener);
  await new Promise<void>((listening, failed) => { server.once('error', failed); server.listen(settings.port ?? 0, '127.0.0.1', listening); });
  const root = `${settings.tls === undefined ? 'http' : 'https'}://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  base = `${root}/fhir/v2`;
  return {
    fhir: base, flatFile: `${root}/extraction/Extraction_Correspondance_MSSante`, whitelist: `${root}/listeblanchemssante.xml`, requests,
    get overRate() { return overRate; },
    fail: (failure) => { failures.push({ ...failure }); },
    publish: (change) => {
      if (change.directory !== undefined) { ({ directory } = change); catalogue = catalogueOf(directory); }
      ({ whitelist = whitelist, flatFileFaults = flatFileFaults, whitelistFaults = whitelistFaults } = change);
    },
    close: () => new Promise((closed) => { server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}
