import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { delivery, newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { folder, settings } from '../../test/e2e/gateway.ts';
import { keyRingOf } from '../compose/keys.ts';
import { loadConfig } from '../config/load.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { act } from './messages.ts';
import type { Output } from './output.ts';

let place: ReturnType<typeof folder>;
beforeEach(() => { place = folder(); });
afterEach(() => { rmSync(place.path, { recursive: true, force: true }); });

function heard(language: 'fr' | 'en'): { output: Output; lines: string[]; rows: unknown[] } {
  const [lines, rows]: [string[], unknown[]] = [[], []];
  return { lines, rows, output: { json: false, language, record: (value) => { rows.push(value); }, line: (text) => { lines.push(text); }, words: (fr, en) => (language === 'fr' ? fr : en) } };
}

test.each([
  ['fr', ['Envoi libéré.', '  Elle ne part pas encore : la passerelle n\'est pas en marche\n      → Elle partira au prochain démarrage']],
  ['en', ['Delivery released.', '  It does not leave yet: the gateway is not running\n      → It leaves at the next start']],
] as const)('a release says what keeps the delivery, in words (%s)', async (language, told) => {
  const file = settings(place.path, {});
  const config = loadConfig(file);
  const journal = await openSqliteJournal({ folder: config.data, keys: keyRingOf(config), clock: Date.now, repeatWindowMs: 1, crashesBeforeQuarantine: 3 });
  const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [delivery({ state: 'held' })] }));
  await journal.close();
  const { output, lines, rows } = heard(language);
  expect(await act(file, 'release', String(one?.id), { by: 'lea', why: 'vu' }, output)).toBe(0);
  expect(lines).toEqual(told);
  expect(rows).toEqual([{ delivery: one?.id, act: 'release', keptBy: { code: 'deliver.kept-gateway' } }]);
});
