import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/model.ts';
import { composeGateway, type Gateway } from '../compose/gateway.ts';
import { documentRules } from '../compose/document-rules.ts';
import { missingPackages } from '../compose/missing-packages.ts';
import { keyRingOf } from '../compose/keys.ts';
import { PackageFault } from '../packages/fault.ts';
import { createLog, type EventLog } from '../operate/log/log.ts';
import { reportsOf } from '../sandbox/reports.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { ensureConsole } from '../operate/console/ensure.ts';
import { version } from '../version.ts';
import type { Output } from './output.ts';
import { untilStopped } from './until-stopped.ts';

export interface StartOptions { readonly config: string | null; readonly logFile: string | null; readonly logLevel: string }
export interface Running { readonly gateway: Gateway; readonly sandbox: Sandbox; readonly log: EventLog; close(): Promise<void> }

/** Simulators for the sandbox destinations, then the gateway. */
export async function run(asked: Config, options: Pick<StartOptions, 'logFile' | 'logLevel'>): Promise<Running> {
  const [missing] = missingPackages(asked);
  if (missing !== undefined) throw new PackageFault('a destination pins a package that was not added', `${missing.destination}: ${missing.name}`, 'add it with packages add, then config lint');
  // Told here once, rather than by each worker that could not start.
  await documentRules(asked);
  mkdirSync(asked.data, { recursive: true, mode: 0o700 });
  const keys = keyRingOf(asked);
  const log = createLog({ level: options.logLevel, file: options.logFile });
  const sandbox = await startSandbox(asked, null, join(asked.data, 'sandbox'));
  try {
    const gateway = await composeGateway({ config: sandbox.config, keys, version, log, reports: (language) => reportsOf(sandbox, language) });
    return { gateway, sandbox, log, close: async () => { await gateway.close(10_000); await sandbox.close(); log.flush(); } };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** The console of a checkout is built when its sources changed; a gateway without one carries messages all the same. */
async function readyConsole(config: Config, output: Output): Promise<void> {
  if (!config.listeners.some(({ roles }) => roles.includes('api'))) return;
  const state = await ensureConsole(() => { output.line(output.words('La console est construite, quelques secondes…', 'Building the console, a few seconds…')); });
  if (state.kind === 'failed') output.line(output.words(`La console n’a pas pu être construite ; la passerelle marche sans elle (« npm ci », puis « npm run console ») : ${state.why}`, `The console could not be built; the gateway runs without it ("npm ci", then "npm run console"): ${state.why}`));
}

/** `start`: runs until it is told to stop; a second signal stops at once. */
export async function start(options: StartOptions, output: Output): Promise<number> {
  const config = loadConfig(options.config);
  await readyConsole(config, output);
  const running = await run(config, options);
  const addresses = Object.fromEntries(running.gateway.addresses);
  output.record({ event: 'listening', addresses, sandbox: running.sandbox.addresses });
  output.line(output.words(`Passerelle ${version} écoute :`, `Passerelle ${version} listens:`));
  for (const [name, address] of Object.entries(addresses)) output.line(`  ${name.padEnd(12)} ${address}`);
  for (const [name, address] of Object.entries(running.sandbox.addresses)) output.line(`  ${name.padEnd(12)} ${address} ${output.words('(bac à sable)', '(sandbox)')}`);
  const web = running.gateway.addresses.get(config.listeners.find(({ kind, roles }) => kind === 'http' && roles.includes('api'))?.name ?? '');
  if (web !== undefined) output.line(output.words(`Console : ${web}/`, `Console: ${web}/`));
  const { first } = running.gateway.operators;
  if (first !== null) {
    output.record({ event: 'first-account', ...first });
    output.line(output.words(`  Premier compte : ${first.account}, mot de passe à usage unique : ${first.oneTimePassword} (à changer à la première connexion)`, `  First account: ${first.account}, one-time password: ${first.oneTimePassword} (to be changed at the first login)`));
  }
  const mllp = Object.values(addresses).find((address) => address.startsWith('mllp://'));
  if (mllp !== undefined) output.line(`${output.words('Essayez :', 'Try:')} npx passerelle send fixtures/hl7v2/oru-r01/haematology/in.hl7 --to ${mllp.replace('0.0.0.0', '127.0.0.1')}`);
  await untilStopped();
  output.line(output.words('Arrêt : ce qui est en cours se termine…', 'Stopping: finishing what is under way…'));
  await running.close();
  return 0;
}
