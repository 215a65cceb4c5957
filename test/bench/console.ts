// npm run bench -- --only console, or node test/bench/console.ts [--messages N] [--json]: what the console asks of a journal of 1 000 000
// messages, through the thread that reads it (issue 6: first page at most 1 s, search by a key at most 100 ms).
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openReader } from '../../src/compose/reader.ts';
import { newKeyRing, parseKeyRing } from '../../src/journal/keys.ts';
import { seedMillion } from './million.ts';
import { median, type Row } from './table.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } } });
const messages = Number(values.messages);
const folder = mkdtempSync(join(tmpdir(), 'passerelle-console-'));
const keys = parseKeyRing(newKeyRing());
const start = Date.now() - messages * 100;

const all = { sources: null, destinations: null };
const clinic = { sources: ['hopital'], destinations: ['dmp'] };
try {
  await seedMillion({ folder, keys, messages, start, waiting: 5000 });
  const mb = statSync(join(folder, 'journal.sqlite')).size / 1e6;
  const opened = openReader({ folder, keys }, (why) => { throw new Error(why); });
  const { reader } = opened;
  // As a gateway with an API does when it starts: the thread is there before anybody asks.
  const starting = performance.now();
  await reader.lastOf('nobody');
  if (!values.json) console.log(`thread started in ${(performance.now() - starting).toFixed(0)} ms`);
  const questions = {
    'first page': { most: 1000, ask: () => reader.page({}, all, 50) }, 'first page of a scope': { most: 1000, ask: () => reader.page({}, clinic, 50) },
    'page in the middle': { most: 1000, ask: () => reader.page({ before: messages / 2 }, all, 50) }, 'by source': { most: 1000, ask: () => reader.page({ source: 'hopital' }, all, 50) },
    'by a rare source': { most: 1000, ask: () => reader.page({ source: 'rare' }, all, 50) }, 'of one day': { most: 1000, ask: () => reader.page({ from: start + messages * 30, to: start + messages * 31 }, all, 50) },
    'refused for a destination': { most: 1000, ask: () => reader.page({ state: 'refused', destination: 'region' }, all, 50) }, 'rejected': { most: 1000, ask: () => reader.page({ disposition: 'rejected' }, all, 50) },
    'what is held': { most: 1000, ask: () => reader.held({}, all, 0, 50) }, 'held by cause': { most: 1000, ask: () => reader.heldGroups(all) }, 'quarantined': { most: 1000, ask: () => reader.quarantined(all, 200) },
    'search by a key': { most: 100, ask: () => reader.search({ kind: 'patient', value: 'P7' }, all, null, 50) }, 'search of nothing': { most: 100, ask: () => reader.search({ kind: 'ins', value: 'nobody' }, all, null, 50) },
    'a story': { most: 1000, ask: () => reader.story('trace-777777', all) }, 'what is late': { most: 1000, ask: () => reader.late('region', Date.now(), 100_000) }, 'recall of a start': { most: 5000, ask: () => reader.since(start + messages * 99, 50_000) },
  };
  const worst: number[] = [];
  const over: string[] = [];
  for (const [name, { most, ask }] of Object.entries(questions)) {
    const took: number[] = [];
    for (let i = 0; i < 7; i++) { const at = performance.now(); await ask(); took.push(performance.now() - at); }
    worst.push(Math.max(...took));
    if (Math.max(...took) > most) over.push(name);
    if (!values.json) console.log(`${name.padEnd(28)} first ${took[0]?.toFixed(1).padStart(7)} ms, median ${median(took).toFixed(1).padStart(7)} ms, at most ${most} ms${over.at(-1) === name ? '  OVER' : ''}`);
  }
  await opened.close();
  if (values.json) console.log(JSON.stringify({ line: 'console', connections: 1, ratio: over.length === 0 ? 1 : 0, perSecond: 0, floorPerSecond: null, p99: Math.max(...worst), floorP99: null, cpuMs: 0, rssMb: process.memoryUsage.rss() / 1e6, diskKb: mb * 1000 / messages } satisfies Row));
  else console.log(`${messages} messages, ${mb.toFixed(0)} MB of rows and indexes`);
  if (over.length > 0) process.exitCode = 1;
} finally { rmSync(folder, { recursive: true, force: true }); }
