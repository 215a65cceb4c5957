import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes, newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder, testKeys } from '../../../test/contract/sqlite-place.ts';
import { openDatabase } from './database.ts';
import { journalOn } from './driver.ts';

const settings = { keys: testKeys, clock: () => 0, repeatWindowMs: 1e9, crashesBeforeQuarantine: 2 };
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'no fault', (error: unknown) => (error as { code?: string }).code);
const random = (length: number): Uint8Array => randomBytes(length);

test('when the disk is full nothing of the transaction is acknowledged, and it works again once there is room', async () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 0 });
  const journal = journalOn(db, settings, () => undefined);
  await journal.accept(newMessage('1'), newPlan());
  db.exec('PRAGMA max_page_count = 60');
  const large = () => newMessage('2', { bytes: random(60_000) });
  const turn = [journal.accept(newMessage('0'), newPlan()), ...Array.from({ length: 6 }, (_, i) => journal.append({ ...large(), identified: { ...newMessage(`b${i}`).identified } }))];
  expect(new Set(await Promise.all(turn.map(codeOf)))).toEqual(new Set(['journal.disk-full']));
  expect((await journal.counts()).messages).toMatchObject({ received: 1, planned: 1 });
  expect(await codeOf(journal.append(newMessage('3')))).toBe('no fault');
  db.exec('PRAGMA max_page_count = 100000');
  expect(await journal.append(large())).toEqual({ seq: 3 });
  expect(await journal.answerOf('labo', 'b0', bytes('digest of b0'))).toEqual({ kind: 'new' });
  expect(await journal.verify()).toEqual([]);
  await journal.close();
  await rm(folder, { recursive: true });
});

test('what a failed transaction had read of its own is not taken for what a later one stores under the same number', async () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: false, timeoutMs: 0 });
  const journal = journalOn(db, settings, () => undefined);
  const [lost, kept] = [random(70_000), random(70_000)];
  await journal.append(newMessage('0'));
  db.exec('PRAGMA max_page_count = 80');
  const turn = [journal.append(newMessage('1', { bytes: lost })), journal.plan(2, newPlan({ documents: new Map([['d', random(2_000)]]) })), journal.append(newMessage('2', { bytes: random(900_000) }))];
  expect(new Set(await Promise.all(turn.map(codeOf)))).toEqual(new Set(['journal.disk-full']));
  db.exec('PRAGMA max_page_count = 100000');
  const { seq } = await journal.append(newMessage('3', { bytes: kept }));
  expect(Buffer.compare((await journal.message({ seq }))?.bytes ?? lost, kept)).toBe(0);
  await journal.close();
  await rm(folder, { recursive: true });
});

/** A real file that may not grow further: the kernel refuses the write (EFBIG), which SQLite gives as an I/O error. */
const limits = spawnSync('prlimit', ['--version']).status === 0;
(limits ? test : test.skip)('when the kernel refuses a write nothing is acknowledged, and it works again afterwards (needs prlimit)', async () => {
  const folder = temporaryFolder();
  const source = `
    const { writeSync } = await import('node:fs');
    const { openSqliteJournal } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)});
    const { parseKeyRing, newKeyRing } = await import(${JSON.stringify(new URL('../keys.ts', import.meta.url).href)});
    const { newMessage } = await import(${JSON.stringify(new URL('../../../test/contract/journal-samples.ts', import.meta.url).href)});
    const journal = await openSqliteJournal({ folder: ${JSON.stringify(folder)}, keys: parseKeyRing(newKeyRing()), clock: () => 0, repeatWindowMs: 1e9, crashesBeforeQuarantine: 2 });
    for (let n = 0, refused = false; ; n++) {
      const code = await journal.append(newMessage(String(n), { bytes: crypto.getRandomValues(new Uint8Array(60000)) })).then(() => 'ok', (error) => error.code);
      if (code !== 'ok' && !refused) { refused = true; writeSync(1, code + '\\n'); }
      if (code === 'ok' && refused) { writeSync(1, 'again ' + (await journal.verify()).join() + '\\n'); break; }
      await new Promise((later) => setTimeout(later, 5));
    }
    await journal.close();`;
  const running = spawn('bash', ['-c', 'ulimit -S -f 2000; exec "$0" "$@"', process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  running.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said === 'journal.io\n') spawnSync('prlimit', ['--pid', String(running.pid), '--fsize=unlimited:']);
  });
  await new Promise((closed) => running.on('close', closed));
  expect(said).toBe('journal.io\nagain \n');
  await rm(folder, { recursive: true });
}, 60_000);
