import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LastGood } from './last-good.ts';

interface List { readonly text: string; closed: boolean }

let folder: string;
let path: string;
let alarms: string[];
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-last-good-')); path = join(folder, 'list.txt'); alarms = []; });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });
const lastGood = () => new LastGood<List>(path, {
  read: async (file) => { await new Promise((resolve) => { setTimeout(resolve, 5); }); return { text: await readFile(file, 'utf8'), closed: false }; },
  refusal: () => null, unreadable: 'recipients.file-unusable', close: (list) => { list.closed = true; return Promise.resolve(); },
}, 0, (fault, detail) => { alarms.push(`${fault} ${detail}`); });

test('two destinations that use one file do not take it from each other', async () => {
  writeFileSync(path, 'one');
  const both = [lastGood(), lastGood()];
  expect((await Promise.all(both.map((one) => one.current(0)))).map((list) => list?.text)).toEqual(['one', 'one']);
  expect(alarms).toEqual([]);
  for (const one of both) await one.close();
});

test('who was given a list reads on in it while a newer one takes its place', async () => {
  const lists = lastGood();
  const given: (List | null)[] = [];
  for (const text of ['1', '12', '123']) { writeFileSync(path, text); given.push(await lists.current(given.length)); }
  expect(given.map((list) => [list?.text, list?.closed])).toEqual([['1', true], ['12', false], ['123', false]]);
  await lists.close();
  expect(given.map((list) => list?.closed)).toEqual([true, true, true]);
});
