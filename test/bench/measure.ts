import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface MeasureSettings {
  readonly what: 'floor' | 'gateway'; readonly folder: string; readonly seconds: number; readonly connections: number; readonly patients: number;
  readonly rate?: number; readonly senders?: number; readonly max?: number;
}
export interface Measured {
  readonly delivered: number; /** Load and drain, s. */ readonly elapsed: number; readonly p99: number; readonly cpuMs: number;
  /** MiB, sampled each half second. */ readonly rss: readonly number[]; readonly diskKb: number; readonly faults: readonly string[];
}
interface Stats { received: number; unique: number; duplicates: number; outOfOrder: number; wrong: number; unknown: number }
interface LoadResult { acknowledged: number; p99: number | null; codes: Record<string, number>; mismatched: number }

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A child whose first matching line says the port it listens on. It is ended by its own pid, at the latest with this process. */
function start(args: readonly string[], port: RegExp): { child: ChildProcess; port: Promise<number>; text(): string } {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
  process.once('exit', () => child.kill('SIGKILL'));
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
const cpuOf = (pid: number): number => { const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []; return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000; };
const rssOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const sizeOf = (folder: string): number => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

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

/** One run: sink, then the floor or the gateway, then the load, until everything acknowledged has arrived (or it takes too long). */
export async function measure(settings: MeasureSettings): Promise<Measured> {
  const folder = mkdtempSync(join(settings.folder, `${settings.what}-`));
  mkdirSync(join(folder, 'keys'), { recursive: true });
  const senders = settings.senders ?? 16;
  const sink = start([here('sink.ts')], /sink (\d+)/);
  const sinkPort = await sink.port;
  const stats = async (): Promise<Stats> => await (await fetch(`http://127.0.0.1:${sinkPort}/ctl/stats`)).json() as Stats;
  const database = join(folder, 'floor.sqlite');
  const tested = settings.what === 'floor'
    ? start([here('floor.ts'), '0', database, String(senders), String(sinkPort)], /floor (\d+)/)
    : start([join(root, 'bin', 'passerelle.js'), 'start', '--json', '--log', join(folder, 'log'), '--config', benchConfig(folder, sinkPort, senders)], /mllp:\/\/127\.0\.0\.1:(\d+)/);
  const port = await tested.port;
  const pid = tested.child.pid ?? 0;
  const rss: number[] = [];
  const sampler = setInterval(() => { try { rss.push(rssOf(pid)); } catch { /* it ended */ } }, 500);
  const faults: string[] = [];
  try {
    const cpu = cpuOf(pid);
    const started = performance.now();
    const load = start([
      here('load.ts'), '--port', String(port), '--connections', String(settings.connections), '--seconds', String(settings.seconds), '--patients', String(settings.patients),
      ...(settings.rate === undefined ? [] : ['--rate', String(settings.rate)]), ...(settings.max === undefined ? [] : ['--max', String(settings.max)]),
    ], /^(?!)$/);
    load.port.catch(() => undefined);
    await ended(load.child);
    const result = JSON.parse(load.text()) as LoadResult;
    let arrived = await stats();
    for (const limit = performance.now() + 120_000; arrived.unique < result.acknowledged && performance.now() < limit; arrived = await stats()) await new Promise((resolve) => { setTimeout(resolve, 10); });
    const elapsed = (performance.now() - started) / 1000;
    const cpuMs = (cpuOf(pid) - cpu) / Math.max(1, arrived.unique);
    if (arrived.unique < result.acknowledged) faults.push(`${settings.what}: ${result.acknowledged - arrived.unique} of ${result.acknowledged} acknowledged never arrived`);
    for (const [code, count] of Object.entries(result.codes)) if (code !== 'AA') faults.push(`${settings.what}: ${count} × ${code}`);
    for (const name of ['wrong', 'unknown', 'duplicates', 'outOfOrder'] as const) if (arrived[name] > 0 && !(settings.what === 'floor' && name === 'outOfOrder')) faults.push(`${settings.what}: ${arrived[name]} ${name}`);
    await stop(tested.child);
    const disk = settings.what === 'floor' ? statSync(database).size : sizeOf(join(folder, 'data'));
    return { delivered: arrived.unique, elapsed, p99: result.p99 ?? 0, cpuMs, rss, diskKb: disk / 1024 / Math.max(1, arrived.unique), faults };
  } finally {
    clearInterval(sampler);
    await stop(tested.child);
    await stop(sink.child);
  }
}
