// node test/bench/load.ts --port P [--connections 8] [--seconds 10] [--max N] [--patients 10000] [--rate R] [--run B] [--acks FILE]
// MLLP load. Closed loop: each connection waits for its acknowledgement. Open loop (--rate): messages are due on a schedule,
// the first idle connection takes the next due one, latency counts from its due time. A patient always comes by the same
// connection, so that order per patient is defined.
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';
import { labResult, zipf } from './message.ts';

const { values } = parseArgs({ options: {
  port: { type: 'string' }, connections: { type: 'string', default: '8' }, seconds: { type: 'string', default: '10' }, max: { type: 'string', default: '1e9' },
  patients: { type: 'string', default: '10000' }, rate: { type: 'string', default: '0' }, run: { type: 'string', default: 'B' }, acks: { type: 'string' },
} });
const [connections, max, patients, rate] = [Number(values.connections), Number(values.max), Number(values.patients), Number(values.rate)];
const draw = zipf(patients);
const started = performance.now();
const end = started + Number(values.seconds) * 1000;

let seq = 0;
let open = connections;
let mismatched = 0;
const latencies: number[] = [];
const codes: Record<string, number> = {};
const acked: number[] = [];
const sent: number[] = [];

function nextFor(connection: number): { seq: number; id: string; bytes: Buffer } | null {
  if (seq >= max || performance.now() >= end) return null;
  const mine = ++seq;
  const drawn = draw();
  const rank = patients === 1 ? 0 : drawn - (drawn % connections) + connection;
  if (values.acks !== undefined) sent.push(mine);
  return { seq: mine, id: `${values.run}${String(mine).padStart(9, '0')}`, bytes: Buffer.from(`\x0b${labResult(mine, rank, values.run)}\x1c\r`) };
}

const idle: ((due: number | null) => void)[] = [];
let timer: NodeJS.Timeout | null = null;
function dispatch(): void {
  timer = null;
  for (;;) {
    const due = started + (seq / rate) * 1000;
    const now = performance.now();
    if (now >= end || seq >= max) { for (const take of idle.splice(0)) take(null); return; }
    const take = idle[0];
    if (take === undefined) return;
    if (due > now) { timer = setTimeout(dispatch, Math.max(1, due - now)); return; }
    idle.shift();
    take(due);
  }
}

function connect(i: number): void {
  const socket = net.connect(Number(values.port), '127.0.0.1');
  socket.setNoDelay(true);
  let text = '';
  let due = 0;
  let current: ReturnType<typeof nextFor> = null;
  const send = (at: number | null): void => {
    current = at === null ? null : nextFor(i);
    if (current === null) { socket.end(); return; }
    due = at ?? 0;
    socket.write(current.bytes);
  };
  const go = (): void => {
    if (rate === 0) { send(performance.now()); return; }
    idle.push(send);
    timer ??= setTimeout(dispatch, 0);
  };
  socket.on('connect', go);
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let at = text.indexOf('\x1c\r'); at >= 0; at = text.indexOf('\x1c\r')) {
      const answer = text.slice(text.indexOf('\x0b') + 1, at);
      text = text.slice(at + 2);
      latencies.push(performance.now() - due);
      const [, code = '?', id = ''] = /MSA\|(\w\w)\|([^|\r]*)/.exec(answer) ?? [];
      codes[code] = (codes[code] ?? 0) + 1;
      if (id !== current?.id) mismatched++; else if (code === 'AA') acked.push(current.seq);
      go();
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => { codes[error.code ?? 'error'] = (codes[error.code ?? 'error'] ?? 0) + 1; });
  socket.on('close', () => { open--; if (open === 0) finish(); });
}

function finish(): void {
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number | null => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? null;
  const cpu = process.cpuUsage();
  if (values.acks !== undefined) writeFileSync(values.acks, JSON.stringify({ sent, acked }));
  console.log(JSON.stringify({ connections, seconds, acknowledged: latencies.length, perSecond: latencies.length / seconds, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1), codes, mismatched, cpuMs: (cpu.user + cpu.system) / 1000 }));
}
for (let i = 0; i < connections; i++) connect(i);
