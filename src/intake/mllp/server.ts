import { createServer, type AddressInfo, type DropArgument, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type Server as TlsServer } from 'node:tls';
import type { FaultCode } from '../../domain/catalogue.ts';
import { framed } from '../../net/mllp-framer.ts';
import type { ListenerTls } from '../../net/tls.ts';
import { certificateOf, peerFault } from '../../net/peer-certificate.ts';
import { plainAddress, type Peer } from '../sources.ts';
import type { IntakePorts } from '../take.ts';
import { MllpConnection, type ConnectionLimits } from './connection.ts';
import { closeGently } from './linger.ts';

export interface MllpListener extends ConnectionLimits { readonly name: string; readonly host: string; readonly port: number; readonly maxConnections: number }

export interface MllpServer {
  readonly port: number;
  /** What is going on, for the console: a frame that began and does not end shows here. */
  connections(): { readonly peer: string; readonly unanswered: number; readonly partialBytes: number | null; readonly partialMs: number | null }[];
  /** Listens no more; finishes and answers what was read whole, for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

const handshakeMs = 10_000;

/** Opens an MLLP listener, in clear or over TLS. Rejects when the address cannot be had. */
export async function mllpServer(listener: MllpListener, tls: ListenerTls | null, ports: IntakePorts): Promise<MllpServer> {
  const connections = new Set<MllpConnection>();
  const leaving = new Set<Socket>();
  const sockets = new Set<Socket>();
  let count = 0;

  /** Says why, in an acknowledgement that answers nothing yet, and closes. */
  const turnAway = (socket: Socket, fault: FaultCode, detail?: string) => {
    ports.report({ fault, listener: listener.name, peer: plainAddress(socket.remoteAddress ?? ''), ...(detail === undefined ? {} : { detail }) });
    socket.on('error', () => socket.destroy());
    if (leaving.size >= listener.maxConnections) { socket.destroy(); return; }
    leaving.add(socket);
    socket.once('close', () => leaving.delete(socket));
    socket.write(framed(ports.refuse(new Uint8Array(0), fault, detail)));
    closeGently(socket);
  };

  const welcome = (socket: Socket) => {
    if (connections.size >= listener.maxConnections) { turnAway(socket, 'intake.too-many-connections'); return; }
    const secure = socket instanceof TLSSocket ? socket : null;
    const fault = secure && tls?.mutual ? peerFault(secure) : null;
    if (fault !== null) { turnAway(socket, 'intake.certificate-refused', fault); return; }
    const peer: Peer = {
      listener: listener.name, address: plainAddress(socket.remoteAddress ?? ''), token: null,
      certificate: secure && tls?.mutual ? certificateOf(secure) : null,
    };
    const connection = new MllpConnection(socket, peer, `${listener.name}#${++count}`, ports, listener);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  };

  const server = tls ? secureServer(tls, welcome, (socket, code) => {
    ports.report({ fault: 'intake.handshake-failed', listener: listener.name, peer: plainAddress(socket.remoteAddress ?? ''), detail: code });
  }) : createServer({ allowHalfOpen: true }, welcome);
  // Handshakes count too: beyond this, the system's own refusal is cheap enough.
  server.maxConnections = listener.maxConnections * 2;
  server.on('connection', (socket: Socket) => { sockets.add(socket); socket.once('close', () => sockets.delete(socket)); });
  server.on('drop', (dropped?: DropArgument) => { ports.report({ fault: 'intake.too-many-connections', listener: listener.name, peer: plainAddress(dropped?.remoteAddress ?? '') }); });
  await listening(server, listener.host, listener.port);

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => [...connections].map(connection => ({
      peer: connection.peer.address, unanswered: connection.unanswered, partialBytes: connection.partial,
      partialMs: connection.frameSince === null ? null : performance.now() - connection.frameSince,
    })),
    close: graceMs => new Promise(resolve => {
      const deadline = setTimeout(() => { for (const socket of sockets) socket.destroy(); }, graceMs);
      server.close(() => { clearTimeout(deadline); resolve(); });
      for (const connection of connections) connection.stop();
    }),
  };
}

function secureServer(tls: ListenerTls, welcome: (socket: TLSSocket) => void, failed: (socket: TLSSocket, code: string) => void): TlsServer {
  // An unwanted certificate is refused after the handshake, with an answer the peer's log will show, not by a bare reset.
  const server = createTlsServer({ ...tls.options(), requestCert: tls.mutual, rejectUnauthorized: false, handshakeTimeout: handshakeMs, allowHalfOpen: true }, welcome);
  server.on('tlsClientError', (error: Error & { code?: string }, socket) => { failed(socket, error.code ?? 'handshake'); socket.destroy(); });
  server.once('close', tls.onChange(options => server.setSecureContext(options)));
  return server;
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => { server.off('error', reject); resolve(); });
  });
}
