import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { msh, parse, rules, type Parsed } from './rules.ts';

/**
 * What the system does with one arrival. `reject`: AR. `error`: AE. `hang`: says nothing. `hang-taken`: takes it, says
 * nothing. `drop`: closes without taking. `drop-taken`: takes it, closes without answering. `late`: takes it, answers after
 * `lateMs`. `wrong`: answers another MSH-10 first. `twice`: answers twice. `commit`: CA. `noise`: bytes between frames first.
 */
export type Behaviour = 'accept' | 'reject' | 'error' | 'unsupported' | 'hang' | 'hang-taken' | 'drop' | 'drop-taken' | 'late' | 'wrong' | 'twice' | 'commit' | 'noise' | 'slow' | 'nonsense';

export interface Arrival {
  readonly controlId: string;
  readonly type: string;
  /** MSH-8 says that it may be a duplicate. */
  readonly flagged: boolean;
  readonly bytes: Buffer;
  /** Names of the rules it breaks. */
  readonly broken: readonly string[];
  readonly behaviour: Behaviour;
}

export interface SimulatorOptions { readonly host?: string; readonly port?: number; readonly tls?: TlsOptions; readonly lateMs?: number }

export interface Hl7v2Simulator {
  readonly url: string;
  /** Everything that came, raw, repeats included. */
  readonly arrivals: readonly Arrival[];
  /** What it took, once each by MSH-3, MSH-4 and MSH-10. */
  readonly taken: ReadonlyMap<string, Arrival>;
  readonly connections: number;
  /** What the next arrivals meet; then `accept` again. */
  fail(...behaviours: Behaviour[]): void;
  /** What every arrival meets while the list of `fail` is empty. */
  always(behaviour: Behaviour): void;
  close(): Promise<void>;
}

const stamp = (): string => new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14);

/** An HL7 v2 system that takes messages over MLLP: for `sandbox`, `demo` and tests. */
export async function startHl7v2Simulator(options: SimulatorOptions = {}): Promise<Hl7v2Simulator> {
  const arrivals: Arrival[] = [];
  const taken = new Map<string, Arrival>();
  const script: Behaviour[] = [];
  const sockets = new Set<Socket>();
  let otherwise: Behaviour = 'accept';
  let connections = 0;
  let answers = 0;

  const write = (socket: Socket, message: string): void => { if (!socket.destroyed) socket.write(Buffer.from(`\x0b${message}\x1c\r`, 'latin1')); };
  const acknowledge = (message: Parsed, code: string, controlId = msh(message, 10), err = ''): string => {
    answers += 1;
    const event = msh(message, 9).split('^')[1] ?? '';
    return `MSH|^~\\&|${msh(message, 5)}|${msh(message, 6)}|${msh(message, 3)}|${msh(message, 4)}|${stamp()}||ACK^${event}^ACK|SIM${answers}|${msh(message, 11)}|${msh(message, 12)}\rMSA|${code}|${controlId}\r${err}`;
  };

  const answer = (socket: Socket, message: Parsed, behaviour: Behaviour): void => {
    const good = (): void => { write(socket, acknowledge(message, 'AA')); };
    switch (behaviour) {
      case 'accept': good(); return;
      case 'commit': write(socket, acknowledge(message, 'CA')); return;
      case 'reject': write(socket, acknowledge(message, 'AR', undefined, 'ERR|||207^Application error^HL70357|E||||Base occupée\r')); return;
      case 'unsupported': write(socket, acknowledge(message, 'AR', undefined, 'ERR||MSH^1^12|203^Unsupported version^HL70357|E\r')); return;
      case 'error': write(socket, acknowledge(message, 'AE', undefined, 'ERR||PID^1^3|207^Application error^HL70357|E|902^Patient inconnu^applicationErrorCondition||DUPONT Jean|DUPONT Jean inconnu\r')); return;
      case 'nonsense': write(socket, acknowledge(message, 'OK')); return;
      case 'wrong': write(socket, acknowledge(message, 'AA', 'ANOTHER')); setTimeout(good, 20); return;
      case 'twice': good(); good(); return;
      case 'noise': socket.write('\r\nnoise\r\n'); write(socket, 'not hl7 at all'); good(); return;
      case 'late': setTimeout(good, options.lateMs ?? 200); return;
      case 'slow': {
        const bytes = Buffer.from(`\x0b${acknowledge(message, 'AA')}\x1c\r`, 'latin1');
        bytes.forEach((byte, at) => { setTimeout(() => { if (!socket.destroyed) socket.write(Uint8Array.of(byte)); }, at); });
        return;
      }
      case 'drop': case 'drop-taken': socket.destroy(); return;
      case 'hang': case 'hang-taken': return;
    }
  };
  const takes: ReadonlySet<Behaviour> = new Set(['accept', 'commit', 'wrong', 'twice', 'noise', 'late', 'slow', 'hang-taken', 'drop-taken', 'nonsense']);

  const arrived = (socket: Socket, bytes: Buffer): void => {
    const message = parse(bytes);
    const behaviour = script.shift() ?? otherwise;
    const arrival: Arrival = { controlId: msh(message, 10), type: msh(message, 9), flagged: msh(message, 8) === 'POSSIBLE_DUPLICATE', bytes, broken: rules.filter((rule) => rule.broken(message)).map(({ name }) => name), behaviour };
    arrivals.push(arrival);
    const key = `${msh(message, 3)}|${msh(message, 4)}|${msh(message, 10)}`;
    if (takes.has(behaviour) && !taken.has(key)) taken.set(key, arrival);
    answer(socket, message, behaviour);
  };

  const connected = (socket: Socket): void => {
    connections += 1;
    sockets.add(socket);
    let held = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      for (let end = held.indexOf('\x1c\r'); end >= 0; end = held.indexOf('\x1c\r')) {
        arrived(socket, Buffer.from(held.subarray(held.indexOf(0x0b) + 1, end)));
        held = held.subarray(end + 2);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => { sockets.delete(socket); });
  };
  const server: Server = options.tls === undefined ? createServer(connected) : createTlsServer(options.tls, connected);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((listening, failed) => { server.once('error', failed); server.listen(options.port ?? 0, host, listening); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? 'mllp' : 'mllps'}://${host}:${port}`, arrivals, taken,
    get connections() { return connections; },
    fail: (...behaviours) => { script.push(...behaviours); },
    always: (behaviour) => { otherwise = behaviour; },
    close: async () => {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => { server.close(() => { closed(); }); });
    },
  };
}
