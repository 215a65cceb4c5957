import { loadConfig } from '../config/load.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { untilStopped } from './until-stopped.ts';
import type { Output } from './output.ts';

/** `sandbox`: the partner simulators alone, until told to stop; what each saw is printed at the end. */
export async function sandbox(file: string | null, folder: string | null, output: Output): Promise<number> {
  const running = await startSandbox(loadConfig(file), folder);
  output.record({ event: 'listening', sandbox: running.addresses, shown: Object.fromEntries([...running.running].flatMap(([destination, { shown }]) => (shown === undefined ? [] : [[destination, shown]]))) });
  for (const [destination, simulator] of running.running) {
    output.line(`${destination.padEnd(12)} ${simulator.address}`);
    for (const { fr, en, value } of simulator.shown ?? []) output.line(`${''.padEnd(12)} ${output.words(fr, en)} : ${value}`);
  }
  await untilStopped();
  for (const [destination, simulator] of running.running) {
    const report = simulator.report();
    output.record({ destination, ...report });
    output.line(`${destination} : ${output.words(`${report.received} reçus`, `${report.received} received`)}${report.broken.length === 0 ? '' : output.words(` ; règles enfreintes : ${report.broken.join(', ')}`, `; rules broken: ${report.broken.join(', ')}`)}`);
  }
  await running.close();
  return 0;
}
