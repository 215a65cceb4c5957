import { expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureConsole } from './ensure.ts';
import { builtConsole, sourcesDigest } from './place.ts';

it('the console of a checkout is built from its present sources, once', async () => {
  const first = await ensureConsole(() => undefined);
  expect(['ready', 'built']).toContain(first.kind);
  let begun = 0;
  expect(await ensureConsole(() => { begun++; })).toEqual({ kind: 'ready' });
  expect(begun).toBe(0);
  const built = builtConsole() ?? '';
  expect(built.endsWith(sourcesDigest())).toBe(true);
  expect(existsSync(join(built, 'index.html'))).toBe(true);
}, 120_000);

it('other sources or other libraries have another name', () => {
  expect(sourcesDigest(new URL('place.ts', import.meta.url))).not.toBe(sourcesDigest());
});
