import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { delivered, delivery, newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { sqlitePlace } from '../../test/contract/sqlite-place.ts';
import type { Dispatcher } from '../deliver/dispatcher.ts';
import { turns } from '../domain/turns.ts';
import type { Journal } from '../journal/journal.ts';
import { runningActs, standingActs } from './acts.ts';
import type { ReplanPorts } from './replan.ts';

const by = { by: 'olga', why: 'perdu par la région' };
let place: ReturnType<typeof sqlitePlace>, journal: Journal;
beforeEach(async () => { place = sqlitePlace(); journal = await place.open(); });
afterEach(async () => { await journal.close(); await place.remove(); });
const end = async (id: number) => { await journal.begin([id], 3_000); await journal.settle(id, delivered(), []); };
const accepted = async () => { const { seq, deliveries: [one] } = await journal.accept(newMessage('ID1'), newPlan()); return { seq, id: one?.id ?? 0 }; };
const dispatcher = { offer: () => undefined } as unknown as Dispatcher;

test('what was made again is not made again, from any of its line; what failed is', async () => {
  const { replay } = standingActs(journal, () => 7_000);
  const { id } = await accepted();
  await end(id);
  const first = await replay(id, by);
  await expect(replay(id, by)).rejects.toMatchObject({ code: 'operate.replay-again' });
  await journal.move(first, 'abandoned', { code: 'deliver.abandoned', by: 'olga', text: '', at: 1 }, []);
  const second = await replay(id, by);
  await end(second);
  for (const one of [id, first]) await expect(replay(one, by)).rejects.toMatchObject({ code: 'operate.replay-again' });
  expect(await replay(second, by)).toBeGreaterThan(second);
});

test('two at once make one', async () => {
  const { replay } = runningActs(journal, dispatcher, () => 7_000, turns(), {} as ReplanPorts);
  const { id } = await accepted();
  await end(id);
  expect((await Promise.allSettled([replay(id, by), replay(id, by)])).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('nothing of a message that was corrected is made again', async () => {
  const { replay } = standingActs(journal, () => 7_000);
  const { seq, id } = await accepted();
  await end(id);
  await journal.note({ seq, delivery: null, at: 6_000, stage: 'operate', kind: 'corrected', detail: JSON.stringify({ trace: 'copy', ...by }) });
  await expect(replay(id, by)).rejects.toMatchObject({ code: 'operate.replay-corrected' });
  const { deliveries: [other] } = await journal.accept(newMessage('ID2'), newPlan());
  await journal.move(other?.id ?? 0, 'abandoned', { code: 'operate.corrected', by: 'olga', text: '', at: 1 }, []);
  await expect(replay(other?.id ?? 0, by)).rejects.toMatchObject({ code: 'operate.replay-corrected' });
});

test('an acknowledgement is not made again', async () => {
  const { replay } = standingActs(journal, () => 7_000);
  const { deliveries: [one] } = await journal.accept(newMessage('ID1'), newPlan({ deliveries: [delivery({ destination: 'answers', system: 'hl7v2', action: 'notify', content: { kind: 'acknowledgement', message: '', controlId: 'A1' } })] }));
  await end(one?.id ?? 0);
  await expect(replay(one?.id ?? 0, by)).rejects.toMatchObject({ code: 'operate.replay-acknowledgement' });
});
