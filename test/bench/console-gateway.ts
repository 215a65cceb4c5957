import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/config/model.ts';
import { consoleGateway, type ConsoleGateway } from '../console/gateway.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A gateway with its console and one destination, which is a sink of its own process: the sandbox's simulators would cost more than what is measured. */
export interface BenchConsole extends ConsoleGateway { /** How many different messages the destination got since it was reset. */ arrived(reset?: boolean): Promise<number> }
export async function benchConsole(seed?: (config: Config) => Promise<void>): Promise<BenchConsole> {
  const sink = spawn(process.execPath, [here('sink.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => sink.kill('SIGKILL'));
  const port = await new Promise<number>((resolve) => { sink.stdout.on('data', (chunk: Buffer) => { const found = /sink (\d+)/.exec(chunk.toString())?.[1]; if (found !== undefined) resolve(Number(found)); }); });
  const path = mkdtempSync(join(tmpdir(), 'passerelle-bench-console-'));
  const gateway = await consoleGateway({
    place: { path, remove: () => { rmSync(path, { recursive: true, force: true }); } },
    ...(seed === undefined ? {} : { seed }),
    settings: {
      listeners: [{ name: 'mllp', kind: 'mllp', host: '127.0.0.1', port: 0, roles: ['intake'] }, { name: 'http', kind: 'http', host: '127.0.0.1', port: 0, roles: ['intake', 'api'] }],
      sources: ['laboratoire', 'hopital', 'rare'].map((id) => ({ id, listeners: ['mllp'], senders: id === 'laboratoire' ? ['*'] : [id], networks: ['127.0.0.0/8'], timeZone: 'Europe/Paris', organisation: id })),
      destinations: ['region', 'dmp'].map((id) => ({ id, system: 'regional', concurrency: 16, settings: { baseUrl: `http://127.0.0.1:${String(port)}/fhir` } })),
      rules: [{ name: 'results', when: { carries: 'results' }, to: ['region'] }], tests: undefined, validation: undefined, documents: undefined, minFreeMiB: 0,
    },
  });
  const arrived = async (reset = false): Promise<number> => { const { unique } = await (await fetch(`http://127.0.0.1:${String(port)}/ctl/${reset ? 'reset' : 'stats'}`)).json() as { unique: number }; return unique; };
  return { ...gateway, arrived, stop: async () => { await gateway.stop(); sink.kill(); } };
}

export interface Loaded { readonly acknowledged: number; readonly perSecond: number; readonly p99: number | null; readonly codes: Readonly<Record<string, number>> }
/** test/bench/load.ts on a gateway, to its end. `letter`: another for each run of one gateway. */
export async function load({ mllp }: ConsoleGateway, { seconds, connections, rate, letter }: { readonly seconds: number; readonly connections: number; readonly rate?: number; readonly letter: string }): Promise<Loaded> {
  const child = spawn(process.execPath, [here('load.ts'), '--port', mllp.port, '--connections', String(connections), '--seconds', String(seconds), '--run', letter, ...(rate === undefined ? [] : ['--rate', String(rate)])], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  await new Promise((resolve) => { child.once('close', resolve); });
  return JSON.parse(text) as Loaded;
}
