import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { delivered, delivery, newMessage, newPlan, rejected } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder, testKeys } from '../../../test/contract/sqlite-place.ts';
import type { Journal } from '../journal.ts';
import type { JournalReader, PageFilter, Seen } from '../reader.ts';
import { openDatabase } from './database.ts';
import { openSqliteJournal } from './open.ts';
import { openFinals } from './finals.ts';
import { openPages } from './pages.ts';
import { openSqliteReader } from './reader.ts';
import { openStorage } from './storage.ts';
import { openStories } from './stories.ts';
import { openWaitingPages } from './waiting-pages.ts';

const all: Seen = { sources: null, destinations: null };
let folder: string, journal: Journal, reader: JournalReader;
beforeEach(async () => {
  folder = temporaryFolder();
  journal = await openSqliteJournal({ folder, keys: testKeys, clock: () => 0, repeatWindowMs: 1, crashesBeforeQuarantine: 2 });
  reader = openSqliteReader({ folder, keys: testKeys });
});
afterEach(async () => { reader.close(); await journal.close(); await rm(folder, { recursive: true }); });

const held = { state: 'held' as const, reason: { code: 'route.hold' as never } };
/** Messages 1 to `n`: every third held for the region, every fourth of another source, every fifth refused by its rules. */
async function fill(n: number): Promise<void> {
  for (let i = 1; i <= n; i++) {
    const message = newMessage(String(i), { trace: `t-${i}`, receivedAt: 1000 * i, source: i % 4 === 0 ? 'clinique' : 'labo' });
    await journal.accept(message, i % 5 === 0 ? rejected() : newPlan({ deliveries: [delivery(i % 3 === 0 ? held : {}), ...(i % 2 === 0 ? [delivery({ destination: 'mss', recipient: 'bal@exemple.fr' })] : [])], keys: [{ kind: 'patient', value: i % 7 === 0 ? 'P7' : 'P1' }] }));
  }
}
/** Every page of a filter, one after the other. */
function everything(filter: PageFilter, seen: Seen, limit: number): number[] {
  const seqs: number[] = [];
  let next: number | null = Number.MAX_SAFE_INTEGER;
  for (let pages = 0; next !== null; pages++) {
    if (pages > 1000) throw new Error('pages without end');
    const page = reader.page({ ...filter, before: next > 2 ** 40 ? 2 ** 40 : next }, seen, limit);
    seqs.push(...page.rows.map(({ seq }) => seq));
    next = page.next;
  }
  return seqs;
}

describe('pages', () => {
  test('every filter gives, page after page, what matches, newest first and once', async () => {
    await fill(60);
    const heads = await journal.messages({}, 100);
    const states = new Map(await Promise.all(heads.map(async ({ seq }) => [seq, (await journal.message({ seq }))?.deliveries ?? []] as const)));
    const filters: PageFilter[] = [{}, { source: 'labo' }, { disposition: 'rejected' }, { state: 'held' }, { state: 'waiting', destination: 'mss' }, { destination: 'mss' }, { from: 10_000, to: 30_000 }, { state: 'held', source: 'clinique' }, { type: 'ORU^R01', from: 5000 }];
    for (const filter of filters) {
      const expected = heads.filter((one) => (filter.source ?? one.source) === one.source && (filter.disposition ?? one.disposition) === one.disposition && (filter.from ?? 0) <= one.receivedAt && one.receivedAt < (filter.to ?? Infinity)
        && ((filter.state === undefined && filter.destination === undefined) || (states.get(one.seq) ?? []).some((d) => (filter.state ?? d.state) === d.state && (filter.destination ?? d.destination) === d.destination))).map(({ seq }) => seq);
      for (const limit of [1, 7, 200]) expect([filter, limit, everything(filter, all, limit)]).toEqual([filter, limit, expected]);
    }
  });

  test('what others have of a search and of the quarantine takes no place of one’s own', async () => {
    await fill(24);
    const search = (seen: Seen) => reader.search({ kind: 'patient', value: 'P1' }, seen, null, 2).map(({ seq }) => seq);
    expect(search({ sources: ['clinique'], destinations: null })).toEqual([24, 16]);
    expect(search({ sources: null, destinations: ['mss'] })).toEqual([24, 22]);
    expect(search({ sources: ['labo'], destinations: ['mss'] })).toEqual([22, 18]);
    await journal.quarantine(newMessage('q1', { source: 'clinique', trace: 'q-1' }), 'defect');
    await journal.quarantine(newMessage('q2', { source: 'labo', trace: 'q-2' }), 'defect');
    expect(reader.quarantined({ sources: ['clinique'], destinations: null }, 1).map(({ trace }) => trace)).toEqual(['q-1']);
  });

  test('what is out of an account’s scope does not exist', async () => {
    await fill(40);
    const clinic: Seen = { sources: ['clinique'], destinations: null }, mail: Seen = { sources: null, destinations: ['mss'] };
    expect(everything({}, clinic, 10).every((seq) => seq % 4 === 0)).toBe(true);
    expect(everything({ source: 'labo' }, clinic, 10)).toEqual([]);
    const rows = reader.page({}, mail, 200).rows;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.flatMap((one) => one.deliveries.map(({ destination }) => destination)).every((one) => one === 'mss')).toBe(true);
    expect(everything({ state: 'held' }, mail, 10)).toEqual([]);
    expect([reader.story('t-4', clinic)?.message.seq, reader.story('t-1', clinic), reader.story('t-1', mail), reader.story('t-9', all)?.message.seq]).toEqual([4, null, null, 9]);
    expect(reader.story('t-2', mail)?.deliveries.map(({ destination }) => destination)).toEqual(['mss']);
    expect(reader.search({ kind: 'patient', value: 'P7' }, clinic, null, 10).map(({ seq }) => seq)).toEqual([28]);
    expect(reader.search({ kind: 'patient', value: 'P7' }, all, 28, 10).map(({ seq }) => seq)).toEqual([21, 14, 7]);
    expect(reader.brief(4096 * 3, clinic)).toBeNull();
    expect(reader.delivery(4096 * 3, mail)).toBeNull();
  });

  test('held deliveries come oldest first, with their causes counted', async () => {
    await fill(60);
    const ids: number[] = [];
    for (let after: number | null = 0; after !== null;) { const page = reader.held({}, all, after, 4); ids.push(...page.rows.map(({ seq }) => seq)); after = page.next; }
    expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => 3 * (i + 1)).filter((seq) => seq % 5 !== 0));
    expect(reader.heldGroups(all)).toEqual([{ destination: 'region', reason: 'route.hold', count: ids.length }]);
    expect(reader.heldGroups({ sources: ['clinique'], destinations: null })).toEqual([{ destination: 'region', reason: 'route.hold', count: ids.filter((seq) => seq % 4 === 0).length }]);
    expect(reader.held({ source: 'clinique' }, all, 0, 100).rows.every(({ source }) => source === 'clinique')).toBe(true);
    expect(reader.causes('region').find(({ state }) => state === 'held')?.count).toBe(ids.length);
  });

  test('quarantined messages are found; what is late is counted; final deliveries are listed', async () => {
    await fill(10);
    await journal.quarantine(newMessage('q', { trace: 't-q', receivedAt: 99_000 }), 'intake.stages-failed');
    expect(reader.quarantined(all, 10).map(({ trace }) => trace)).toEqual(['t-q']);
    expect(reader.quarantined({ sources: null, destinations: ['mss'] }, 10)).toEqual([]);
    expect([reader.late('region', 1, 100), reader.late('region', 5000, 100), reader.late('region', 5000, 2)]).toEqual([0, 3, 2]);
    await journal.begin([4096], 1);
    await journal.settle(4096, delivered(7777), []);
    expect(reader.finals({ state: 'delivered' }, all, 0, 10)).toMatchObject({ found: [{ id: 4096, trace: 't-1', state: 'delivered' }], next: null });
    expect(reader.finals({ state: 'delivered', source: 'clinique' }, all, 0, 10)).toEqual({ found: [], next: null });
    expect(reader.finalsOf([4096, 8192], all).map(({ id }) => id)).toEqual([4096]);
    expect(reader.since(0, 100).attempts).toEqual([{ destination: 'region', at: 7777, outcome: 'delivered', age: 5777, state: 'delivered' }]);
    expect(reader.lastOf('clinique')).toBe(8000);
    expect(reader.traffic(0, 8001).reduce((sum, { messages }) => sum + messages, 0)).toBe(reader.since(0, 10_000).messages.filter(({ at }) => at < 8001).length);
    expect([reader.traffic(0, 8001).every(({ at }) => at === 0), reader.traffic(8001, 9000)]).toEqual([true, []]);
  });
});

test('it cannot write', () => {
  const db = openDatabase(`${folder}/journal.sqlite`, { readOnly: true, timeoutMs: 0 });
  expect(() => db.exec('DELETE FROM message')).toThrow(expect.objectContaining({ code: 'journal.read-only' }));
  db.close();
});

test('no question reads a whole table', async () => {
  await fill(3);
  const db = openDatabase(`${folder}/journal.sqlite`, { readOnly: true, timeoutMs: 0 });
  const [pages, finals] = [openPages(db, () => 0), openFinals(db, () => 0)];
  openStories({ db, storage: openStorage(db, testKeys) }, pages);
  openWaitingPages(db, pages);
  const clinic: Seen = { sources: ['clinique'], destinations: ['mss'] };
  for (const seen of [all, clinic]) for (const filter of [{}, { source: 'labo', type: 't', disposition: 'planned' as const, from: 1, to: 9e9 }, { destination: 'mss' }, { state: 'held' as const, source: 'labo' }, { state: 'delivered' as const }]) pages.page(filter, seen, 5);
  pages.ofSeqs([1], all);
  finals.finals({ state: 'refused', destination: 'region', source: 'labo', type: 't', from: 1, to: 2 }, clinic, 0, 5);
  finals.finalsOf([1], all);
  const big = /^SCAN (message|delivery|attempt|search|event|document)\b(?! USING (COVERING )?INDEX message_quarantined)/;
  const plans = db.texts().flatMap((text) => db.statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...Array.from({ length: text.split('?').length - 1 }, () => 1)).map(({ detail }) => `${detail}: ${text}`));
  expect(plans.filter((one) => big.test(one))).toEqual([]);
  expect(plans.length).toBeGreaterThan(30);
  db.close();
});
