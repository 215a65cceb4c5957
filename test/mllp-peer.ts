import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

export const frame = (text: string): Buffer => Buffer.from(`\x0b${text}\x1c\r`, 'latin1');

/** A plain MLLP peer for tests, which knows nothing of our framer: `MSA` codes and ids of what it got, in order. */
export class MllpPeer {
  readonly socket: Socket;
  #text = '';
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(port: number, tls: ConnectionOptions | null = null) {
    this.socket = tls ? connectTls({ port, host: '127.0.0.1', ...tls }) : connect(port, '127.0.0.1');
    this.socket.on('data', chunk => { this.#text += chunk.toString('latin1'); this.#wake?.(); });
    this.socket.on('error', () => undefined);
    this.socket.on('end', () => { this.#ended = true; this.#wake?.(); });
    this.socket.on('close', () => { this.#ended = true; this.#wake?.(); });
  }

  write(bytes: Uint8Array | string): void { this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes); }
  get frames(): string[] { return [...this.#text.matchAll(/\x0b([^\x1c]*)\x1c\r/g)].map(match => match[1] ?? ''); }
  get answers(): string[] { return this.frames.map(text => /MSA\|(\w+)\|([^\r]*)/.exec(text)?.slice(1).join(' ').trim() ?? text); }
  get text(): string { return this.#text; }

  /** Waits for so many answers, or for the end of the connection. */
  async got(count: number): Promise<string[]> {
    while (this.frames.length < count && !this.#ended) await new Promise<void>(resolve => { this.#wake = resolve; });
    return this.answers;
  }
  async ended(): Promise<string[]> {
    while (!this.#ended) await new Promise<void>(resolve => { this.#wake = resolve; });
    return this.answers;
  }
  close(): void { this.socket.destroy(); }
}
