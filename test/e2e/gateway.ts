import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { noCanary } from '../canary.ts';

const bin = fileURLToPath(new URL('../../bin/passerelle.js', import.meta.url));

/** A folder of the test's own, gone at its end; the test fails when a file of it tells a patient, a document or a secret. @param kept as for noCanary */
export function folder(kept: readonly string[] = []): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'passerelle-e2e-'));
  return { path, remove: () => { try { noCanary(path, ['keys', ...kept]); } finally { rmSync(path, { recursive: true, force: true }); } } };
}

type Settings = Readonly<Record<string, unknown>>;
/** Short waits, so that a partner's fault costs a test little. */
export const impatient = { attemptMs: 1000, evidenceMs: 200, backoff: { firstMs: 20, maxMs: 200 }, breaker: { failures: 5, probeMs: 200 } };

/** Writes a configuration (YAML, of which JSON is a part) on an MLLP listener, by default with no destination. */
export function settings(place: string, changed: Settings = {}): string {
  mkdirSync(join(place, 'keys'), { recursive: true });
  const file = join(place, 'passerelle.yaml');
  writeFileSync(file, JSON.stringify({
    version: 1, language: 'en', data: './data', keys: { file: './keys/ring' }, minFreeMiB: 0,
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }],
    sources: [{ id: 'lab', organisation: 'Test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'] }],
    destinations: [], rules: [], tests: [], ...changed,
  }));
  return file;
}
/** Structured results and documents to one regional destination. */
export const toRegion = (baseUrl: string, changed: Settings = {}): Settings => ({
  destinations: [{ id: 'region', system: 'regional', ...impatient, settings: { baseUrl, flows: ['results', 'documents'] }, ...changed }],
  rules: [{ name: 'results', when: { carries: 'results' }, to: ['region'] }, { name: 'documents', when: { carries: 'document' }, to: ['region'] }],
});

export interface Ended { readonly code: number | null; readonly signal: string | null; readonly stderr: string }
export interface RunningGateway {
  readonly pid: number;
  /** Port by listener name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly ended: Promise<Ended>;
  /** SIGTERM, and how it ended. */
  stop(): Promise<Ended>;
  kill(): Promise<Ended>;
}
export interface StartOptions { /** A command that runs the gateway as its own process, given before it. */ readonly by?: readonly string[]; readonly env?: Readonly<Record<string, string>> }

/** The gateway as an operator starts it; with how it ended instead when it does not come to listen. */
export async function startGateway(config: string, { by = [], env = {} }: StartOptions = {}): Promise<RunningGateway | Ended> {
  const [command, ...args] = [...by, process.execPath, bin, 'start', '--config', config, '--json', '--lang', 'en', '--log', join(config, '..', 'log.ndjson')];
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  // For the look at all that was told, when the folder is removed.
  const told = (what: Uint8Array | string): void => { appendFileSync(join(config, '..', 'told'), what); };
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString('utf8'); told(chunk); });
  child.stdout.on('data', told);
  const ended = new Promise<Ended>((resolve) => {
    child.once('error', (error) => { resolve({ code: null, signal: error.message, stderr }); });
    child.once('close', (code, signal) => { resolve({ code, signal, stderr }); });
  });
  const listening = new Promise<Readonly<Record<string, number>>>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { event?: string; addresses?: Record<string, string> };
      if (said.event === 'listening') resolve(Object.fromEntries(Object.entries(said.addresses ?? {}).map(([name, address]) => [name, Number(new URL(address).port)])));
    });
  });
  const first = await Promise.race([listening, ended]);
  if ('stderr' in first) return first as unknown as Ended;
  const pages = async (): Promise<void> => {
    for (const page of first.http === undefined || child.exitCode !== null || child.signalCode !== null ? [] : ['/metrics', '/health']) {
      try { told(await (await fetch(`http://127.0.0.1:${String(first.http)}${page}`, { signal: AbortSignal.timeout(2000) })).text()); } catch (error) { if (child.exitCode === null && child.signalCode === null && !(error instanceof DOMException)) throw error; }
    }
  };
  const signalled = (signal: 'SIGTERM' | 'SIGKILL') => async (): Promise<Ended> => { await pages(); child.kill(signal); return ended; };
  return { pid: child.pid ?? 0, ports: first, ended, stop: signalled('SIGTERM'), kill: signalled('SIGKILL') };
}

/** The same, where the test goes on only with a gateway that listens. */
export async function runningGateway(config: string, options: StartOptions = {}): Promise<RunningGateway> {
  const started = await startGateway(config, options);
  if ('ports' in started) return started;
  throw new Error(`the gateway did not start: ${started.stderr}`);
}
