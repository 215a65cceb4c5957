import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOutput, type Output } from './output.ts';
import { validate } from './validate.ts';

test('each fault is said with its line and column; a file that is not there is one among the others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-validate-'));
  const file = join(folder, 'observation.json');
  writeFileSync(file, '{\n  "resourceType": "Observation", "status": "final", "code": { "text": "x" },\n  "valueInteger": 1.0\n}\n');
  const lines: string[] = [];
  const output: Output = { ...createOutput({ lang: 'fr' }), record: () => undefined, line: (text) => { lines.push(text); } };
  try {
    expect(validate([join(folder, 'absent.json'), file], { store: null, packages: [], profiles: [], unknownExtensions: 'warning' }, output)).toBe(1);
  } finally { rmSync(folder, { recursive: true }); }
  expect(lines).toContain('  ✗ 3:19 Observation.valueInteger : un entier s\'écrit sans point ni exposant');
  expect(lines[0]).toBe(`${join(folder, 'absent.json')} : non conforme`);
  expect(lines[1]).toMatch(/^ {2}✗ \S/);
}, 30_000);
