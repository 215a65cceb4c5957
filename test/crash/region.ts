import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One of the faults a partner can have with a request. */
type Mood = 'well' | 'refuse-later' | 'cut-before' | 'cut-after' | 'slow';
const moodOf = (random: () => number): Mood => { const r = random(); return r < 0.80 ? 'well' : r < 0.86 ? 'refuse-later' : r < 0.92 ? 'cut-before' : r < 0.98 ? 'cut-after' : 'slow'; };

interface Entry { resource?: { resourceType: string; identifier?: unknown }; request?: { method: string; url: string; ifNoneExist?: string } }

export interface Region {
  readonly url: string;
  /** Resources made, by what they are known by; more than 1 is a duplicate. */
  readonly made: ReadonlyMap<string, number>;
  /** Accession numbers in the order their results were first stored, by patient. */
  readonly order: ReadonlyMap<string, string[]>;
  wellFromNow(): void;
  close(): Promise<void>;
}

/** A regional platform that fails often, with atomic transactions and conditional creates, and nothing of the connector's code. */
export async function startRegion(random: () => number): Promise<Region> {
  const made = new Map<string, number>();
  const order = new Map<string, string[]>();
  let healthy = false;

  function commit(entries: readonly Entry[], text: string): { status: string; location: string }[] {
    const fresh: string[] = [];
    const answers = entries.map(({ resource, request }, i) => {
      const type = resource?.resourceType ?? '?';
      const known = request?.ifNoneExist ?? (request?.method === 'PUT' ? request.url.split('?')[1] : undefined);
      // A plain POST is new every time: sent twice it shows as two.
      const key = `${type}?${known ?? `plain:${JSON.stringify(resource?.identifier ?? i)}`}`;
      const there = known !== undefined && made.has(key);
      if (!there) { made.set(key, (made.get(key) ?? 0) + 1); fresh.push(type); }
      return { status: there ? '200 OK' : '201 Created', location: `${type}/${made.size}/_history/1` };
    });
    const [accession, patient] = [/"([A-Z]\d{9})"/.exec(text)?.[1], /"(P\d{7})"/.exec(text)?.[1]];
    if (accession !== undefined && patient !== undefined && fresh.includes('DiagnosticReport')) order.set(patient, [...(order.get(patient) ?? []), accession]);
    return answers;
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const url = new URL(request.url ?? '/', 'http://region');
      response.setHeader('content-type', 'application/fhir+json');
      const mood = healthy ? 'well' : moodOf(random);
      if (mood === 'refuse-later') { response.statusCode = 503; response.setHeader('retry-after', '0'); response.end('{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"transient"}]}'); return; }
      if (mood === 'cut-before') { request.socket.destroy(); return; }
      if (request.method === 'GET') {
        const type = url.pathname.split('/').pop() ?? '';
        const wanted = url.searchParams.get('identifier') ?? '';
        const found = [...made.keys()].some((key) => key.startsWith(`${type}?`) && decodeURIComponent(key).includes(wanted));
        response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: found ? 1 : 0, entry: found ? [{ resource: { resourceType: type, id: '1' } }] : [] }));
        return;
      }
      const body = JSON.parse(text) as { resourceType: string; entry?: Entry[]; identifier?: unknown };
      const none = request.headers['if-none-exist'];
      const entries: Entry[] = body.resourceType === 'Bundle' ? body.entry ?? [] : [{ resource: body, request: { method: request.method ?? 'POST', url: url.pathname, ...(typeof none === 'string' ? { ifNoneExist: none } : {}) } }];
      const answers = commit(entries, text);
      if (mood === 'cut-after') { request.socket.destroy(); return; }
      const answer = (): void => {
        if (body.resourceType === 'Bundle') response.end(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry: answers.map((one) => ({ response: one })) }));
        else { response.statusCode = Number(answers[0]?.status.slice(0, 3) ?? 201); response.setHeader('location', answers[0]?.location ?? ''); response.end(text); }
      };
      if (mood === 'slow') setTimeout(answer, 200); else answer();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`, made, order,
    wellFromNow: () => { healthy = true; },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve(); }); }),
  };
}
