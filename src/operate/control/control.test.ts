import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { newKeyRing, parseKeyRing } from '../../journal/keys.ts';
import { openSqliteJournal } from '../../journal/sqlite/open.ts';
import { openAudit } from '../audit/open.ts';
import { auditedControl } from './audited.ts';
import { createControl, type Control } from './control.ts';
import { destinationControl } from './destinations.ts';
import { serveControl, socketPath } from './socket.ts';

const none = () => Promise.reject(new Error('not asked'));

async function withControl(work: (folder: string, control: Control, journal: Awaited<ReturnType<typeof openSqliteJournal>>) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-control-'));
  const journal = await openSqliteJournal({ folder, keys: parseKeyRing(newKeyRing()), clock: Date.now, repeatWindowMs: 1, crashesBeforeQuarantine: 3 });
  const audit = openAudit(folder, Date.now, new Uint8Array(32));
  try {
    await work(folder, auditedControl(createControl({ journal, acts: { release: none, abandon: none, replay: none, replan: none }, destinations: destinationControl(journal, [], Date.now, () => undefined), checks: none, clock: Date.now, retention: { payloadDays: 1, messageDays: 1 } }), audit), journal);
  } finally { audit.close(); await journal.close(); rmSync(folder, { recursive: true, force: true }); }
}

describe('control', () => {
  test('reveals the very bytes, whatever their character set', async () => {
    await withControl(async (_, control, journal) => {
      const received = Buffer.from('MSH|^~\\&|LABO\rNTE|1||r\xe9sultat \xa4', 'latin1');
      const ack = Buffer.from('MSA|AA|refus\xe9', 'latin1');
      const { seq } = await journal.accept(newMessage('1', { bytes: received }), newPlan({ ack: { code: 'AA', bytes: ack } }));
      const revealed = await control.reveal(String(seq), { by: 'lea', why: 'litige' });
      expect([revealed?.raw, revealed?.ack, revealed?.answers]).toEqual([received.toString('base64'), ack.toString('base64'), null]);
    });
  });

  test('reveals the partners’ own words, which a story does not tell', async () => {
    await withControl(async (_, control, journal) => {
      const { seq, deliveries: [first] } = await journal.accept(newMessage('1'), newPlan());
      if (first === undefined) throw new Error('no delivery');
      await journal.begin([first.id], 1);
      await journal.settle(first.id, { at: 2, receipt: { kind: 'held', fault: 'dmp.unknown-code', args: ['DMP_NEUF_42'], remote: { code: 'DMP_NEUF_42', label: 'Code inconnu' }, raw: 'DMP_NEUF_42 mots du DMP' }, next: { state: 'held' }, reason: 'dmp.unknown-code' }, []);
      const revealed = await control.reveal(String(seq), { by: 'lea', why: 'litige' });
      expect(Buffer.from(revealed?.answers ?? '', 'base64').toString()).toBe(`${first.destination} ${String(first.id)} #1: DMP_NEUF_42 mots du DMP\n`);
      expect(await control.reveal(String(seq), { by: 'lea', why: 'litige' }, 'answers')).toEqual({ answers: revealed?.answers, raw: null, ack: null, bundle: null, documents: {} });
      const story = await control.show(String(seq));
      expect(JSON.stringify(story)).not.toContain('mots du DMP');
      expect(story?.events.map(({ kind, detail }) => [kind, JSON.parse(detail) as unknown])).toEqual([['revealed', { by: 'lea', why: 'litige' }], ['revealed', { by: 'lea', why: 'litige', parts: ['answers'] }]]);
      // The code, and what it means, reach who looks without a reveal (PRE_ERR).
      const [delivery] = story?.deliveries ?? [];
      expect([delivery?.args, delivery?.tries[0]?.said]).toEqual([['DMP_NEUF_42'], { args: ['DMP_NEUF_42'], remote: { code: 'DMP_NEUF_42', label: 'Code inconnu' } }]);
    });
  });

  test('its socket is never open to others, not even while it is made', async () => {
    await withControl(async (folder, control) => {
      const before = process.umask(0);
      try {
        const serving = serveControl(control, folder);
        expect(statSync(socketPath(folder)).mode & 0o777).toBe(0o600);
        await (await serving).close();
        expect(process.umask(0)).toBe(0);
      } finally { process.umask(before); }
    });
  });
});
