import { expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes, delivered, delivery, newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder } from '../../../test/contract/sqlite-place.ts';
import type { Fact } from '../../domain/fact.ts';
import type { Journal } from '../journal.ts';
import { newKeyRing, parseKeyRing, rotate } from '../keys.ts';
import { openDatabase } from './database.ts';
import { openSqliteFacts } from './facts-reader.ts';
import { openSqliteJournal } from './open.ts';

const folderOf = (folder: string, text: string) => ({ folder, keys: parseKeyRing(text), clock: () => 1_000, repeatWindowMs: 10_000, crashesBeforeQuarantine: 2 });
const identity: Fact = { kind: 'identity', keys: ['ID|a|1', 'ID|b|2'], birthDate: null, sex: null, statuses: [] };

test('a rotation of the index key makes every blind index again while working; then the old key may go', async () => {
  const folder = temporaryFolder();
  const text = newKeyRing();
  const first = await openSqliteJournal(folderOf(folder, text));
  const mail = delivery({ destination: 'mss', recipient: 'a@x.mssante.fr', series: ['DOC|1', 'DOC|2'] });
  const { deliveries: [one] } = await first.accept(newMessage('m'), newPlan({ identities: ['ID|a|1'], facts: [identity], keys: [{ kind: 'patient', value: '42' }], deliveries: [mail] }));
  for (let n = 0; n < 200; n++) await first.accept(newMessage(`n${n}`), newPlan({ deliveries: [], keys: [{ kind: 'visit', value: 'V' }] }));
  const old = await first.accept(newMessage('old', { receivedAt: 1 }), newPlan({ keys: [{ kind: 'patient', value: '43' }] }));
  await first.begin([old.deliveries[0]!.id], 1);
  await first.settle(old.deliveries[0]!.id, delivered(), []);
  expect(await first.retain({ payloadsBefore: 2, messagesBefore: 0 })).toMatchObject({ payloads: 1 });
  await first.close();

  const rotated = rotate(text, 'index');
  const check = async (journal: Journal) => {
    expect(await journal.search({ kind: 'patient', value: '42' }, 10)).toEqual([one!.seq]);
    expect(await journal.search({ kind: 'patient', value: '43' }, 10)).toEqual([old.seq]);
    expect(await journal.search({ kind: 'visit', value: 'V' }, 1000)).toHaveLength(200);
    expect((await journal.answerOf('labo', 'm', bytes('digest of m'))).kind).toBe('same');
    expect((await journal.answerOf('labo', 'n7', bytes('digest of n7'))).kind).toBe('same');
    expect((await journal.facts(['ID|b|2'])).known).toHaveLength(1);
    for (const key of ['DOC|1', 'DOC|2']) expect(await journal.unfinished('mss', (await journal.delivery(one!.id))!.recipient, [key], Number.MAX_SAFE_INTEGER)).toEqual([one!.id]);
  };
  const second = await openSqliteJournal(folderOf(folder, rotated));
  await check(second);
  const watch = openDatabase(join(folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 1000 });
  const version = watch.statement<{ value: number }>("SELECT value FROM counter WHERE name = 'index.version'");
  for (let n = 0; n < 400 && version.get()?.value !== 2; n++) {
    await second.accept(newMessage(`during${n}`), newPlan({ identities: ['ID|a|1'], deliveries: [] }));
    await new Promise((later) => setTimeout(later, 10));
  }
  expect(version.get()?.value).toBe(2);
  watch.close();
  await check(second);
  await second.close();

  const third = await openSqliteJournal(folderOf(folder, rotated.split('\n').filter((line) => !line.startsWith('index 1 ')).join('\n')));
  await check(third);
  const next = await third.accept(newMessage('after'), newPlan({ identities: ['ID|a|1'], deliveries: [mail] }));
  expect(next.deliveries[0]).toMatchObject({ lane: one!.lane, recipient: (await third.delivery(one!.id))?.recipient });
  expect(await third.verify()).toEqual([]);
  await third.close();
  await rm(folder, { recursive: true });
});

test('a worker reads facts beside the gateway, as of each call', async () => {
  const folder = temporaryFolder();
  const settings = folderOf(folder, newKeyRing());
  const journal = await openSqliteJournal(settings);
  const reader = openSqliteFacts(settings);
  expect(reader.facts(['ID|b|2'])).toEqual({ taught: 0, upTo: 0, known: [] });
  await journal.accept(newMessage('1'), newPlan({ facts: [identity] }));
  await journal.append(newMessage('2'));
  expect(reader.facts(['ID|b|2'])).toEqual({ taught: 1, upTo: 2, known: [{ seq: 1, fact: identity }] });
  expect(reader.facts(['ID|b|2'], 1)).toEqual({ upTo: 0, known: [] });
  expect(await journal.facts(['ID|b|2'])).toEqual(reader.facts(['ID|b|2']));
  reader.close();
  await journal.close();
  await rm(folder, { recursive: true });
});
