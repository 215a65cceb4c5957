import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryFull, JournalEvent } from '../../journal/journal.ts';
import { JournalFault } from '../../journal/journal.ts';
import type { FinalListed } from '../../journal/reader.ts';
import { ReplayRunner } from './replay-runner.ts';
import { openReplayStore } from './replay-store.ts';
import { openOperations } from './store.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-plans-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

const item = (id: number): FinalListed => ({ id, seq: id, trace: `t-${id}`, source: 'lab', destination: 'region', recipient: null, state: 'delivered', action: 'submit', receivedAt: 1 });
const event = (id: number, text: string): JournalEvent => ({ id, seq: id, delivery: id, at: 1, stage: 'deliver', kind: 'replayed', detail: JSON.stringify({ text, as: 900 + id }) });

const final = (id: number, { state = 'delivered', content = {} }: { readonly state?: DeliveryFull['state']; readonly content?: object } = {}): DeliveryFull => ({ id, state, planned: { content } } as DeliveryFull);

test('a delivery whose turn was cut short by a crash goes once; what is not final, or an acknowledgement, is passed over', async () => {
  const db = openOperations(folder);
  const store = openReplayStore(db);
  const id = store.make({ by: 'olga', why: 'perdu par la région', at: 1, second: false, perMinute: 6000, cap: 10, selection: {}, preview: [], items: [1, 2, 3, 4, 5, 6].map(item) });
  store.become(id, 'draft', 'running', 'started', 'olga', 1);
  // Killed twice: after the journal had made 1 again, and before it had made 2.
  store.turn(id, 1, 'making', { at: 1 });
  store.turn(id, 2, 'making', { at: 1 });
  const replayed: number[] = [], troubles: string[] = [];
  const runner = new ReplayRunner({
    store, clock: () => 1_000_000, trouble: (_, what) => { troubles.push(what); },
    journal: {
      events: (seq) => Promise.resolve(seq === 1 ? [event(1, `perdu par la région [plan ${id}]`)] : [event(seq, 'par une personne')]),
      delivery: (one) => Promise.resolve(final(one, { state: one === 3 ? 'waiting' : 'delivered', content: one === 6 ? { kind: 'acknowledgement' } : {} })),
    },
    replay: (one, { by, why }) => {
      if (one === 4) return Promise.reject(new JournalFault('journal.not-final', ''));
      if (one === 5) return Promise.reject(Object.assign(new Error(''), { code: 'deliver.no-such-delivery' }));
      replayed.push(one);
      expect([by, why]).toEqual(['olga', `perdu par la région [plan ${id}]`]);
      return Promise.resolve(800 + one);
    },
  });
  runner.start();
  for (let i = 0; i < 200 && store.one(id)?.row.state !== 'done'; i++) await new Promise((wake) => { setTimeout(wake, 20); });
  await runner.close();
  expect(store.items(id, 0, 10).map(({ state, made, cause }) => [state, made, cause])).toEqual([
    ['sent', 901, null], ['sent', 802, null], ['skipped', null, 'operate.replay-not-final'], ['skipped', null, 'journal.not-final'], ['skipped', null, 'deliver.no-such-delivery'],
    ['skipped', null, 'operate.replay-acknowledgement'],
  ]);
  expect([replayed, troubles]).toEqual([[2], []]);
  db.close();
});

test.each(['cancelled', 'paused'] as const)('a plan that is %s after a crash, before its next turn, says what the cut turn had sent', async (to) => {
  const db = openOperations(folder);
  const store = openReplayStore(db);
  const make = (delivery: number): number => {
    const id = store.make({ by: 'olga', why: 'perdu par la région', at: 1, second: false, perMinute: 6000, cap: 10, selection: {}, preview: [], items: [item(delivery)] });
    store.become(id, 'draft', 'running', 'started', 'olga', 1);
    store.turn(id, delivery, 'making', { at: 1 });
    return id;
  };
  const [sent, unsent] = [make(1), make(2)];
  for (const id of [sent, unsent]) store.become(id, 'running', to, to, 'olga', 2);
  const runner = new ReplayRunner({
    store, clock: () => 1_000_000, trouble: () => undefined, replay: () => Promise.reject(new Error('nothing more may leave')),
    journal: { events: (seq) => Promise.resolve(seq === 1 ? [event(1, `perdu par la région [plan ${sent}]`)] : []), delivery: (one) => Promise.resolve(final(one)) },
  });
  runner.start();
  for (let i = 0; i < 200 && store.unfinished().length > 0; i++) await new Promise((wake) => { setTimeout(wake, 20); });
  await runner.close();
  expect([store.one(sent)?.row, store.one(unsent)?.row]).toMatchObject([{ state: to, sent: 1, left: 0 }, { state: to, sent: 0, left: 1 }]);
  expect(store.items(sent, 0, 1)).toMatchObject([{ state: 'sent', made: 901 }]);
  db.close();
});

test('a journal that does not write leaves the delivery to go later', async () => {
  const db = openOperations(folder);
  const store = openReplayStore(db);
  const id = store.make({ by: 'olga', why: 'perdu par la région', at: 1, second: false, perMinute: 6000, cap: 10, selection: {}, preview: [], items: [item(1)] });
  store.become(id, 'draft', 'running', 'started', 'olga', 1);
  const troubled = new Promise<string>((told) => {
    const runner = new ReplayRunner({
      store, clock: () => 1, trouble: (_, what) => { told(what); void runner.close(); },
      journal: { events: () => Promise.resolve([]), delivery: () => Promise.resolve(final(1, { state: 'refused' })) }, replay: () => Promise.reject(new JournalFault('journal.disk-full', '')),
    });
    runner.start();
  });
  expect(await troubled).toBe('journal.disk-full');
  expect(store.next(id)).toMatchObject({ delivery: 1, state: 'making' });
  db.close();
});

test('a plan that is cancelled while the journal is asked sends nothing more', async () => {
  const db = openOperations(folder);
  const store = openReplayStore(db);
  const id = store.make({ by: 'olga', why: 'perdu par la région', at: 1, second: false, perMinute: 6000, cap: 10, selection: {}, preview: [], items: [item(1)] });
  store.become(id, 'draft', 'running', 'started', 'olga', 1);
  const replayed: number[] = [];
  const asked = new Promise<void>((told) => {
    const runner = new ReplayRunner({
      store, clock: () => 1, trouble: () => undefined, replay: (one) => { replayed.push(one); return Promise.resolve(2); },
      journal: { events: () => Promise.resolve([]), delivery: () => { store.become(id, 'running', 'cancelled', 'cancelled', 'olga', 2); setImmediate(() => { void runner.close().then(told); }); return Promise.resolve(final(1)); } },
    });
    runner.start();
  });
  await asked;
  expect([replayed, store.next(id)?.state]).toEqual([[], 'pending']);
  db.close();
});
