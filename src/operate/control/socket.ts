import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Control } from './control.ts';

const methods = ['list', 'search', 'show', 'reveal', 'release', 'abandon', 'replay', 'replan', 'counts', 'checks', 'verify', 'backup', 'retain', 'verifyAudit', 'destinations', 'switches', 'pause', 'resume'] as const satisfies readonly (keyof Control)[];
type Method = (typeof methods)[number];
interface Asked { readonly method: Method; readonly params: readonly unknown[] }
type Answered = { readonly result?: unknown } | { readonly error: { readonly code: string; readonly message: string; readonly args?: readonly string[] } };

/** Longest path of a Unix socket, less a margin. */
const longestPath = 100;

/** Beside the data, which only the gateway's own user can enter; elsewhere under a private name when that path is too long. */
export function socketPath(folder: string): string {
  const beside = join(resolve(folder), 'control.sock');
  return beside.length <= longestPath ? beside : join(tmpdir(), `passerelle-${createHash('sha256').update(beside).digest('hex').slice(0, 16)}.sock`);
}

async function answer(control: Control, line: string): Promise<Answered> {
  try {
    const { method, params } = JSON.parse(line) as Asked;
    if (!methods.includes(method)) return { error: { code: 'control.unknown', message: 'no such request' } };
    return { result: await (control[method] as (this: Control, ...args: readonly unknown[]) => Promise<unknown>).apply(control, [...params]) };
  } catch (error) {
    // Our own errors have a code and a text without values; anything else says only its kind.
    const { code, args } = error as { code?: unknown; args?: readonly string[] };
    return typeof code === 'string' && error instanceof Error ? { error: { code, message: error.message, ...(args === undefined ? {} : { args }) } } : { error: { code: 'control.failed', message: error instanceof Error ? error.name : 'unknown' } };
  }
}

/** The running gateway's side: one JSON request a line, one JSON answer a line. Readable by its own user only. */
export async function serveControl(control: Control, folder: string): Promise<{ close(): Promise<void> }> {
  const path = socketPath(folder);
  // A leftover of a killed process: the journal's lock already says that no other gateway runs here.
  rmSync(path, { force: true });
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    createInterface({ input: socket }).on('line', (line) => { void answer(control, line).then((said) => { if (socket.writable) socket.write(`${JSON.stringify(said)}\n`); }); });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    // The socket is made inside this call: a mode set afterwards would leave it open to others for a moment.
    const before = process.umask(0o177);
    try { server.listen(path, done); } finally { process.umask(before); }
  });
  return {
    close: () => new Promise((done) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => { rmSync(path, { force: true }); done(); });
    }),
  };
}

/** What the gateway refused, with its own code and words. */
export class ControlRefused extends Error {
  override readonly name = 'ControlRefused';
  readonly code: string;
  readonly args: readonly string[] | undefined;
  constructor(code: string, message: string, args?: readonly string[]) { super(message); this.code = code; this.args = args; }
}

/** A command's side; null when no gateway runs on the folder. */
export async function askControl(folder: string): Promise<{ control: Control; close(): void } | null> {
  const socket = net.connect(socketPath(folder));
  const connected = await new Promise<boolean>((done) => { socket.once('connect', () => { done(true); }); socket.once('error', () => { done(false); }); });
  if (!connected) return null;
  const waiting: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  createInterface({ input: socket }).on('line', (line) => {
    const said = JSON.parse(line) as Answered;
    const one = waiting.shift();
    if ('error' in said) one?.reject(new ControlRefused(said.error.code, said.error.message, said.error.args)); else one?.resolve(said.result);
  });
  const gone = (): void => { for (const one of waiting.splice(0)) one.reject(new ControlRefused('control.gone', 'the gateway stopped before it answered')); };
  socket.on('error', gone);
  socket.on('close', gone);
  // Answers come in the order of the requests: each is awaited before the next is written.
  let turn: Promise<unknown> = Promise.resolve();
  const ask = (method: Method, params: readonly unknown[]): Promise<unknown> => {
    const mine = turn.then(() => new Promise((resolve, reject) => { waiting.push({ resolve, reject }); socket.write(`${JSON.stringify({ method, params })}\n`); }));
    turn = mine.catch(() => undefined);
    return mine;
  };
  const control = Object.fromEntries(methods.map((method) => [method, (...params: readonly unknown[]) => ask(method, params)])) as unknown as Control;
  return { control, close: () => socket.end() };
}
