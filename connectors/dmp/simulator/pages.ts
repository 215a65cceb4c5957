import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DmpStatus } from './registry.ts';
import { policy, type Language } from './report/page.ts';
import { indexPage, rulesPage } from './report/index-page.ts';
import type { Report } from './report/report.ts';
import { submissionPage } from './report/submission-page.ts';
import { readScenario, type Scenario, type ThirdParty } from './scenario.ts';

/** What the pages show and the control requests act on. */
export interface Controlled {
  readonly services: string;
  submissions(): readonly Report[];
  get(id: string): Report | null;
  report(): object;
  scenario(scenario: Scenario): void;
  scenarios(): readonly Scenario[];
  skew(seconds: number): void;
  dmp(ins: string, status: DmpStatus): void;
  thirdParty(uniqueId: string, change: ThirdParty): boolean;
  reset(): void;
}
const maxBody = 65_536;
const safe = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' };

const json = (response: ServerResponse, status: number, body: unknown): void => { response.writeHead(status, { ...safe, 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body)); };
const html = (response: ServerResponse, body: string): void => { response.writeHead(200, { ...safe, 'content-type': 'text/html; charset=utf-8' }).end(body); };

async function objectOf(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBody) return null;
    chunks.push(chunk as Buffer);
  }
  try {
    const value: unknown = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null;
  } catch { return null; }
}

function show(path: string, language: Language, response: ServerResponse, shown: Controlled): boolean {
  const found = /^\/simulator\/reports\/([0-9]{6,})(\.json|\.html)?$/.exec(path);
  const one = found === null ? null : shown.get(found[1] ?? '');
  if (path === '/' || path === '/simulator') html(response, indexPage(shown.submissions(), shown.services, language));
  else if (path === '/simulator/rules') html(response, rulesPage(language));
  else if (path === '/simulator/reports') json(response, 200, shown.submissions());
  else if (path === '/simulator/report') json(response, 200, shown.report());
  else if (path === '/simulator/scenario') json(response, 200, { waiting: shown.scenarios() });
  else if (one !== null && found?.[2] === '.json') json(response, 200, one);
  else if (one !== null) html(response, submissionPage(one, language));
  else return false;
  return true;
}

/** Acts on the simulator; the reason when the request makes no sense. */
function act(path: string, body: Record<string, unknown>, on: Controlled): string | null {
  switch (path) {
    case '/simulator/scenario': {
      if (body.kind === 'clock-skew') { if (typeof body.seconds !== 'number' || !Number.isFinite(body.seconds)) return 'seconds'; on.skew(body.seconds); return null; }
      const scenario = readScenario(body);
      if (scenario === null) return 'kind, times, on…';
      on.scenario(scenario);
      return null;
    }
    case '/simulator/dmp':
      if (typeof body.ins !== 'string' || !['open', 'closed', 'absent'].includes(String(body.status))) return 'ins, status: open | closed | absent';
      on.dmp(body.ins, body.status as DmpStatus);
      return null;
    case '/simulator/third-party':
      if (typeof body.uniqueId !== 'string' || !['update', 'replace', 'delete', 'archive'].includes(String(body.change))) return 'uniqueId, change: update | replace | delete | archive';
      return on.thirdParty(body.uniqueId, body.change as ThirdParty) ? null : 'uniqueId';
    case '/simulator/reset': on.reset(); return null;
    default: return 'path';
  }
}

/** Reports and scenarios on loopback. A page of the web cannot reach them: the Host must be ours, and orders must be JSON. */
export async function startPages(port: number, controlled: Controlled): Promise<{ readonly url: string; close(): Promise<void> }> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const own = (server.address() as AddressInfo).port;
    if (![`127.0.0.1:${String(own)}`, `localhost:${String(own)}`].includes(request.headers.host ?? '')) { json(response, 421, { error: 'Host' }); return; }
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${String(own)}`);
    if (request.method === 'GET') {
      if (!show(url.pathname.replace(/(.)\/$/, '$1'), url.searchParams.get('lang') === 'en' ? 'en' : 'fr', response, controlled)) json(response, 404, { error: 'path' });
      return;
    }
    if (request.method !== 'POST') { json(response, 405, { error: 'method' }); return; }
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) { json(response, 415, { error: 'content-type' }); return; }
    const body = await objectOf(request);
    const wrong = body === null ? 'JSON' : act(url.pathname, body, controlled);
    json(response, wrong === null ? 200 : 400, wrong === null ? {} : { error: wrong });
  };
  const server = createServer((request, response) => { serve(request, response).catch(() => { if (!response.headersSent) response.writeHead(500); response.end(); }); });
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(port, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/simulator`,
    close: () => new Promise((resolve) => { server.close(() => { resolve(); }); server.closeAllConnections(); }),
  };
}
