import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../journal/sqlite/database.ts';
import { testKeys } from '../../../test/contract/sqlite-place.ts';
import { correctionApprove, correctionDrop, messageCorrect, messageReplan, correctTrial, correctionReveal } from '../api/contract/story.ts';
import type { RouteShape } from '../api/contract/route.ts';
import type { Asked } from '../api/served.ts';
import { Grants } from '../reading/reveal.ts';
import { corrections, type CorrectionPorts } from './corrections.ts';
import { openOperations } from './store.ts';

let folder: string, db: Database;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-corrections-')); db = openOperations(folder); });
afterEach(() => { db.close(); rmSync(folder, { recursive: true }); });

const whole = { sources: null, destinations: null };
const open = (more: Partial<CorrectionPorts> = {}) => {
  const made: string[] = [], noted: string[] = [], tried: string[] = [];
  const grants = new Grants(() => 1, 60_000);
  const all = corrections({
    db, keys: testKeys, grants, journal: { note: ({ kind }) => { noted.push(kind); return Promise.resolve(); } },
    reader: { story: () => Promise.resolve({ message: { source: 'labo', seq: 1 }, events: [] }), content: () => Promise.resolve({ raw: { shown: { text: 'MSH before' }, places: [] } }) } as unknown as CorrectionPorts['reader'],
    tryIt: (_, text) => { tried.push(text); return Promise.resolve({ deliveries: [{ destination: 'mssante', system: 'mssante', action: 'submit', state: 'planned', recipient: 'dr@cabinet.mssante.test', reason: { code: 'route.rule', args: [] } }] as unknown as Awaited<ReturnType<CorrectionPorts['tryIt']>>['deliveries'], closes: [{ id: 4096, destination: 'region' }], otherPerson: false }); },
    replan: () => Promise.reject(new Error('not asked')), secondPerson: true, clock: () => 1,
    correct: async (_, text) => { made.push(text); await new Promise((wake) => { setTimeout(wake, 10); }); return { trace: 'copy', seq: 2, outcome: 'planned', ack: 'AA', closed: [] }; }, ...more,
  });
  const ask = async (route: RouteShape, params: object, account: string, scope: object = whole, grant = '') =>
    all.routes.find((one) => one.route === route)?.handle({ params, body: { reason: 'valeur mal recopiée', text: 'MSH', grant }, caller: { account, scope }, session: account, language: 'fr', concerns: () => undefined } as unknown as Asked<RouteShape>) as Promise<{ id: string; state: string }>;
  return { all, made, noted, tried, grants, ask };
};

test('approved by two at once, it is made once; what fails waits again', async () => {
  const { made, ask } = open();
  const { id } = await ask(messageCorrect, { trace: 't' }, 'olga');
  const both = await Promise.allSettled([ask(correctionApprove, { id }, 'otto'), ask(correctionApprove, { id }, 'anna')]);
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'operate.correction-under-way' } }]);
  expect(made).toEqual(['MSH']);
  const failing = open({ correct: () => Promise.reject(new Error('down')) });
  const other = await failing.ask(messageCorrect, { trace: 't' }, 'olga');
  await expect(failing.ask(correctionApprove, { id: other.id }, 'otto')).rejects.toThrow('down');
  expect(await ask(correctionApprove, { id: other.id }, 'otto')).toMatchObject({ state: 'sent' });
});

test('an approval that was cut short waits again at the start, unless its copy came in', async () => {
  const { all, ask } = open();
  for (const trace of ['in', 'not-in']) await ask(messageCorrect, { trace }, 'olga');
  db.exec("UPDATE correction SET state = 'doing'");
  await all.resume((trace) => Promise.resolve(trace === 'in'));
  const [left, ...none] = all.pending(whole);
  expect([left?.trace, none]).toEqual(['not-in', []]);
  expect(await ask(correctionApprove, { id: left?.id }, 'otto')).toMatchObject({ state: 'sent' });
});

test('one person is enough, and the copy could not be taken: the text waits, and its author ends it; a refusal leaves nothing', async () => {
  let said: Promise<never> | null = Promise.reject(Object.assign(new Error(''), { code: 'operate.correction-not-taken' }));
  const { all, ask } = open({ secondPerson: false, correct: () => said ?? Promise.resolve({ trace: 'copy', seq: 2, outcome: 'planned', ack: 'AA', closed: [] }) });
  await expect(ask(messageCorrect, { trace: 't' }, 'olga')).rejects.toMatchObject({ code: 'operate.correction-not-taken' });
  const [left] = all.pending(whole);
  expect(left).toMatchObject({ trace: 't', by: 'olga' });
  said = null;
  expect(await ask(correctionApprove, { id: left?.id }, 'olga')).toMatchObject({ state: 'sent' });
  said = Promise.reject(Object.assign(new Error(''), { code: 'operate.correction-refused' }));
  await expect(ask(messageCorrect, { trace: 't' }, 'olga')).rejects.toMatchObject({ code: 'operate.correction-refused' });
  expect(all.pending(whole)).toEqual([]);
});

test('the text is kept before anything is closed, whatever cuts it short', async () => {
  const { all, ask } = open({ secondPerson: false, correct: () => new Promise(() => undefined) });
  void ask(messageCorrect, { trace: 't' }, 'olga');
  await new Promise((wake) => { setTimeout(wake, 10); });
  await all.resume(() => Promise.resolve(false));
  expect(all.pending(whole)).toMatchObject([{ trace: 't', by: 'olga' }]);
});

test('another person than the original always wants a second one', async () => {
  const { all, ask } = open({ secondPerson: false, correct: () => Promise.reject(Object.assign(new Error(''), { code: 'operate.correction-other-person' })) });
  expect(await ask(messageCorrect, { trace: 't' }, 'olga')).toMatchObject({ state: 'pending' });
  expect(all.pending(whole)).toMatchObject([{ trace: 't', by: 'olga' }]);
});

test('who sees some destinations only does nothing to all of a message', async () => {
  const { made, ask } = open();
  const { id } = await ask(messageCorrect, { trace: 't' }, 'olga');
  const some = { sources: null, destinations: ['region'] };
  for (const [route, params] of [[messageCorrect, { trace: 't' }], [correctionApprove, { id }], [correctionDrop, { id }], [messageReplan, { trace: 't' }]] as const) {
    await expect(ask(route, params, 'otto', some)).rejects.toMatchObject({ code: 'operate.whole-message' });
  }
  expect(made).toEqual([]);
});

test('what a correction would do is told to who looks at its content, in that session only, and to who must approve it; nothing is made', async () => {
  const { made, noted, tried, grants, ask } = open();
  const { id: grant } = grants.give('olga', 't', 'valeur mal recopiée');
  const trial = { deliveries: [{ destination: 'mssante', recipient: 'dr@cabinet.mssante.test', state: 'planned' }], closes: [{ id: 4096, destination: 'region' }], otherPerson: false, secondPerson: true };
  expect(await ask(correctTrial, { trace: 't' }, 'olga', whole, grant)).toMatchObject(trial);
  for (const [account, trace] of [['otto', 't'], ['olga', 'other']] as const) await expect(ask(correctTrial, { trace }, account, whole, grant)).rejects.toMatchObject({ code: 'operate.grant-ended' });
  await expect(ask(correctTrial, { trace: 't' }, 'olga', { sources: null, destinations: ['region'] }, grant)).rejects.toMatchObject({ code: 'operate.whole-message' });
  const { id } = await ask(messageCorrect, { trace: 't' }, 'olga');
  expect(await ask(correctionReveal, { id }, 'otto')).toMatchObject({ expiresAt: 60_001, original: 'MSH before', text: 'MSH', trial });
  expect([noted, tried, made]).toEqual([['revealed'], ['MSH', 'MSH'], []]);
});
