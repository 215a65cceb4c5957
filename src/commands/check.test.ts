import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dsn } from '../../test/samples/notices.ts';
import { loadConfig } from '../config/load.ts';
import { unaddressed } from '../compose/unaddressed.ts';
import { createPlannerFor } from '../plan-settings.ts';
import { check } from './check.ts';
import { createOutput, type Output } from './output.ts';

test('a mail is said to be what it is: which notice, of which mail, in codes; a letter is for a person', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-check-'));
  const file = (name: string, bytes: Uint8Array | string): string => { writeFileSync(join(folder, name), bytes); return join(folder, name); };
  const config = unaddressed(loadConfig(null));
  const lines: string[] = [], records: unknown[] = [];
  const output: Output = { ...createOutput({ lang: 'fr' }), record: (one) => { records.push(one); }, line: (text) => { lines.push(text); } };
  try {
    const files = [file('failed.eml', dsn({ action: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 no such user' })), file('letter.EML', 'From: a@b.mssante.test\r\nSubject: Bonjour\r\n\r\nMerci.\r\n')];
    expect(check(files, config, createPlannerFor(config, 'test'), output)).toBe(0);
  } finally { rmSync(folder, { recursive: true }); }
  expect(records).toMatchObject([
    { format: 'mail', messageType: 'MAIL^delivery', ack: null, notice: { kind: 'delivery', correlation: [{ by: 'envelope', value: 'token-1' }, { by: 'enclosed-message' }], reports: [{ action: 'failed', status: '5.1.1', smtpCode: '550' }] } },
    { format: 'mail', messageType: 'MAIL^person', notice: { kind: 'person', correlation: [], reports: [] }, findings: [{ code: 'notice.for-a-person' }] },
  ]);
  expect(lines.join('\n')).toContain('(550 5.1.1)\n  courriel d’origine : envelope token-1');
  expect(JSON.stringify(records)).not.toContain('TEST PAUL');
});
