import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { bytes, newMessage, newPlan, rejected } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder, testKeys } from '../../../test/contract/sqlite-place.ts';
import type { Journal } from '../journal.ts';
import { blindIndex } from '../seal.ts';
import { openDatabase, type Database } from './database.ts';
import { journalOn } from './driver.ts';
import { indexed } from './store.ts';

let folder: string;
let db: Database;
let journal: Journal;
beforeEach(() => {
  folder = temporaryFolder();
  db = openDatabase(`${folder}/journal.sqlite`, { readOnly: false, timeoutMs: 0 });
  journal = journalOn(db, { keys: testKeys, clock: () => 1_000, repeatWindowMs: 10_000, crashesBeforeQuarantine: 2 }, () => undefined);
});
afterEach(async () => { expect(await journal.verify()).toEqual([]); await journal.close(); await rm(folder, { recursive: true }); });

/** Rows that a repeat of this control id has to look at. */
const claims = (controlId: string): number =>
  db.statement<{ n: number }>('SELECT count(*) AS n FROM search WHERE hash = ?').get(blindIndex(testKeys.index).hash(indexed.search('control', controlId)))?.n ?? -1;
const own = (controlId: string) => ({ keys: [{ kind: 'control', value: controlId } as const] });
const digest = bytes('digest of 1');
const ack = newMessage('1', { identified: { ...newMessage('1').identified, type: 'ACK' } });

describe('control ids', () => {
  test('a sender that is refused under one id for ever costs a repeat nothing', async () => {
    for (let i = 0; i < 20; i++) await journal.accept(newMessage('1'), { ...rejected(), ...own('1') });
    const { seq } = await journal.append(newMessage('1'));
    expect(claims('1')).toBe(1);
    await journal.plan(seq, { ...rejected(), ...own('1') });
    expect(claims('1')).toBe(0);
    expect(await journal.answerOf('labo', '1', digest)).toEqual({ kind: 'new' });
    expect(await journal.search({ kind: 'control', value: '1' }, 50)).toHaveLength(21);
    await journal.accept(newMessage('1'), newPlan(own('1')));
    expect([claims('1'), (await journal.answerOf('labo', '1', digest)).kind]).toEqual([1, 'same']);
  });

  test('an answer to us takes no id from the messages of its sender, nor is refused for one', async () => {
    const answer = newPlan({ disposition: 'consumed', ack: null, deliveries: [], identities: [], ...own('1') });
    await journal.accept(ack, answer);
    expect(await journal.answerOf('labo', '1', digest)).toEqual({ kind: 'new' });
    await journal.accept(newMessage('1'), newPlan(own('1')));
    await journal.accept({ ...ack, trace: 'again' }, answer);
    expect((await journal.answerOf('labo', '1', digest)).kind).toBe('same');
    expect(await journal.search({ kind: 'control', value: '1' }, 50)).toHaveLength(3);
  });
});
