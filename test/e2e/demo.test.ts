import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'passerelle-demo-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demo = (...args: string[]) => {
  const run = spawnSync(process.execPath, ['bin/passerelle.js', 'demo', '--json', ...args], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  return { code: run.status, rows: run.stdout.trim().split('\n').map((line) => JSON.parse(line) as { name: string; met: boolean }), errors: run.stderr };
};

describe('demo', () => {
  it('meets every expectation and exits 0', () => {
    const { code, rows, errors } = demo();
    expect({ code, unmet: rows.filter((one) => !one.met), errors }).toEqual({ code: 0, unmet: [], errors: '' });
  }, 90_000);

  it('exits 1 when one expectation is broken, and names it', () => {
    const expected = JSON.parse(readFileSync(join(root, 'fixtures/demo.json'), 'utf8')) as { messages: { file: string; deliveries: Record<string, string[]> }[] };
    const broken = expected.messages[0];
    if (broken !== undefined) broken.deliveries = { region: ['refused'] };
    const file = join(folder, 'broken.json');
    writeFileSync(file, JSON.stringify(expected));
    const { code, rows } = demo('--expect', file);
    expect(code).toBe(1);
    expect(rows.filter((one) => !one.met).map((one) => one.name)).toEqual([broken?.file]);
  }, 90_000);
});
