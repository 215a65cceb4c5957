// npm run bench -- --only console, or node test/bench/console.ts [--messages N] [--json]: what the console asks of a journal of 1 000 000
// messages, through the thread that reads it (issue 6: first page at most 1 s, search by a key at most 100 ms).
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openReader } from '../../src/compose/reader.ts';
import { newKeyRing, parseKeyRing } from '../../src/journal/keys.ts';
import { openDatabase } from '../../src/journal/sqlite/database.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { delivery, newMessage, newPlan } from '../contract/journal-samples.ts';
import { median, type Row } from './table.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } } });
const messages = Number(values.messages);
const folder = mkdtempSync(join(tmpdir(), 'passerelle-console-'));
const keys = parseKeyRing(newKeyRing());
const settings = { folder, keys, clock: Date.now, repeatWindowMs: 1, crashesBeforeQuarantine: 3 };
const start = Date.now() - messages * 100;

/** One message through the journal, then as many rows like it: what pages and searches walk is rows and indexes. */
async function generate(): Promise<void> {
  const journal = await openSqliteJournal(settings);
  await journal.accept(newMessage('1', { source: 'laboratoire', receivedAt: start }), newPlan({ keys: [{ kind: 'patient', value: 'P7' }], deliveries: [delivery({ state: 'planned' })] }));
  await journal.begin([4096], start);
  await journal.settle(4096, { at: start + 5, receipt: { kind: 'delivered' }, next: { state: 'delivered' }, reason: 'deliver.delivered' }, []);
  await journal.close();
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 1000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000; BEGIN');
  const names = (table: string): string[] => db.statement<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all().map(({ name }) => name);
  const copied = (table: string, changed: Readonly<Record<string, string>>, of: string): void => {
    const columns = names(table);
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${messages})
      INSERT INTO ${table}(${columns.join(', ')}) SELECT ${columns.map((one) => changed[one] ?? `t.${one}`).join(', ')} FROM n CROSS JOIN ${table} t WHERE ${of}`);
  };
  // One in 50 000 quarantined, one in 100 rejected; one delivery in 2 000 held, in 500 refused, the last 5 000 waiting; a rare source.
  copied('message', { seq: 'i', trace: "'trace-' || i", received_at: `${start} + i * 100`, planned_at: `${start} + i * 100`, source: "CASE WHEN i % 40000 = 3 THEN 'rare' WHEN i % 3 = 0 THEN 'hopital' ELSE 'laboratoire' END", disposition: 'CASE WHEN i % 50000 = 7 THEN 1 WHEN i % 100 = 11 THEN 3 ELSE 2 END' }, 't.seq = 1');
  copied('delivery', { id: 'i * 4096', seq: 'i', planned_at: `${start} + i * 100`, destination: "CASE WHEN i % 4 = 0 THEN 'dmp' ELSE 'region' END", state: `CASE WHEN i > ${messages - 5000} THEN 0 WHEN i % 2000 = 5 THEN 3 WHEN i % 500 = 9 THEN 5 ELSE 4 END`, reason: "CASE WHEN i % 2000 = 5 THEN 'route.dmp-opposition' ELSE 'deliver.delivered' END" }, 't.id = 4096');
  copied('attempt', { delivery: 'i * 4096', started_at: `${start} + i * 100`, ended_at: `${start} + i * 100 + 20` }, 't.delivery = 4096');
  // Six keys a message; the one that is searched has a hundred thousandth of them, in random order of hash as in service.
  for (let k = 0; k < 5; k++) db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${messages}) INSERT INTO search(hash, seq) SELECT randomblob(16), i FROM n`);
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${messages}) INSERT OR IGNORE INTO search(hash, seq) SELECT s.hash, i FROM n CROSS JOIN search s WHERE s.seq = 1 AND i % 10000 = 1`);
  db.exec(`INSERT OR REPLACE INTO counter(name, value) VALUES('seq', ${messages}), ('delivery.held.dmp', 1), ('delivery.held.region', 1), ('delivery.waiting.dmp', 1), ('delivery.refused.region', 1); COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  db.close();
}

const all = { sources: null, destinations: null };
const clinic = { sources: ['hopital'], destinations: ['dmp'] };
try {
  await generate();
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
