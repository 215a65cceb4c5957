import { expect, test } from '@jest/globals';
import { newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { sqlitePlace } from '../../test/contract/sqlite-place.ts';
import type { SourceSettings } from '../config/model.ts';
import { turns } from '../domain/turns.ts';
import type { PlanJob } from '../workers/jobs.ts';
import { contentDigest } from '../formats/hl7v2/identify.ts';
import { encodePlan } from '../workers/plan-codec.ts';
import { correct, tryCorrection, type CorrectPorts } from './correct.ts';

const text = 'MSH|^~\\&|LABO|EXEMPLE|PFI|R|20260101||ORU^R01|ID1|P|2.5\rPID|1||42\r';

test('a copy that cannot come in is told, and its original can be corrected again, once; another person wants a second one', async () => {
  const place = sqlitePlace();
  const journal = await place.open();
  const { seq } = await journal.accept(newMessage('ID1', { trace: 'original', bytes: Buffer.from(text) }), newPlan());
  const [given, closed]: [string[], number[]] = [[], []];
  const ports: CorrectPorts = {
    journal, clock: () => 5_000, inTurn: turns(), sources: new Map([['labo', { id: 'labo' } as SourceSettings]]),
    pool: { run: ({ payload }) => Promise.resolve(encodePlan({ plan: newPlan({ identities: [Buffer.from((payload as PlanJob).bytes).toString().split('PID|')[1] === '1||44\r' ? 'ID|1.2|44' : 'ID|1.2|42'] }), findings: [], repeats: null })) },
    dispatcher: { abandon: (id, by, why, code) => { closed.push(id); return journal.move(id, 'abandoned', { code: code ?? '', by, text: why, at: 1 }, []).then(() => undefined); } },
    accept: async ({ bytes }) => {
      given.push(Buffer.from(bytes).toString());
      if (given.length === 1) return { code: 'AR', bytes: null, trace: 'nowhere' };
      await journal.accept(newMessage('copy', { trace: 'copy' }), newPlan({ deliveries: [] }));
      return { code: 'AA', bytes: null, trace: 'copy' };
    },
  };
  const mend = () => correct(ports, 'original', text.replace('||42', '||43'), { by: 'olga', why: 'numéro mal saisi' }, false);
  await expect(correct(ports, 'original', text.replace('||42', '||44'), { by: 'olga', why: 'autre patient' }, false)).rejects.toMatchObject({ code: 'operate.correction-other-person' });
  expect(await tryCorrection(ports, 'original', text.replace('||42', '||43'))).toMatchObject({ otherPerson: false, closes: [{ id: seq * 4096 }] });
  expect(await tryCorrection(ports, 'original', text.replace('||42', '||44'))).toMatchObject({ otherPerson: true });
  await expect(tryCorrection(ports, 'original', text)).rejects.toMatchObject({ code: 'operate.correction-unchanged' });
  expect([given, closed]).toEqual([[], []]);
  await expect(mend()).rejects.toMatchObject({ code: 'operate.correction-not-taken', args: ['AR'] });
  expect(closed).toEqual([seq * 4096]);
  expect(await mend()).toMatchObject({ trace: 'copy', outcome: 'planned', ack: 'AA', closed: [] });
  await expect(mend()).rejects.toMatchObject({ code: 'operate.correction-done' });
  expect(given.map((one) => one.split('|')[9])).toEqual(['ID1-C1', 'ID1-C1']);
  expect((await journal.events(seq)).map(({ kind }) => kind)).toEqual(['moved', 'correction-not-taken', 'corrected']);
  await expect(correct(ports, 'unknown', text, { by: 'olga', why: 'numéro mal saisi' }, false)).rejects.toMatchObject({ code: 'operate.correction-format' });
  await journal.close();
  await place.remove();
});

test('asked twice at once, and over a crash after the copy came in, one copy comes in', async () => {
  const place = sqlitePlace();
  const journal = await place.open();
  const { seq } = await journal.accept(newMessage('ID1', { trace: 'original', bytes: Buffer.from(text) }), newPlan({ deliveries: [] }));
  const mended = text.replace('||42', '||43');
  const copy = Buffer.from(mended.replace('|ID1|', '|ID1-C1|'));
  let given = 0;
  const ports: CorrectPorts = {
    journal, clock: () => 5_000, inTurn: turns(), sources: new Map([['labo', { id: 'labo' } as SourceSettings]]), pool: { run: () => Promise.resolve(encodePlan({ plan: newPlan(), findings: [], repeats: null })) },
    dispatcher: { abandon: () => Promise.resolve() }, accept: () => { given += 1; return Promise.resolve({ code: 'AA', bytes: null, trace: 'other' }); },
  };
  // Killed between the copy's acceptance and the notes that tie the two.
  await journal.accept(newMessage('ID1-C1', { trace: 'copy', receivedAt: Date.now(), bytes: copy, contentDigest: contentDigest(copy) }), newPlan({ deliveries: [] }));
  const mend = () => correct(ports, 'original', mended, { by: 'olga', why: 'numéro mal saisi' }, false);
  const made = await Promise.allSettled([mend(), mend()]);
  expect(made).toMatchObject([{ status: 'fulfilled', value: { trace: 'copy', ack: 'AA' } }, { status: 'rejected', reason: { code: 'operate.correction-done' } }]);
  expect([given, (await journal.events(seq)).map(({ kind }) => kind)]).toEqual([0, ['corrected']]);
  await journal.close();
  await place.remove();
});
