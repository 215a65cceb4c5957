import { expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder, testKeys } from '../../../test/contract/sqlite-place.ts';
import { openDatabase } from './database.ts';
import { journalOn } from './driver.ts';

/** Whole partial indexes may be walked: they hold only what is still in the pipeline. */
const walks = /^SCAN message USING (COVERING )?INDEX message_pipeline$/;
const big = /^SCAN (message|delivery|delivery_document|attempt|search|fact|fact_key|identity|lane|segment|payload|document|event)\b/;

test('no statement that production prepares reads a whole table, or sorts before its limit', async () => {
  const folder = temporaryFolder();
  const db = openDatabase(`${folder}/journal.sqlite`, { readOnly: false, timeoutMs: 0 });
  const journal = journalOn(db, { keys: testKeys, clock: () => 0, repeatWindowMs: 1, crashesBeforeQuarantine: 2 }, () => undefined);
  await journal.accept(newMessage('1'), newPlan());
  await journal.messages({}, 1);
  await journal.messages({ source: 's', type: 't', disposition: 'planned', destination: 'd', state: 'held', since: 1, until: 2, before: 3 }, 1);
  await journal.messages({ seqs: [1] }, 1);
  await journal.messages({ destination: 'd' }, 1);
  await journal.messages({ state: 'delivered' }, 1);
  await journal.retain({ payloadsBefore: 1, messagesBefore: 1 });
  const texts = db.texts().filter((text) => !/^(PRAGMA|BEGIN|COMMIT)/.test(text));
  const scans = texts.flatMap((text) => db.statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
    .all(...Array.from({ length: text.split('?').length - 1 }, () => 1)).filter(({ detail }) => (big.test(detail) && !walks.test(detail)) || detail.includes('USE TEMP B-TREE')).map(({ detail }) => `${detail}: ${text}`));
  expect(scans).toEqual([]);
  expect(texts.length).toBeGreaterThan(70);
  await journal.close();
  await rm(folder, { recursive: true });
});
