import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratch } from './scratch.ts';

test('what a killed process left is taken away at the next start; what a living one uses, and this one’s, is not', () => {
  const base = mkdtempSync(join(tmpdir(), 'passerelle-scratch-'));
  try {
    const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
    const [left, used] = [join(base, `${String(dead)}-mssante-x`), join(base, `${String(process.ppid)}-mssante-x`)];
    for (const path of [left, used, join(base, 'kept')]) mkdirSync(path);
    const [one, two] = [scratch(base, 'mssante'), scratch(base, 'dmp')];
    expect([existsSync(left), existsSync(used), existsSync(one), existsSync(two), readdirSync(base).length]).toEqual([false, true, true, true, 4]);
  } finally { rmSync(base, { recursive: true, force: true }); }
});
