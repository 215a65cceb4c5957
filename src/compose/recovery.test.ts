import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { newPlan } from '../../test/contract/journal-samples.ts';
import { temporaryFolder } from '../../test/contract/sqlite-place.ts';
import type { SourceSettings } from '../config/model.ts';
import { contentDigest } from '../formats/hl7v2/identify.ts';
import { identify } from '../formats/identify.ts';
import type { Journal } from '../journal/journal.ts';
import { newKeyRing, parseKeyRing } from '../journal/keys.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { encodePlan } from '../workers/plan-codec.ts';
import type { Pool } from '../workers/pool.ts';
import { resumeUnplanned } from './recovery.ts';

const source = { id: 'labo', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: 'lab-answers', establishment: null, unknownConsent: 'follow' } as unknown as SourceSettings;
const log = { event: () => undefined } as never;
const keys = parseKeyRing(newKeyRing());
let folder = '';
let journal: Journal;
const open = () => openSqliteJournal({ folder, keys, clock: () => 5_000, repeatWindowMs: 1e9, crashesBeforeQuarantine: 2 });
beforeEach(async () => { folder = temporaryFolder(); journal = await open(); });
afterEach(async () => { expect(await journal.verify()).toEqual([]); await journal.close(); rmSync(folder, { recursive: true }); });

const stored = async (mode: 'enhanced' | 'original'): Promise<void> => {
  const bytes = Buffer.from(`MSH|^~\\&|SIL|LABO|PFI|REGION|20261122083000+0100||ORU^R01^ORU_R01|M1|P|2.5|||${mode === 'enhanced' ? 'AL|AL' : ''}\rPID|1||1^^^A^PI\r`);
  await journal.append({ trace: crypto.randomUUID(), source: 'labo', receivedAt: 1_000, identified: identify(bytes), contentDigest: contentDigest(bytes), bytes });
  await journal.close();
  journal = await open();
};
const resumed = async (run: Pool['run']) => {
  await resumeUnplanned(await journal.recover(), { journal, pool: { run } as Pool, sources: new Map([['labo', source]]), log });
  const message = await journal.message({ seq: 1 });
  const answers = await Promise.all((message?.deliveries ?? []).filter(({ system }) => system === 'hl7v2').map(async ({ id }) => {
    const { destination = '', planned } = await journal.delivery(id) ?? {};
    return `${destination} ${planned?.reason.code ?? ''} ${/MSA\|(\w\w\|[^|\r]*)/.exec(Buffer.from(String(planned?.content.message), 'base64').toString())?.[1] ?? ''}`;
  }));
  return { disposition: message?.disposition, answers };
};
const ae = { code: 'AE', bytes: Buffer.from('MSH|^~\\&\rMSA|AE|M1\r') };

describe('a stored message that was answered CA and gets its plan at the next start', () => {
  test('the sender is told AE when it is refused then', async () => {
    await stored('enhanced');
    expect(await resumed(() => Promise.resolve(encodePlan({ plan: newPlan({ disposition: 'rejected', ack: ae, deliveries: [] }), findings: [], repeats: null, notice: null }))))
      .toEqual({ disposition: 'rejected', answers: ['lab-answers route.application-acknowledgement AE|M1'] });
  });
  test('the sender is told AE when the stages fail on it', async () => {
    await stored('enhanced');
    expect(await resumed(() => Promise.reject(new Error('x')))).toEqual({ disposition: 'quarantined', answers: ['lab-answers route.application-acknowledgement AE|M1'] });
  });
  test('the sender is told AE when it stopped the process too often', async () => {
    await stored('enhanced');
    await journal.recover();
    await journal.close();
    journal = await open();
    expect(await resumed(() => Promise.reject(new Error('not asked')))).toEqual({ disposition: 'quarantined', answers: ['lab-answers route.application-acknowledgement AE|M1'] });
  });
  test('in original mode nothing is sent on its own: the sender was never answered, and sends again', async () => {
    await stored('original');
    expect(await resumed(() => Promise.reject(new Error('x')))).toEqual({ disposition: 'quarantined', answers: [] });
  });
});
