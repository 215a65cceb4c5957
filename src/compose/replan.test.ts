import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { temporaryFolder } from '../../test/contract/sqlite-place.ts';
import type { SourceSettings } from '../config/model.ts';
import type { Journal } from '../journal/journal.ts';
import { newKeyRing, parseKeyRing } from '../journal/keys.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { encodePlan } from '../workers/plan-codec.ts';
import type { Pool } from '../workers/pool.ts';
import { standingActs } from './acts.ts';
import { replan, type ReplanPorts } from './replan.ts';

let folder = '';
let journal: Journal;
beforeEach(async () => { folder = temporaryFolder(); journal = await openSqliteJournal({ folder, keys: parseKeyRing(newKeyRing()), clock: () => 0, repeatWindowMs: 1, crashesBeforeQuarantine: 2 }); });
afterEach(async () => { await journal.close(); rmSync(folder, { recursive: true }); });

const by = { by: 'lea', why: 'version corrigée' };
const source = { id: 'labo', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: 'answers', establishment: null, unknownConsent: 'follow' } as unknown as SourceSettings;
const ports = (run: Pool['run'], changed: Partial<ReplanPorts> = {}): ReplanPorts =>
  ({ journal, pool: { run } as Pool, sources: new Map([['labo', source]]), clock: () => 5_000, planned: () => undefined, ...changed });
const staged = (): Promise<Uint8Array> => Promise.resolve(encodePlan({ plan: newPlan(), findings: [], repeats: null }));

test('a message the stages still fail on stays quarantined, whole, and the try is in its story', async () => {
  const { seq } = await journal.quarantine(newMessage('1'), 'why');
  await expect(replan(ports(() => Promise.reject(new Error('DUPONT'))), { seq }, by)).rejects.toMatchObject({ code: 'intake.replan-failed' });
  const message = await journal.message({ seq });
  expect([message?.disposition, message?.bytes?.length]).toEqual(['quarantined', newMessage('1').bytes.length]);
  expect((await journal.events(seq)).map(({ kind }) => kind)).toEqual(['quarantined', 'replan-failed']);
});

test('it is planned with its own source and the facts of its own moment, and nothing more is told to its sender', async () => {
  const { seq } = await journal.quarantine(newMessage('1', { identified: { ...newMessage('1').identified, enhanced: true } }), 'why');
  let asked: unknown;
  const done = await replan(ports((job) => { asked = job.payload; return staged(); }), { seq }, by);
  expect(asked).toMatchObject({ source: 'labo', factsBefore: seq, receivedAt: 1_000 });
  expect(done).toEqual({ seq, disposition: 'planned', ack: 'AA', deliveries: 1 });
});

test('its source must still be known, and a gateway must run', async () => {
  const { seq } = await journal.quarantine(newMessage('1'), 'why');
  await expect(replan(ports(staged, { sources: new Map() }), { seq }, by)).rejects.toMatchObject({ code: 'intake.replan-unknown-source' });
  await expect(standingActs(journal, () => 0).replan(String(seq), by)).rejects.toMatchObject({ code: 'intake.replan-stopped' });
});
