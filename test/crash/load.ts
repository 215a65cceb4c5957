import net from 'node:net';
import { zipf } from '../bench/message.ts';
import { messageOf, type Kind, type Message } from './messages.ts';

/** What one connection's work came to. */
export interface Sent extends Message { /** MSA-1 of each answer it got, in order. */ readonly answers: string[]; attempts: number }
export interface Load {
  /** In the order sent, over all connections; a patient always comes by the same one. */
  readonly sent: readonly Sent[];
  /** Called at each positive acknowledgement. */
  onAcknowledged: () => void;
  /** No new message; resolves when each connection's last one is acknowledged. */
  finish(): Promise<void>;
}
export interface LoadOptions { readonly connections: number; readonly random: () => number; readonly kindOf: (random: number) => Kind; /** The gateway's port now, once it listens. */ readonly port: () => Promise<number> }

const patients = 40;
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** One exchange on a connection of its own: MSA-1, or null when the connection ended first. */
class Line {
  #socket: net.Socket | null = null;
  #text = '';
  #wake: (answer: { code: string; id: string } | null) => void = () => undefined;

  connect(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      this.#text = '';
      socket.on('connect', () => { this.#socket = socket; resolve(true); });
      socket.on('data', (chunk: Buffer) => {
        this.#text += chunk.toString('latin1');
        const end = this.#text.indexOf('\x1c\r');
        if (end < 0) return;
        const [, code = '', id = ''] = /\rMSA\|([A-Z]*)\|([^|\r]*)/.exec(this.#text.slice(0, end)) ?? [];
        this.#text = this.#text.slice(end + 2);
        this.#wake({ code, id });
      });
      socket.on('error', () => undefined);
      socket.on('close', () => { this.#socket = null; resolve(false); this.#wake(null); });
    });
  }
  get open(): boolean { return this.#socket !== null; }
  ask(text: string): Promise<{ code: string; id: string } | null> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#socket === null) { resolve(null); return; }
      this.#socket.write(Buffer.from(`\x0b${text}\x1c\r`));
    });
  }
  close(): void { this.#socket?.destroy(); }
}

/** Sends without end, each connection one message at a time, resending the unanswered one under the same MSH-10. */
export function startLoad(options: LoadOptions): Load {
  const { connections, random, kindOf, port } = options;
  const sent: Sent[] = [];
  const draw = zipf(patients, Math.floor(random() * 2 ** 31));
  let going = true;
  const load: Load = { sent, onAcknowledged: () => undefined, finish: async () => { going = false; await Promise.all(lines); } };

  async function exchange(line: Line, message: Sent): Promise<void> {
    for (;;) {
      if (!line.open && !await line.connect(await port())) { await pause(20); continue; }
      message.attempts += 1;
      const answer = await line.ask(message.text);
      if (answer === null) continue;
      if (answer.id !== message.id) throw new Error(`an answer to ${answer.id} in place of ${message.id}`);
      message.answers.push(answer.code);
      if (answer.code.endsWith('A')) { load.onAcknowledged(); return; }
      // AE is not for these messages: the checks will say so. AR may be sent again.
      if (answer.code.endsWith('E')) return;
      await pause(50);
    }
  }
  const lines = Array.from({ length: connections }, async (_, i) => {
    const line = new Line();
    while (going) {
      const drawn = draw();
      const message: Sent = { ...messageOf(sent.length + 1, drawn - (drawn % connections) + i, kindOf(random())), answers: [], attempts: 0 };
      sent.push(message);
      await exchange(line, message);
      await pause(random() * 8);
    }
    line.close();
  });
  return load;
}
