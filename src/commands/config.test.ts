import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { lint } from './config.ts';
import type { Output } from './output.ts';

test('the image’s own configuration can be used, its connectors’ settings included', () => {
  const said: string[] = [];
  const output: Output = { json: false, language: 'en', record: () => undefined, line: (text) => { said.push(text); }, words: (_, en) => en };
  expect([lint(fileURLToPath(new URL('../../docker/passerelle.yaml', import.meta.url)), output), said.at(-1)]).toEqual([0, expect.stringContaining('passerelle.yaml')]);
});
