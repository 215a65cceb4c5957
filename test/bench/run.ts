// npm run bench [-- --only LINE] [--seconds N] [--runs N]: the lines of the benchmark contract (design.md §8).
// Each figure is a ratio to the floor measured in the same run: both are started and warmed up once (a gateway in service has
// compiled what it runs), then loaded in turn; medians.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { open, type Measured, type RunSettings } from './measure.ts';
import { median, row, table, type Row } from './table.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, seconds: { type: 'string', default: '8' }, runs: { type: 'string', default: '3' } } });
const [seconds, runs] = [Number(values.seconds), Number(values.runs)];
const wanted = (line: string): boolean => values.only === undefined || values.only === line;
const folder = mkdtempSync(join(tmpdir(), 'passerelle-bench-'));
const rows: Row[] = [];

const warmSeconds = 15;
const letters = 'ABCDEFGHIJKLMNOPQRSTUV';

interface Line { readonly connections: number; readonly patients: number; readonly rate?: number; readonly senders?: number }

/** Floor and gateway in turn, so that a noisy minute weighs on both. */
async function compare(line: string, { senders, ...settings }: Line): Promise<void> {
  const own = senders === undefined ? {} : { senders };
  const [floor, ours] = [await open({ what: 'floor', folder, ...own }), await open({ what: 'gateway', folder, ...own })];
  const pairs: { floor: Measured; ours: Measured }[] = [];
  try {
    // The warm-up goes as fast as it can, whatever the line's own rate is.
    const { rate: _, ...warm } = settings;
    await floor.run({ ...warm, seconds: 3, letter: 'W' });
    await ours.run({ ...warm, seconds: warmSeconds, letter: 'W' });
    for (const letter of letters.slice(0, runs)) {
      const pair = { floor: await floor.run({ ...settings, seconds, letter }), ours: await ours.run({ ...settings, seconds, letter }) };
      pairs.push(pair);
      for (const one of [pair.floor, pair.ours]) if (one.faults.length > 0) console.error(`${line}: ${one.faults.join('; ')}`);
    }
  } finally { await floor.close(); await ours.close(); }
  const made = row(line, settings.connections, pairs);
  rows.push(made);
  console.log(table([made]));
  const threads = pairs.at(-1)?.ours.byThread ?? {};
  console.log(`  CPU ms a message by thread: ${Object.entries(threads).map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(', ')}`);
}

/** Once, at the end of a load of its own process. */
async function alone(what: 'floor' | 'gateway', settings: Omit<RunSettings, 'letter'>): Promise<Measured> {
  const subject = await open({ what, folder });
  try { return await subject.run({ ...settings, letter: 'A' }); } finally { await subject.close(); }
}

/** A line with load and partners of its own, in a process of its own. */
async function ofItsOwn(file: string, ...args: readonly string[]): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), '--json', ...args]);
  const made = JSON.parse(stdout) as Row;
  rows.push(made);
  console.log(table([made]));
}

try {
  console.log('without profile validation; ratios to the floor of the same run; absolute times are noise\n');
  for (const connections of [1, 8, 32]) if (wanted('end-to-end')) await compare('end-to-end', { connections, patients: 10_000 });
  if (wanted('one-patient')) await compare('one-patient', { connections: 8, patients: 1, senders: 1 });
  if (wanted('open-loop')) {
    const probe = await alone('floor', { seconds: 4, connections: 32, patients: 10_000 });
    await compare('open-loop', { connections: 32, patients: 10_000, rate: Math.round(probe.delivered / probe.elapsed / 4) });
  }
  // A CDA of 600 KB in each message, to the DMP alone; --seconds does not count there.
  if (wanted('cda-dmp')) await ofItsOwn('dmp.ts', '--rounds', String(runs));
  if (wanted('memory')) {
    const long = await alone('gateway', { seconds: 600, max: 100_000, connections: 8, patients: 10_000 });
    const [early, late] = [median(long.rss.slice(Math.floor(long.rss.length / 4), Math.floor(long.rss.length / 2))), median(long.rss.slice(-Math.ceil(long.rss.length / 4)))];
    console.log(`memory: ${long.delivered} messages; RSS ${early.toFixed(0)} MiB in the second quarter, ${late.toFixed(0)} MiB in the last; ${long.diskKb.toFixed(1)} KB on disk a message after checkpoint`);
    rows.push({ line: 'memory', connections: 8, ratio: late / early, perSecond: long.delivered / long.elapsed, floorPerSecond: null, p99: long.p99, floorP99: null, cpuMs: long.cpuMs, rssMb: late, diskKb: long.diskKb });
  }
  // 1 000 mails of 200 KB through the connector, against a bare nodemailer pool.
  if (wanted('mail')) await ofItsOwn('mail.ts');
  // A journal of 1 000 000 messages, asked as the console asks; p99 is the slowest answer. Its exit code says when one took too long.
  if (wanted('console')) await ofItsOwn('console.ts');
  // In a real browser: the live tail at 200 messages/s, 1 000 000 messages, five consoles open. p99 is the longest frame, the slowest first page.
  if (wanted('live-tail')) await ofItsOwn('console-live.ts');
  if (wanted('browser')) await ofItsOwn('console-million.ts');
  if (wanted('consoles')) await ofItsOwn('console-load.ts');
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(rows, null, 2)}\n`);
} finally { rmSync(folder, { recursive: true, force: true }); }
