import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { idIn } from './messages.ts';
import { Store, type Entry } from './store.ts';

/** One of the faults a partner can have with a request. `broken`: 500 without a word. `silent`: takes it and never answers. */
export type Mood = 'well' | 'refuse-later' | 'broken' | 'cut-before' | 'cut-after' | 'slow' | 'silent';
const moodOf = (r: number): Mood => (r < 0.80 ? 'well' : r < 0.86 ? 'refuse-later' : r < 0.92 ? 'cut-before' : r < 0.98 ? 'cut-after' : 'slow');

export interface Region {
  readonly url: string;
  readonly store: Store;
  /** MSH-10 of the messages in the order their report or document was first stored, by patient. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  /** Called when something was stored and nothing is answered yet. */
  onStored: () => void;
  /** Requests that arrived, whatever became of them. */
  arrivals: number;
  /** The mood of every request from now on. */
  always(mood: Mood): void;
  wellFromNow(): void;
  close(): Promise<void>;
}

interface Body { readonly resourceType: string; readonly type?: string; readonly entry?: readonly Entry[] }

/** A regional platform that fails often, with atomic transactions and conditional interactions, and nothing of the connector's code. */
export async function startRegion(random: () => number, port = 0): Promise<Region> {
  const store = new Store();
  const order = new Map<string, string[]>();
  let fixed: Mood | null = null;

  function transaction(entries: readonly Entry[], text: string): object {
    const answers = entries.map((entry) => ({ entry, ...store.apply(entry) }));
    const first = answers.some(({ entry, fresh }) => fresh && (entry.resource?.resourceType === 'DiagnosticReport' || entry.resource?.resourceType === 'DocumentReference'));
    const [patient, id] = [/"(P\d{7})"/.exec(text)?.[1] ?? '', idIn(text) ?? ''];
    if (first) order.set(patient, [...(order.get(patient) ?? []), id]);
    return { resourceType: 'Bundle', type: 'transaction-response', entry: answers.map(({ status, location }) => ({ response: { status, location } })) };
  }
  const batch = (entries: readonly Entry[]): object => ({
    resourceType: 'Bundle', type: 'batch-response', entry: entries.map(({ request }) => {
      const found = store.search(request?.url ?? '');
      return { response: { status: '200 OK' }, resource: { resourceType: 'Bundle', type: 'searchset', total: found.length, entry: found.map((resource) => ({ resource })) } };
    }),
  });

  const region: Region = {
    url: '', store, order, onStored: () => undefined, arrivals: 0, always: (mood) => { fixed = mood; }, wellFromNow: () => { fixed = 'well'; },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve(); }); }),
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      response.setHeader('content-type', 'application/fhir+json');
      // The gateway asks after its partners by itself, a minute after its start.
      if (request.method === 'GET') { response.end('{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1"}'); return; }
      region.arrivals += 1;
      const mood = fixed ?? moodOf(random());
      if (mood === 'broken') { response.statusCode = 500; response.end(); return; }
      if (mood === 'refuse-later') { response.statusCode = 503; response.setHeader('retry-after', '0'); response.end('{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"transient"}]}'); return; }
      if (mood === 'cut-before') { request.socket.destroy(); return; }
      const body = JSON.parse(text) as Body;
      const none = request.headers['if-none-exist'];
      const asked = body.type === 'batch';
      const made = body.resourceType === 'Bundle' ? null
        : store.apply({ resource: body, request: { method: 'POST', url: body.resourceType, ...(typeof none === 'string' ? { ifNoneExist: none } : {}) } });
      const bundle = made !== null ? null : asked ? batch(body.entry ?? []) : transaction(body.entry ?? [], text);
      if (!asked) region.onStored();
      if (mood === 'cut-after') { request.socket.destroy(); return; }
      const answer = (): void => {
        if (made !== null) { response.statusCode = Number(made.status.slice(0, 3)); response.setHeader('location', made.location); }
        response.end(made === null ? JSON.stringify(bundle) : text);
      };
      if (mood === 'silent') return;
      if (mood === 'slow') setTimeout(answer, 200); else answer();
    });
  });
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return Object.assign(region, { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/fhir` });
}
