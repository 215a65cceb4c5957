import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Framer, framed } from '../../src/net/mllp-framer.ts';
import { contextOptions } from '../../src/net/tls.ts';
import type { Hl7v2Config } from './config.ts';

/** One connection to the system. `onFrame` gets each whole frame; `onClosed` is called once. */
export class Link {
  readonly #socket: Socket;
  open = true;
  /** Node's code of what broke it: with TLS 1.3 a refused client certificate is only told after the handshake. */
  error: Error | null = null;
  readonly #framer: Framer;
  onFrame: (bytes: Uint8Array) => void = () => undefined;
  onClosed: () => void = () => undefined;

  constructor(socket: Socket, maxAnswerBytes: number) {
    this.#socket = socket;
    this.#framer = new Framer(maxAnswerBytes);
    const closed = (): void => { if (this.open) { this.open = false; this.onClosed(); } };
    socket.on('data', (chunk) => { this.#take(chunk); });
    socket.on('end', () => { this.#settle(); });
    // An error is always followed by close; without a listener it would end the process.
    socket.on('error', (error) => { this.error = error; });
    socket.on('close', closed);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
  }

  /** What becomes of the bytes only an answer can say. */
  write(message: Uint8Array): void { this.#socket.write(framed(message)); }
  close(): void { this.#socket.end(); this.#socket.destroy(); }

  #take(chunk: Uint8Array): void {
    for (const found of this.#framer.push(chunk)) if (found.kind === 'frame') this.onFrame(found.bytes);
    // Some systems leave the last 0x0D out and wait for our next message: their answer is whole all the same.
    if (this.#framer.endingOpen) this.#settle();
  }
  #settle(): void { for (const found of this.#framer.settle()) if (found.kind === 'frame') this.onFrame(found.bytes); }
}

/** Opens a connection, TLS handshake included. Rejects with Node's error; nothing was sent then. */
export function openLink(config: Hl7v2Config, signal: AbortSignal): Promise<Link> {
  return new Promise((opened, failed) => {
    const { host, port } = config;
    const socket: Socket = config.secure
      ? connectTls({ host, port, ...(config.tls === null ? {} : contextOptions(config.tls, `${config.destination}.settings.tls`)), ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }) })
      : connectTcp({ host, port });
    const timer = setTimeout(() => { fail(Object.assign(new Error('connection timed out'), { code: 'ETIMEDOUT' })); }, config.connectMs);
    const aborted = (): void => { fail(Object.assign(new Error('attempt ended before the connection'), { code: 'ETIMEDOUT' })); };
    const done = (): void => { clearTimeout(timer); signal.removeEventListener('abort', aborted); socket.off('error', fail); };
    function fail(error: Error): void { done(); socket.on('error', () => undefined); socket.destroy(); failed(error); }
    signal.addEventListener('abort', aborted, { once: true });
    socket.once('error', fail);
    socket.once(config.secure ? 'secureConnect' : 'connect', () => { done(); opened(new Link(socket, config.maxAnswerBytes)); });
    if (signal.aborted) aborted();
  });
}
