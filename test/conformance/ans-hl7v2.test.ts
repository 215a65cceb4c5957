import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shared, whenShared } from '../when-shared.ts';
import { command } from './command.ts';
import { deliveryPhrases, findingPhrases } from './verdicts.ts';

const phrases = (column: string): string[] => column.split(/; */).map((one) => one.trim());

whenShared('the ANS examples of the volets', () => {
  const folder = shared('examples/hl7v2-ans') ?? '';
  const rows = readFileSync(join(folder, 'expected.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => { const [file = '', type = '', ack = '', deliveries = '', mustFind = ''] = line.split('\t'); return { file, type, ack, deliveries, mustFind }; });
  const { lines } = command('check', rows.map(({ file }) => join(folder, file)));

  test('26 verdicts, one line a file, in order', () => {
    expect(rows).toHaveLength(26);
    expect(lines.map(({ file }) => file)).toEqual(rows.map(({ file }) => join(folder, file)));
  });

  // The acknowledgements of the examples have "(consumed; an acknowledgement…)": one phrase.
  const deliveriesOf = (column: string): string[] => (column.startsWith('none') ? [column] : phrases(column));
  describe.each(rows.map((row, i) => [`${String(i + 1)} ${row.file.split('/').at(-1) ?? ''}`, row, i] as const))('%s', (_name, row, i) => {
    test('type and acknowledgement', () => {
      expect(lines[i]?.messageType).toBe(row.type.replace(/ \(.*$/, ''));
      expect(lines[i]?.ack?.code ?? '').toBe(row.ack);
      if (row.ack === 'AE') expect(lines[i]?.ack?.errors.length).toBeGreaterThan(0);
    });
    test.each(deliveriesOf(row.deliveries))('deliveries: %s', (phrase) => {
      const [rule, ...others] = deliveryPhrases.filter(([means]) => means.test(phrase));
      expect([phrase, rule === undefined, others.length]).toEqual([phrase, false, 0]);
      const checked = lines[i];
      expect(checked !== undefined && rule?.[1](checked)).toBe(true);
    });
    test('nothing is sent that the row does not name', () => {
      for (const { destination, state } of lines[i]?.deliveries ?? []) {
        expect(row.deliveries).toMatch({ dmp: /\bdmp (submit|replace)/, mssante: /mssante 1|patient mailbox/, region: /regional/, 'lab-answers': /hl7v2/ }[destination] ?? /^$/);
        expect(state).toBe('planned');
      }
    });
    test.each(phrases(row.mustFind))('found: %s', (phrase) => {
      const [rule, ...others] = findingPhrases.filter(([means]) => means.test(phrase));
      expect([phrase, rule === undefined, others.length]).toEqual([phrase, false, 0]);
      const checked = lines[i];
      expect(checked !== undefined && rule?.[1](checked)).toBe(true);
    });
  });
});

whenShared('every file of the examples, whatever it is', () => {
  const folder = shared('examples') ?? '';
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)).sort();

  test.each(['check', 'convert'] as const)('%s gives one line a file, without a crash', (name) => {
    for (let from = 0; from < files.length; from += 500) {
      const batch = files.slice(from, from + 500);
      const { lines, code, stderr } = command(name, batch);
      expect([name, from, stderr]).toEqual([name, from, '']);
      expect(code === 0 || code === 1).toBe(true);
      expect(lines.map(({ file }) => file)).toEqual(batch);
      for (const { findings, loss } of lines) expect([Array.isArray(findings), Array.isArray(loss)]).toEqual([true, true]);
    }
    expect(files.length).toBeGreaterThan(500);
  }, 240_000);
});
