import { randomUUID } from 'node:crypto';
import { createServer, type ServerOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { wire } from './answer.ts';
import type { Arrival } from './received.ts';
import type { Scenario } from './scenario.ts';
import type { DmpSimulatorSettings, Settled } from './settings.ts';
import type { Outcome } from './submission.ts';
import { serviceOf } from './transaction.ts';

export interface Services { readonly url: string; refusedHandshakes(): number; close(): Promise<void> }
type Handle = (arrival: Omit<Arrival, 'at'>) => { readonly outcome: Outcome; readonly scenario: Scenario | null };

/** The body, up to a byte past the limit: the rule on size then says so. Null when the client left. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      if (size > limit) continue;
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
  } catch { return null; }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { answer }: Outcome, scenario: Scenario | null, multipart: boolean): void {
  const { socket } = response;
  if (scenario?.kind === 'reset-after-body' || scenario?.kind === 'answer-lost') { socket?.destroy(); return; }
  if (answer.envelope === '') { response.writeHead(answer.status).end(); return; }
  const { headers, body } = wire(answer, multipart || scenario?.kind === 'truncated', `reponse-${randomUUID()}`);
  // Cut in the middle of the multipart, with the right HTTP length for what is left: only the reader of MIME can see it.
  const left = scenario?.kind === 'truncated' ? body.subarray(0, Math.floor(body.length / 2)) : body;
  response.writeHead(answer.status, { ...headers, 'content-length': String(left.length) }).end(left);
}

/** The four services over mutual TLS, 1.2 at least. */
export async function startServices(given: DmpSimulatorSettings, settings: Settled, base: string, handle: Handle): Promise<Services> {
  const options: ServerOptions = { cert: given.tls.cert, key: given.tls.key, ca: given.tls.ca, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' };
  const sockets = new Set<Socket>();
  let refused = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'https://dmp').pathname;
    const bytes = await bodyOf(request, settings.maxRequest);
    if (bytes === null) return;
    if (serviceOf(path) === '' || !path.startsWith(base)) { response.writeHead(404).end(); return; }
    const peer = request.socket instanceof TLSSocket ? request.socket.getPeerCertificate() : null;
    const { outcome, scenario } = handle({ method: request.method ?? '', path, headers: request.headers, bytes, peer: Buffer.isBuffer(peer?.raw) ? peer.raw : null });
    const refusedByRule = outcome.verdicts.some((one) => one.status === 'fail');
    const acted = refusedByRule ? null : scenario;
    if (acted?.kind === 'slow') await new Promise((resolve) => { setTimeout(resolve, acted.ms); });
    send(response, outcome, acted, settings.multipartAnswers && path.endsWith('/repository'));
  };
  const server = createServer(options, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`simulator: ${error instanceof Error ? error.message : 'unknown error'}`);
    });
  });
  server.on('secureConnection', (socket) => { sockets.add(socket); socket.once('close', () => sockets.delete(socket)); });
  server.on('tlsClientError', () => { refused++; });
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(given.port ?? 0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${String(port)}${base}`, refusedHandshakes: () => refused,
    close: () => new Promise((resolve) => { server.close(() => { resolve(); }); for (const socket of sockets) socket.destroy(); }),
  };
}
