import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { AuditFault, type Audit, type AuditEntry } from './audit.ts';
import { hashOf, noHash, type Head } from './chain.ts';
import { openAudit, type Anchor } from './open.ts';

let folder = '';
let audit: Audit | null = null;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'audit-')); });
afterEach(() => { audit?.close(); audit = null; rmSync(folder, { recursive: true, force: true }); });

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({ who: 'lea', role: 'operator', organisation: null, address: '127.0.0.1', act: 'release', objects: { delivery: '7', message: 't1' }, reason: 'patient vu', outcome: 'done', fault: null, ...more });
const secret = Buffer.alloc(32, 7);
const opened = (anchor: Anchor | null = null): Audit => (audit = openAudit(folder, () => 1000, secret, anchor));
function keeper(): Anchor & { head: Head | null } {
  const kept = { head: null as Head | null, read: () => Promise.resolve(kept.head), write: (head: Head) => { kept.head = head; return Promise.resolve(); } };
  return kept;
}
/** As somebody with the file and SQLite would: the triggers go first. */
function tamper(sql: string): void {
  const db = new DatabaseSync(join(folder, 'audit.sqlite'));
  db.exec('DROP TRIGGER IF EXISTS entry_stays; DROP TRIGGER IF EXISTS entry_remains; DROP TRIGGER IF EXISTS entry_follows');
  db.exec(sql);
  db.close();
}

test('rows follow each other, survive a restart, and are read newest first', async () => {
  const log = opened();
  const first = log.write(entry()), second = log.write(entry({ act: 'abandon', objects: { message: 't2' } }));
  expect([first.seq, second.seq, second.previous]).toEqual([1, 2, first.hash]);
  log.close();
  const again = opened();
  expect(again.list({}, 10)).toEqual({ rows: [second, first], next: null });
  expect(again.list({}, 1)).toEqual({ rows: [second], next: 2 });
  expect(again.list({ cursor: 2 }, 1).rows).toEqual([first]);
  expect(again.list({ message: 't2' }, 10).rows).toEqual([second]);
  expect(again.list({ act: 'release', who: 'lea', outcome: 'done', from: 1000, to: 1000 }, 10).rows).toEqual([first]);
  expect(again.list({ from: 1001 }, 10).rows).toEqual([]);
  expect(await again.verify()).toEqual({ sound: true, rows: 2, head: { seq: 2, hash: second.hash }, problems: [], unfinished: [] });
});

test('two processes write one chain', async () => {
  const one = opened();
  const other = openAudit(folder, () => 2000, secret);
  for (let i = 0; i < 20; i++) (i % 2 === 0 ? one : other).write(entry({ reason: String(i) }));
  other.close();
  expect(await one.verify()).toMatchObject({ sound: true, rows: 20 });
});

test('the file refuses to change or drop a row', () => {
  opened().write(entry());
  const db = new DatabaseSync(join(folder, 'audit.sqlite'));
  expect(() => { db.exec("UPDATE entry SET who = 'x'"); }).toThrow('append only');
  expect(() => { db.exec('DELETE FROM entry'); }).toThrow('append only');
  expect(() => { db.exec("INSERT INTO entry SELECT 9, at, who, role, organisation, address, act, objects, reason, outcome, fault, begun, previous, hash FROM entry"); }).toThrow('append only');
  db.close();
});

describe('verify finds', () => {
  const five = async (sql: string, anchored = true) => {
    const anchor = keeper();
    const log = opened(anchor);
    await log.anchor();
    for (let i = 0; i < 5; i++) log.write(entry({ reason: String(i) }));
    if (anchored) await log.anchor();
    tamper(sql);
    return (await log.verify()).problems;
  };
  test.each(["who = 'eve'", 'at = 5', "role = 'viewer'", "organisation = 'x'", "address = '::1'", "act = 'x'", "objects = '{}'", 'reason = NULL', "outcome = 'failed'", "fault = 'x'", 'begun = 2'])('a row whose %s was edited', async (change) => {
    expect(await five(`UPDATE entry SET ${change} WHERE seq = 3`)).toEqual([{ seq: 3, problem: 'row-changed' }]);
  });
  test('a row edited with its hash made anew', async () => {
    expect(await five("UPDATE entry SET who = 'eve', hash = hash || '' WHERE seq = 3; UPDATE entry SET hash = printf('%064d', 0) WHERE seq = 3")).toEqual([{ seq: 3, problem: 'row-changed' }, { seq: 4, problem: 'chain-broken' }]);
  });
  test('a row removed', async () => { expect(await five('DELETE FROM entry WHERE seq = 3')).toEqual([{ seq: 3, problem: 'missing' }]); });
  test('a row removed, the others moved up', async () => {
    expect(await five('DELETE FROM entry WHERE seq = 3; UPDATE entry SET seq = seq - 1 WHERE seq > 3')).toEqual(expect.arrayContaining([{ seq: 3, problem: 'chain-broken' }, { seq: 3, problem: 'row-changed' }, { seq: 5, problem: 'truncated' }]));
  });
  test('two rows exchanged', async () => {
    expect(await five('UPDATE entry SET seq = 100 WHERE seq = 2; UPDATE entry SET seq = 2 WHERE seq = 3; UPDATE entry SET seq = 3 WHERE seq = 100')).toEqual(expect.arrayContaining([{ seq: 2, problem: 'row-changed' }, { seq: 2, problem: 'chain-broken' }]));
  });
  test('the tail cut off', async () => { expect(await five('DELETE FROM entry WHERE seq > 3')).toEqual([{ seq: 4, problem: 'truncated' }]); });
  test('all of it gone', async () => { expect(await five('DELETE FROM entry')).toEqual([{ seq: 1, problem: 'truncated' }]); });
  test('nothing, of a tail cut off after the anchored head: the anchor is what shows it', async () => { expect(await five('DELETE FROM entry WHERE seq > 3', false)).toEqual([]); });
  test('a whole chain made anew', async () => {
    const anchor = keeper();
    const log = opened(anchor);
    await log.anchor();
    for (let i = 0; i < 3; i++) log.write(entry({ reason: String(i) }));
    await log.anchor();
    tamper('DELETE FROM entry');
    for (let i = 0; i < 4; i++) log.write(entry({ reason: `forged ${i}` }));
    await log.anchor();
    expect((await log.verify()).problems).toEqual([{ seq: 3, problem: 'head-changed' }]);
  });
  test('a chain cut short is not anchored in the place of the longer one', async () => {
    const anchor = keeper();
    const log = opened(anchor);
    await log.anchor();
    for (let i = 0; i < 3; i++) log.write(entry());
    await log.anchor();
    tamper('DELETE FROM entry WHERE seq > 1');
    await log.anchor();
    expect((await log.verify()).problems).toEqual([{ seq: 2, problem: 'truncated' }]);
  });
});

test('any text gives a row that is read back as it was hashed', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('\u0000', 'a\u0000b', '\uD800', '\uDC00é'));
  const log = opened();
  await fc.assert(fc.asyncProperty(text, text, fc.dictionary(text, text, { maxKeys: 3 }), async (who, reason, objects) => {
    const row = log.write(entry({ who, reason, objects }));
    const [read] = log.list({}, 1).rows;
    expect(read).toEqual(row);
    await Promise.resolve();
  }), { numRuns: 50 });
  expect((await log.verify()).sound).toBe(true);
});

test('an act that began and whose end is not there is shown, one that ended is one row', async () => {
  const log = opened();
  const { outcome: _outcome, fault: _fault, ...act } = entry();
  const one = log.begin(act);
  expect((await log.verify()).unfinished).toEqual([]);
  const end = log.write(entry({ outcome: 'failed' }), one);
  const two = log.begin(act);
  expect(log.list({}, 10).rows.map(({ seq, outcome, begun }) => [seq, outcome, begun])).toEqual([[two, 'begun', null], [end.seq, 'failed', one]]);
  // As after a crash: another process looks.
  log.close();
  expect(await opened().verify()).toMatchObject({ sound: true, unfinished: [two] });
});

test('who can write the file, and knows the chain’s rule, cannot write a row that stands', async () => {
  const log = opened();
  const row = log.write(entry());
  const forged = { ...row, who: 'eve' };
  tamper(`UPDATE entry SET who = 'eve', hash = '${hashOf(new Uint8Array(0), forged)}'`);
  expect((await log.verify()).problems).toEqual([{ seq: 1, problem: 'row-changed' }]);
});

test('a log whose anchor was taken away is never anchored again', async () => {
  const anchor = keeper();
  const log = opened(anchor);
  expect(await log.anchor()).toEqual({ seq: 0, hash: noHash });
  log.write(entry());
  log.write(entry());
  expect([await log.anchor(), (await log.verify()).sound]).toEqual([{ seq: 2, hash: anchor.head?.hash }, true]);
  anchor.head = null;
  tamper('DELETE FROM entry WHERE seq = 2');
  expect([await log.anchor(), anchor.head, (await log.verify()).problems]).toEqual([null, null, [{ seq: 0, problem: 'anchor-missing' }]]);
});

test('a log that cannot be written says so, before anything is done', () => {
  const log = opened();
  log.write(entry());
  const holder = new DatabaseSync(join(folder, 'audit.sqlite'));
  holder.exec('PRAGMA query_only = 0');
  tamper("CREATE TRIGGER broken BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END");
  holder.close();
  expect(() => { log.begin(entry()); }).toThrow(AuditFault);
  expect(() => { log.write(entry()); }).toThrow(AuditFault);
  tamper('DROP TRIGGER broken');
  expect(log.list({}, 10).rows).toHaveLength(1);
  chmodSync(join(folder, 'audit.sqlite'), 0o600);
});
