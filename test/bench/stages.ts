import { readFileSync } from 'node:fs';
import { normalize } from '../../src/normalize/normalize.ts';
import { read } from '../../src/normalize/read.ts';

/**
 * CPU of the pure stages on one laboratory message (design.md §8, line "stages"): read ≤ 0.05 ms, normalize ≤ 0.15 ms.
 * A run is a few seconds of one core; the median of several keeps a busy machine out of the figures.
 */
const bytes = readFileSync(new URL('../../fixtures/hl7v2/oru-r01/haematology/in.hl7', import.meta.url));
const settings = { trace: '00000000-0000-4000-8000-000000000001', receivedAt: 0, source: { id: 'bench', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: null, establishment: null } };

function cpuOf(times: number, work: () => void): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const readOnce = () => read(bytes, { timeZone: 'Europe/Paris' });
const both = () => { normalize(readOnce(), null, settings); };
cpuOf(3000, both);
const runs = Array.from({ length: 7 }, () => ({ read: cpuOf(3000, () => { readOnce(); }), both: cpuOf(3000, both) }));
const reading = median(runs.map(run => run.read)), normalizing = median(runs.map(run => run.both)) - reading;
process.stdout.write(`read       ${reading.toFixed(4)} ms CPU a message (aim 0.05)\nnormalize  ${normalizing.toFixed(4)} ms CPU a message (aim 0.15; includes what the lazy reader reads)\n`);
