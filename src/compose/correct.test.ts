import { expect, test } from '@jest/globals';
import { newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { sqlitePlace } from '../../test/contract/sqlite-place.ts';
import type { SourceSettings } from '../config/model.ts';
import { encodePlan } from '../workers/plan-codec.ts';
import { correct, type CorrectPorts } from './correct.ts';

const text = 'MSH|^~\\&|LABO|EXEMPLE|PFI|R|20260101||ORU^R01|ID1|P|2.5\rPID|1||42\r';

test('a copy that cannot come in is told, and its original can be corrected again; each copy has an id of its own', async () => {
  const place = sqlitePlace();
  const journal = await place.open();
  const { seq } = await journal.accept(newMessage('ID1', { trace: 'original', bytes: Buffer.from(text) }), newPlan());
  const [given, closed]: [string[], number[]] = [[], []];
  const ports: CorrectPorts = {
    journal, clock: () => 5_000, sources: new Map([['labo', { id: 'labo' } as SourceSettings]]),
    pool: { run: () => Promise.resolve(encodePlan({ plan: newPlan(), findings: [], repeats: null })) },
    dispatcher: { abandon: (id, by, why, code) => { closed.push(id); return journal.move(id, 'abandoned', { code: code ?? '', by, text: why, at: 1 }, []).then(() => undefined); } },
    accept: async ({ bytes }) => {
      given.push(Buffer.from(bytes).toString());
      if (given.length === 1) return { code: 'AR', bytes: null, trace: 'nowhere' };
      await journal.accept(newMessage('copy', { trace: 'copy' }), newPlan({ deliveries: [] }));
      return { code: 'AA', bytes: null, trace: 'copy' };
    },
  };
  const mend = () => correct(ports, 'original', text.replace('||42', '||43'), { by: 'olga', why: 'numéro mal saisi' });
  await expect(mend()).rejects.toMatchObject({ code: 'operate.correction-not-taken', args: ['AR'] });
  expect(closed).toEqual([seq * 4096]);
  expect(await mend()).toMatchObject({ trace: 'copy', outcome: 'planned', ack: 'AA', closed: [] });
  expect(given.map((one) => one.split('|')[9])).toEqual(['ID1-C1', 'ID1-C1']);
  expect((await journal.events(seq)).map(({ kind }) => kind)).toEqual(['moved', 'correction-not-taken', 'corrected']);
  await expect(correct(ports, 'unknown', text, { by: 'olga', why: 'numéro mal saisi' })).rejects.toMatchObject({ code: 'operate.correction-format' });
  await journal.close();
  await place.remove();
});
