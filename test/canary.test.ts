import { expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matricule } from './bench/message.ts';
import { canariesIn, marks, matricules, names, noCanary, secrets } from './canary.ts';

test('the fixtures give what is looked for', () => {
  expect(matricules).toContain('279035121518989');
  expect(names).toContain('MARTIN');
  expect(marks.length).toBeGreaterThan(2);
});

test.each([
  ['a full INS', matricules[0] ?? ''], ['a full INS', matricule(7)], ['a patient’s name', 'ESSAI7'], ['a secret', secrets.passphrase], ['a secret', secrets.homologation],
  ['a document’s content', readFileSync(new URL('../fixtures/dmp/compte-rendu.xml', import.meta.url)).toString('base64')],
])('%s is found with its file and offset, and not repeated', (kind, value) => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-canary-'));
  try {
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys', 'ring'), value);
    noCanary(folder, ['keys']);
    writeFileSync(join(folder, 'log.ndjson'), `{"at":"${value}"}`);
    let said = '';
    try { noCanary(folder, ['keys']); } catch (error) { said = String(error); }
    expect(said).toContain(`log.ndjson: ${kind} at 7`);
    expect(said).not.toContain(value);
  } finally { rmSync(folder, { recursive: true }); }
});

test('half an INS, a message’s own words and numbers are none', () => {
  expect(canariesIn('{"trace":"0190","seq":27903512,"key":"2790351••••••••","ms":12}')).toEqual([]);
});
