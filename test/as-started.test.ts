import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEnvironment, startOptions } from './as-started.ts';

describe('the image runs the gateway as npm start does', () => {
  const dockerfile = readFileSync(fileURLToPath(new URL('../Dockerfile', import.meta.url)), 'utf8');

  test('with the same options of Node', () => {
    const entrypoint = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
    expect(startOptions.length).toBeGreaterThan(0);
    expect(entrypoint.filter((word) => word.startsWith('--'))).toEqual(startOptions);
  });

  test('in the same environment', () => {
    const set = [...dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]);
    expect(Object.entries(startEnvironment).length).toBeGreaterThan(0);
    expect(set).toEqual(expect.arrayContaining(Object.entries(startEnvironment)));
  });
});
