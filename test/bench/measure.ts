import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEnvironment, startOptions } from '../as-started.ts';

export interface OpenSettings { readonly what: 'floor' | 'gateway'; readonly folder: string; readonly senders?: number }
export interface RunSettings {
  readonly seconds: number; readonly connections: number; readonly patients: number; readonly rate?: number; readonly max?: number;
  /** A capital letter, another for each run of one process: it begins the accession numbers, so that no run repeats another's messages. */
  readonly letter: string;
}
export interface Measured {
  readonly delivered: number; /** Load and drain, s. */ readonly elapsed: number; readonly p99: number; readonly cpuMs: number; /** CPU ms a message by thread name. */ readonly byThread: Readonly<Record<string, number>>;
  /** MiB, sampled each half second. */ readonly rss: readonly number[]; readonly diskKb: number; readonly faults: readonly string[];
}
interface Stats { received: number; unique: number; duplicates: number; outOfOrder: number; wrong: number; unknown: number }
interface LoadResult { acknowledged: number; p99: number | null; codes: Record<string, number>; mismatched: number }

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const children = new Set<ChildProcess>();
process.once('exit', () => { for (const child of children) child.kill('SIGKILL'); });

/** A child whose first matching line says the port it listens on. It is ended by its own pid, at the latest with this process. */
function start(args: readonly string[], port: RegExp, environment: Readonly<Record<string, string>> = {}): { child: ChildProcess; port: Promise<number>; text(): string } {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'inherit'], cwd: root, env: { ...process.env, ...environment } });
  children.add(child);
  child.once('exit', () => children.delete(child));
  let text = '';
  const listening = new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => { text = (text + chunk.toString()).slice(-65_536); const found = port.exec(text)?.[1]; if (found !== undefined) resolve(Number(found)); });
    child.once('exit', (code) => { reject(new Error(`${args.join(' ')} ended with ${code}: ${text.slice(-500)}`)); });
  });
  return { child, port: listening, text: () => text };
}
const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => { if (child.exitCode !== null || child.signalCode !== null) resolve(); else child.once('exit', () => resolve()); });
const stop = async (child: ChildProcess): Promise<void> => { child.kill('SIGTERM'); const hard = setTimeout(() => child.kill('SIGKILL'), 15_000); await ended(child); clearTimeout(hard); };

const ticksPerSecond = 100;
export const cpuOf = (pid: number): number => { const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []; return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000; };
export const rssOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const threadsOf = (pid: number): Map<string, number> => {
  const all = new Map<string, number>();
  for (const tid of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${tid}/stat`, 'utf8');
    const fields = stat.split(') ')[1]?.split(' ') ?? [];
    const name = tid === String(pid) ? 'main' : stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    all.set(name, (all.get(name) ?? 0) + ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000);
  }
  return all;
};
export const sizeOf = (folder: string): number => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

export function benchConfig(folder: string, sink: number, concurrency: number): string {
  const file = join(folder, 'passerelle.yaml');
  writeFileSync(file, [
    'version: 1', `data: ${join(folder, 'data')}`, `keys: { file: ${join(folder, 'keys', 'ring')} }`,
    'listeners:', '  - { name: mllp, kind: mllp, host: 127.0.0.1, port: 0, roles: [intake] }',
    'sources:', '  - { id: bench, listeners: [mllp], senders: ["SGL-BENCH|*"], networks: ["127.0.0.0/8"], timeZone: Europe/Paris, organisation: bench }',
    'destinations:', `  - { id: region, system: regional, concurrency: ${concurrency}, settings: { baseUrl: "http://127.0.0.1:${sink}/fhir" } }`,
    'rules:', '  - { name: results, when: { carries: results }, to: [region] }', '',
  ].join('\n'));
  return file;
}

const loadArguments = (port: number, { connections, seconds, patients, rate, max, letter }: RunSettings): string[] => [
  here('load.ts'), '--port', String(port), '--connections', String(connections), '--seconds', String(seconds), '--patients', String(patients), '--run', letter,
  ...(rate === undefined ? [] : ['--rate', String(rate)]), ...(max === undefined ? [] : ['--max', String(max)]),
];

/** What the sink and the load saw that must not be. The floor keeps no order per patient. */
function faultsOf(what: OpenSettings['what'], { acknowledged, codes }: LoadResult, arrived: Stats): string[] {
  const faults = arrived.unique < acknowledged ? [`${what}: ${acknowledged - arrived.unique} of ${acknowledged} acknowledged never arrived`] : [];
  for (const [code, count] of Object.entries(codes)) if (code !== 'AA') faults.push(`${what}: ${count} × ${code}`);
  for (const name of ['wrong', 'unknown', 'duplicates', 'outOfOrder'] as const) if (arrived[name] > 0 && !(what === 'floor' && name === 'outOfOrder')) faults.push(`${what}: ${arrived[name]} ${name}`);
  return faults;
}

/** Something under test, alive over several runs: it is warm when it is measured, as it is in service. */
export interface Subject {
  /** Load, then the wait until everything acknowledged has arrived (or it takes too long). */
  run(settings: RunSettings): Promise<Measured>;
  close(): Promise<void>;
}

/** The floor or the gateway, each with a sink of its own. */
export async function open({ what, folder: parent, senders = 16 }: OpenSettings): Promise<Subject> {
  const folder = mkdtempSync(join(parent, `${what}-`));
  mkdirSync(join(folder, 'keys'), { recursive: true });
  const sink = start([here('sink.ts')], /sink (\d+)/);
  const sinkPort = await sink.port;
  const control = async (path: string): Promise<Stats> => await (await fetch(`http://127.0.0.1:${sinkPort}/ctl/${path}`)).json() as Stats;
  const database = join(folder, 'floor.sqlite');
  const tested = what === 'floor'
    ? start([here('floor.ts'), '0', database, String(senders), String(sinkPort)], /floor (\d+)/)
    : start([...startOptions, join(root, 'bin', 'passerelle.js'), 'start', '--json', '--log', join(folder, 'log'), '--config', benchConfig(folder, sinkPort, senders)], /mllp:\/\/127\.0\.0\.1:(\d+)/, startEnvironment);
  const port = await tested.port;
  const pid = tested.child.pid ?? 0;
  const stored = (): number => (what === 'floor' ? [database, `${database}-wal`].reduce((sum, file) => sum + statSync(file).size, 0) : sizeOf(join(folder, 'data')));

  const run = async (settings: RunSettings): Promise<Measured> => {
    await control('reset');
    const rss: number[] = [];
    const sampler = setInterval(() => { try { rss.push(rssOf(pid)); } catch { /* it ended */ } }, 500);
    try {
      const [cpu, threads, disk] = [cpuOf(pid), threadsOf(pid), stored()];
      const started = performance.now();
      const load = start(loadArguments(port, settings), /^(?!)$/);
      load.port.catch(() => undefined);
      await ended(load.child);
      const result = JSON.parse(load.text()) as LoadResult;
      let arrived = await control('stats');
      for (const limit = performance.now() + 120_000; arrived.unique < result.acknowledged && performance.now() < limit; arrived = await control('stats')) await new Promise((resolve) => { setTimeout(resolve, 10); });
      const elapsed = (performance.now() - started) / 1000;
      const each = Math.max(1, arrived.unique);
      const after = threadsOf(pid);
      const byThread = Object.fromEntries([...after].map(([name, ms]): [string, number] => [name, (ms - (threads.get(name) ?? 0)) / each]).filter(([, ms]) => ms > 0.005));
      return {
        delivered: arrived.unique, elapsed, p99: result.p99 ?? 0, cpuMs: (cpuOf(pid) - cpu) / each, byThread, rss, diskKb: (stored() - disk) / 1024 / each,
        faults: faultsOf(what, result, arrived),
      };
    } finally { clearInterval(sampler); }
  };
  return { run, close: async () => { await stop(tested.child); await stop(sink.child); } };
}
