import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DmpPartner {
  readonly url: string;
  /** Arrivals by delivery key: more than one is a resend that was not asked about first. */
  readonly arrived: ReadonlyMap<string, number>;
  /** Called when something was stored and nothing is answered yet. */
  onStored: () => void;
  wellFromNow(): void;
  close(): Promise<void>;
}

/** A partner that stores whatever it is sent as often as it is sent, and can be asked: only `lookup` keeps it free of duplicates. */
export async function startDmp(random: () => number): Promise<DmpPartner> {
  const arrived = new Map<string, number>();
  let healthy = false;
  const dmp: DmpPartner = {
    url: '', arrived, onStored: () => undefined, wellFromNow: () => { healthy = true; },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve(); }); }),
  };
  const server = http.createServer((request, response) => {
    const key = new URL(request.url ?? '/', 'http://dmp').searchParams.get('key') ?? '';
    request.resume();
    request.on('end', () => {
      const r = healthy ? 0 : random();
      if (request.method === 'GET') {
        if (r > 0.9) { request.socket.destroy(); return; }
        response.statusCode = arrived.has(key) ? 200 : 404;
        response.end();
        return;
      }
      if (r > 0.96) { request.socket.destroy(); return; }
      if (r > 0.92) { response.statusCode = 503; response.end(); return; }
      arrived.set(key, (arrived.get(key) ?? 0) + 1);
      dmp.onStored();
      if (r > 0.84) { request.socket.destroy(); return; }
      response.end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return Object.assign(dmp, { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` });
}
