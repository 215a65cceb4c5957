import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { acknowledgementFor } from '../../src/acknowledge/plan.ts';
import { documentRules } from '../../src/compose/document-rules.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { FactsAt } from '../../src/domain/fact.ts';
import { installationSecret, newKeyRing, parseKeyRing } from '../../src/journal/keys.ts';
import { openSqliteFacts } from '../../src/journal/sqlite/facts-reader.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { normalize } from '../../src/normalize/normalize.ts';
import { read } from '../../src/normalize/read.ts';
import { createPlannerFor } from '../../src/plan-settings.ts';
import { encodePlan } from '../../src/workers/plan-codec.ts';
import { benchConfig } from './measure.ts';
import { labResult, zipf } from './message.ts';

/**
 * node test/bench/planning.ts [--split] [--runs N] : CPU ms of one message in the stages' worker: all that it runs, from the
 * bytes to the buffer it hands back, with facts from a real journal. Distinct messages, warm; median of the runs.
 * --split: the parts, each measured by itself.
 */
const { values } = parseArgs({ options: { split: { type: 'boolean', default: false }, runs: { type: 'string', default: '15' } } });
const messages = 400, rounds = 4;
const folder = mkdtempSync(join(tmpdir(), 'passerelle-planning-'));
mkdirSync(join(folder, 'data'));
const keys = parseKeyRing(newKeyRing());
const config = loadConfig(benchConfig(folder, 1, 8));
const journal = await openSqliteJournal({ folder: join(folder, 'data'), keys, clock: Date.now, repeatWindowMs: 2_592_000_000, crashesBeforeQuarantine: 3 });
const facts = openSqliteFacts({ folder: join(folder, 'data'), keys });
const planner = createPlannerFor(config, '1.0.0', undefined, await documentRules(config), installationSecret(keys, 'connectors'));
const [source] = config.sources;
if (source === undefined) throw new Error('the benchmark has no source');

const rank = zipf(10_000);
const inputs = Array.from({ length: messages }, (_, i) => ({ bytes: Buffer.from(labResult(i, rank(), 'A')), source, trace: crypto.randomUUID(), receivedAt: 1_763_800_000_000 + i }));
type Input = (typeof inputs)[number];

const encoded = ({ plan, outcome }: ReturnType<typeof planner.plan>): Uint8Array =>
  encodePlan({ plan, findings: outcome.findings.map((one) => `${one.code}@${one.location}`), repeats: outcome.repeats, notice: outcome.notice });
const nothingKnown: FactsAt = { upTo: 0, taught: 0, known: [] };

interface Used { readonly thread: number; readonly all: number }
/** CPU ms of one message: of this thread, and with the engine's own threads (collection, compilation). */
function cpuOf(work: (input: Input, i: number) => unknown): Used {
  const [thread, all] = [process.threadCpuUsage(), process.cpuUsage()];
  for (let round = 0; round < rounds; round++) inputs.forEach(work);
  const [own, whole] = [process.threadCpuUsage(thread), process.cpuUsage(all)];
  const each = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000 / messages / rounds;
  return { thread: each(own), all: each(whole) };
}
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const reading = (input: Input) => read(input.bytes, { timeZone: source.timeZone });
const readings = inputs.map(reading);
const plans = inputs.map((input) => planner.plan(input, () => nothingKnown));
const parts: Readonly<Record<string, (input: Input, i: number) => unknown>> = {
  ...(values.split ? {
    read: reading,
    'read, normalize': (input) => normalize(reading(input), null, { trace: input.trace, source, receivedAt: input.receivedAt }),
    plan: (input) => planner.plan(input, () => nothingKnown),
    facts: (_, i) => facts.facts(plans[i]?.understood.factKeys ?? []),
    'text of the Bundle': (_, i) => Buffer.from(JSON.stringify(plans[i]?.outcome.bundle)),
    'prepare, with text': (input, i) => plans[i]?.plan.deliveries.map((one) => planner.prepare(one.destination, { ...one, trace: input.trace, bundle: plans[i]?.outcome.bundle ?? null, documents: new Map(), message: input.bytes }, null)),
    acknowledge: (input, i) => { const one = readings[i]; return one === undefined ? null : acknowledgementFor(one, 'AA', [], input); },
    encode: (_, i) => { const one = plans[i]; return one === undefined ? null : encoded(one); },
  } : {}),
  all: (input) => encoded(planner.plan(input, (asked) => facts.facts(asked))),
};
for (const work of Object.values(parts)) for (let i = 0; i < 6; i++) cpuOf(work);
process.stdout.write(`${' '.repeat(20)}CPU ms a message: this thread, all threads\n`);
for (const [name, work] of Object.entries(parts)) {
  const measured = Array.from({ length: Number(values.runs) }, () => cpuOf(work));
  process.stdout.write(`${name.padEnd(20)}${median(measured.map((one) => one.thread)).toFixed(4)}  ${median(measured.map((one) => one.all)).toFixed(4)}\n`);
}
facts.close();
await journal.close();
rmSync(folder, { recursive: true });
