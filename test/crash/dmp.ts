import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DmpPartner { readonly url: string; /** Arrivals by delivery key: more than one is a resend that was not asked about first. */ readonly arrived: ReadonlyMap<string, number>; wellFromNow(): void; close(): Promise<void> }

/** A partner that stores whatever it is sent as often as it is sent, and can be asked: only `lookup` keeps it free of duplicates. */
export async function startDmp(random: () => number): Promise<DmpPartner> {
  const arrived = new Map<string, number>();
  let healthy = false;
  const server = http.createServer((request, response) => {
    const key = new URL(request.url ?? '/', 'http://dmp').searchParams.get('key') ?? '';
    request.resume();
    request.on('end', () => {
      const r = healthy ? 0 : random();
      if (request.method === 'GET') { if (r > 0.9) { request.socket.destroy(); return; } response.statusCode = arrived.has(key) ? 200 : 404; response.end(); return; }
      if (r > 0.96) { request.socket.destroy(); return; }
      arrived.set(key, (arrived.get(key) ?? 0) + 1);
      if (r > 0.88) { request.socket.destroy(); return; }
      response.end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived, wellFromNow: () => { healthy = true; },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve(); }); }),
  };
}
