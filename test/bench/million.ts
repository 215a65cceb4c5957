import { join } from 'node:path';
import type { KeyRing } from '../../src/journal/keys.ts';
import { openDatabase } from '../../src/journal/sqlite/database.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { delivery, newMessage, newPlan } from '../contract/journal-samples.ts';

interface Seeded { readonly folder: string; readonly keys: KeyRing; readonly messages: number; /** Reception of the first, epoch ms; one each 100 ms after it. */ readonly start: number; /** How many of the last deliveries wait. */ readonly waiting: number }

/** One message through the journal, then as many rows like it: what pages and searches walk is rows and indexes. */
export async function seedMillion({ folder, keys, messages, start, waiting }: Seeded): Promise<void> {
  const settings = { folder, keys, clock: Date.now, repeatWindowMs: 1, crashesBeforeQuarantine: 3 };
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
  // One in 50 000 quarantined, one in 100 rejected; one delivery in 2 000 held, in 500 refused, the last ones waiting; a rare source.
  copied('message', { seq: 'i', trace: "'trace-' || i", received_at: `${start} + i * 100`, planned_at: `${start} + i * 100`, source: "CASE WHEN i % 40000 = 3 THEN 'rare' WHEN i % 3 = 0 THEN 'hopital' ELSE 'laboratoire' END", disposition: 'CASE WHEN i % 50000 = 7 THEN 1 WHEN i % 100 = 11 THEN 3 ELSE 2 END' }, 't.seq = 1');
  copied('delivery', { id: 'i * 4096', seq: 'i', planned_at: `${start} + i * 100`, destination: "CASE WHEN i % 4 = 0 THEN 'dmp' ELSE 'region' END", state: `CASE WHEN i > ${messages - waiting} THEN 0 WHEN i % 2000 = 5 THEN 3 WHEN i % 500 = 9 THEN 5 ELSE 4 END`, reason: "CASE WHEN i % 2000 = 5 THEN 'route.dmp-opposition' ELSE 'deliver.delivered' END" }, 't.id = 4096');
  copied('attempt', { delivery: 'i * 4096', started_at: `${start} + i * 100`, ended_at: `${start} + i * 100 + 20` }, 't.delivery = 4096');
  // Six keys a message; the one that is searched has a hundred thousandth of them, in random order of hash as in service.
  for (let k = 0; k < 5; k++) db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${messages}) INSERT INTO search(hash, seq) SELECT randomblob(16), i FROM n`);
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${messages}) INSERT OR IGNORE INTO search(hash, seq) SELECT s.hash, i FROM n CROSS JOIN search s WHERE s.seq = 1 AND i % 10000 = 1`);
  db.exec(`INSERT OR REPLACE INTO counter(name, value) VALUES('seq', ${messages}), ('delivery.held.dmp', 1), ('delivery.held.region', 1), ('delivery.waiting.dmp', 1), ('delivery.refused.region', 1); COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  db.close();
}
