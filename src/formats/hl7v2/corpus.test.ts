import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { identifyHl7 } from './identify.ts';
import { readHl7 } from './read.ts';
import { rewriteHl7 } from './write.ts';

const walk = (folder: string): string[] => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? walk(path) : path.endsWith('.tsv') ? [] : [path];
});

whenShared('the published examples', () => {
  const files = ['examples/hl7v2-ans', 'examples/hl7v2-other'].flatMap((folder) => { const path = shared(folder); return path === null ? [] : walk(path); });

  test.each(files)('%s: every line is a segment, and comes back as it was', (path) => {
    const bytes = readFileSync(path);
    const message = readHl7(bytes);
    const lines = bytes.toString('latin1').split(/[\r\n]+/).map((line) => line.replace(/^ +| +$/g, '')).filter((line) => line !== '');
    expect(Buffer.from(rewriteHl7(message)).toString('latin1').split('\r').slice(0, -1)).toEqual(lines);
    expect(message.findings.filter((one) => one.severity === 'error')).toEqual([]);
    expect(identifyHl7(bytes)).toMatchObject({ format: 'hl7v2', controlId: message.first('MSH').text(10) });
  });

  test('the one that declares U+02DC repeats with it', () => {
    const unusual = files.map((path) => readHl7(readFileSync(path))).filter((message) => message.separators.repetition === '˜');
    expect(unusual.map((message) => message.first('PID').field(11).repetitions.length)).toEqual([2]);
  });
});
