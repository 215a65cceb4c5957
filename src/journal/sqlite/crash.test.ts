import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newKeyRing, parseKeyRing } from '../keys.ts';
import { bytes } from '../../../test/contract/journal-samples.ts';
import { temporaryFolder } from '../../../test/contract/sqlite-place.ts';
import { openSqliteJournal } from './open.ts';

const child = fileURLToPath(new URL('../../../test/contract/journal-child.ts', import.meta.url));
const ring = newKeyRing();
let folder = '';
beforeAll(() => { folder = temporaryFolder(); });
afterAll(() => rm(folder, { recursive: true }));
const open = () => openSqliteJournal({ folder, keys: parseKeyRing(ring), clock: Date.now, repeatWindowMs: 3_600_000, crashesBeforeQuarantine: 1000 });

/** Resolves with the whole lines the child wrote before it was gone. */
const linesOf = (running: ChildProcess, each: (line: string) => void) => new Promise<string[]>((resolve) => {
  let read = '';
  running.stdout?.on('data', (chunk: Buffer) => {
    const before = read.split('\n').length - 1;
    read += chunk.toString();
    read.split('\n').slice(before, -1).forEach(each);
  });
  running.on('close', () => { resolve(read.split('\n').slice(0, -1)); });
});

test('whatever was acknowledged before a SIGKILL is there afterwards, at 24 moments', async () => {
  const control = new Map<string, { planned: boolean }>();
  const states = new Map<number, string>();
  for (let kill = 0; kill < 24; kill++) {
    const running = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', child, folder, ring, `k${kill}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let after = 3 + Math.floor(Math.random() * 60);
    const lines = await linesOf(running, (line) => {
      if (line !== 'open' && after-- === 0) setTimeout(() => running.kill('SIGKILL'), Math.random() * 4);
    });
    expect(running.signalCode).toBe('SIGKILL');
    for (const line of lines) {
      const [what, name = '', , id = ''] = line.split(' ');
      if (what === 'appended') control.set(name, { planned: false });
      if (what === 'planned' || what === 'accepted') control.set(name, { planned: true });
      if (what === 'accepted') states.set(Number(id), 'waiting');
      if (what === 'begun') states.set(Number(name), 'begun');
      if (what === 'settled') states.set(Number(name), line.split(' ')[2] ?? '');
    }
  }
  expect(control.size).toBeGreaterThan(100);
  const journal = await open();
  await journal.recover();
  expect(await journal.verify()).toEqual([]);
  for (const [name, { planned }] of control) {
    const { kind } = await journal.answerOf('labo', name, bytes(`digest of ${name}`));
    expect([name, planned ? kind === 'same' : kind === 'same' || kind === 'pending']).toEqual([name, true]);
  }
  for (const [id, state] of states) {
    const found = await journal.delivery(id);
    if (state === 'begun' || state === 'waiting') expect(found).not.toBeNull();
    else expect([id, found?.state]).toEqual([id, state]);
    // An attempt that was begun and never settled is a doubt, unless its outcome was committed just before the kill.
    if (state === 'begun' && found?.state === 'waiting') expect([id, found.inDoubt]).toEqual([id, true]);
  }
  expect((await journal.counts()).perDestination.filter(({ state }) => state === 'sending')).toEqual([]);
  await journal.close();
}, 120_000);

const strace = spawnSync('strace', ['-V']).status === 0;
(strace ? test : test.skip)('an fsync of the journal returns before each promise resolves (needs strace)', async () => {
  const place = temporaryFolder();
  const trace = join(place, 'trace');
  const run = spawn('strace', ['-f', '-y', '-o', trace, '-e', 'trace=fsync,fdatasync,write', process.execPath, '--disable-warning=ExperimentalWarning', child, join(place, 'data'), ring, 'f', '12'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = await linesOf(run, () => undefined);
  expect(lines.filter((line) => line.startsWith('accepted'))).toHaveLength(8);
  // Calls of one turn share a commit, but two calls on one delivery or message never do: an fsync must lie between their lines.
  let synced = 0;
  let said = 0;
  const syncedAt = new Map<string, number>();
  for (const call of readFileSync(trace, 'utf8').split('\n')) {
    if (/sync\(\d+<[^>]*journal\.sqlite-wal>\) += 0|<\.\.\. fdatasync resumed>\) += 0/.test(call)) synced += 1;
    const line = /write\(1<[^"]*"([^"\\]*)/.exec(call)?.[1];
    if (line === undefined) continue;
    said += 1;
    const [what, name = '', , id = ''] = line.split(' ');
    const subject = what === 'accepted' ? id : name;
    expect([line, synced > (syncedAt.get(subject) ?? syncedAt.get('') ?? -1)]).toEqual([line, true]);
    syncedAt.set(subject, synced);
  }
  expect(said).toBe(lines.length);
  await rm(place, { recursive: true });
}, 60_000);
