import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import { operationOutcome } from './operation-outcome.ts';
import { peerFault } from './peer-certificate.ts';
import type { ListenerTls } from './tls.ts';

export interface HttpListener {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly maxConnections: number;
  readonly idleMs: number;
  /** A request must be whole after so long. */
  readonly frameMs: number;
}
export interface HttpRoute { readonly path: string; readonly router: RequestHandler }
export type HttpReport = (event: { readonly fault: FaultCode; readonly listener: string; readonly peer: string; readonly detail?: string }) => void;
export interface HttpServer { readonly port: number; close(graceMs: number): Promise<void> }

/** One HTTP server for the routers of every role of a listener. Rejects when the address cannot be had. */
export async function httpListener(listener: HttpListener, tls: ListenerTls | null, routes: readonly HttpRoute[], report: HttpReport): Promise<HttpServer> {
  let connections = 0;
  const tell = (fault: FaultCode, peer: string | undefined, detail?: string) => { report({ fault, listener: listener.name, peer: peer ?? '', ...(detail === undefined ? {} : { detail }) }); };
  const refuse = (fault: FaultCode, request: Request, response: Response, detail?: string) => {
    tell(fault, request.socket.remoteAddress, detail);
    const status = (catalogue[fault]).http ?? 500;
    if (status === 503) response.set('Retry-After', '5');
    response.status(status).set('Connection', 'close').type('application/fhir+json').send(operationOutcome(fault, detail));
  };

  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use(helmet({ strictTransportSecurity: tls !== null, contentSecurityPolicy: { directives: { styleSrc: ["'self'"], upgradeInsecureRequests: tls === null ? null : [] } } }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const certificate = tls?.mutual && request.socket instanceof TLSSocket ? peerFault(request.socket) : null;
    if (certificate !== null) refuse('intake.certificate-refused', request, response, certificate);
    else if (connections > listener.maxConnections) refuse('intake.too-many-connections', request, response);
    else next();
  });
  for (const { path, router } of routes) app.use(path, router);
  app.use((_request: Request, response: Response) => { response.status(404).json({ error: 'not found' }); });
  app.use((_error: unknown, request: Request, response: Response, next: NextFunction) => {
    // What went wrong may hold a patient's data: the peer and the log get a code only.
    if (response.headersSent) next(new Error('answer already begun')); else refuse('intake.failed', request, response);
  });

  const options = { requestTimeout: listener.frameMs, headersTimeout: Math.min(listener.frameMs, 30_000), keepAliveTimeout: Math.min(listener.idleMs, 60_000), connectionsCheckingInterval: Math.max(20, Math.min(Math.floor(listener.frameMs / 4), 5000)) };
  const server = tls
    ? createSecureServer({ ...tls.options(), ...options, requestCert: tls.mutual, rejectUnauthorized: false, handshakeTimeout: 10_000 }, app)
    : createServer(options, app);
  server.maxConnections = listener.maxConnections * 2;
  server.on('connection', (socket: Socket) => { connections++; socket.once('close', () => { connections--; }); });
  server.on('drop', () => { tell('intake.too-many-connections', ''); });
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    tell(late ? 'intake.frame-timeout' : 'intake.body-incomplete', socket.remoteAddress, error.code);
    if (socket.writable) socket.end(`HTTP/1.1 ${late ? '408 Request Timeout' : '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
    else socket.destroy();
  });
  if (tls) followTls(server as SecureServer, tls, (peer, code) => { tell('intake.handshake-failed', peer, code); });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listener.port, listener.host, () => { server.off('error', reject); resolve(); });
  });
  return { port: (server.address() as AddressInfo).port, close: graceMs => closed(server, graceMs) };
}

function followTls(server: SecureServer, tls: ListenerTls, failed: (peer: string | undefined, code: string) => void): void {
  server.on('tlsClientError', (error: Error & { code?: string }, socket) => { failed(socket.remoteAddress, error.code ?? 'handshake'); });
  server.once('close', tls.onChange(context => server.setSecureContext(context)));
}

/** Requests under way are answered; kept-alive connections go as soon as they are idle, all of them after the grace. */
function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise(resolve => {
    const idle = setInterval(() => { server.closeIdleConnections(); }, 50);
    const grace = setTimeout(() => { server.closeAllConnections(); }, graceMs);
    server.close(() => { clearInterval(idle); clearTimeout(grace); resolve(); });
  });
}
