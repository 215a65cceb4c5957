import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openCoreDefinitions } from './core.ts';

test('a first start prunes all it brings along, the next reads that, and a damaged file is made again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-core-'));
  try {
    const sizes = (): number[] => openCoreDefinitions(folder).map(one => one.entries.length);
    const first = sizes();
    const files = readdirSync(folder).filter(name => name.endsWith('.pruned'));
    expect(files).toHaveLength(4);
    expect(first.every(size => size > 500)).toBe(true);
    const times = files.map(name => statSync(join(folder, name)).mtimeMs);
    expect(sizes()).toEqual(first);
    expect(files.map(name => statSync(join(folder, name)).mtimeMs)).toEqual(times);
    writeFileSync(join(folder, files[0] ?? ''), '{"format":');
    expect(sizes()).toEqual(first);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a folder that cannot be written costs time and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-core-'));
  try {
    writeFileSync(join(folder, 'file'), '');
    expect(openCoreDefinitions(join(folder, 'file', 'cache')).every(one => one.entries.length > 500)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
