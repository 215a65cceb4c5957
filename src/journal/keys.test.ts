import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/contract/sqlite-place.ts';
import { installationSecret, newKeyRing, openKeyFile, parseKeyRing, rotate } from './keys.ts';

let place = '';
beforeEach(() => { place = temporaryFolder(); });
afterEach(() => rm(place, { recursive: true }));
const codeOf = (work: () => unknown): string | undefined => {
  try { work(); return undefined; } catch (error) { return (error as { code?: string }).code; }
};

test('the key file is made once, readable by its owner only', () => {
  const file = join(place, 'keys', 'ring');
  const made = openKeyFile(file, join(place, 'data'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(openKeyFile(file, join(place, 'data'))).toEqual(made);
  expect(parseKeyRing(readFileSync(file, 'utf8'))).toEqual(made);
});

test('a rotation adds a version and keeps the others', () => {
  const first = newKeyRing();
  const ring = parseKeyRing(rotate(rotate(first, 'index'), 'index'));
  expect([ring.index.current, ring.sealing.current]).toEqual([3, 1]);
  expect(ring.index.byVersion[1]).toEqual(parseKeyRing(first).index.byVersion[1]);
});

test('a secret of the installation is its own, of one purpose, and outlives a rotation', () => {
  const first = newKeyRing();
  const made = installationSecret(parseKeyRing(first), 'names');
  expect(made).toHaveLength(32);
  expect(installationSecret(parseKeyRing(rotate(first, 'index')), 'names')).toEqual(made);
  expect(installationSecret(parseKeyRing(first), 'other')).not.toEqual(made);
  expect(installationSecret(parseKeyRing(newKeyRing()), 'names')).not.toEqual(made);
});

test('keys inside the data folder, or missing beside an existing journal, are refused', () => {
  expect(codeOf(() => openKeyFile(join(place, 'ring'), place))).toBe('journal.keys-in-data');
  writeFileSync(join(place, 'journal.sqlite'), '');
  expect(codeOf(() => openKeyFile(join(place, '..', `absent-${process.pid}`), place))).toBe('journal.keys-missing');
});

test('a ring that cannot be read is refused with its line, never its key', () => {
  const good = newKeyRing();
  const secret = good.split('\n')[1]?.split(' ')[2] ?? '';
  for (const bad of ['', 'sealing 1 short', good.replace('index 1', 'indx 1'), good + good.replace('#', ''), good.split('\n').slice(0, 2).join('\n'), good.replace('sealing 1', 'sealing 0')]) {
    let said = '';
    try { parseKeyRing(bad); } catch (error) { said = (error as Error).message; }
    expect(codeOf(() => parseKeyRing(bad))).toBe('journal.bad-keys');
    expect(said).not.toContain(secret);
  }
});
