import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { columns, flatFileLines, type FlatFileFault } from '../simulator/directory-files.ts';
import { fictiveDirectory, finessOf, rppsOf } from '../simulator/directory-data.ts';
import { FlatFile } from './flat-file.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-annuaire-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

async function using<T>(path: string, ask: (file: FlatFile) => Promise<T>): Promise<T> {
  const file = await FlatFile.open(path);
  try { return await ask(file); } finally { await file.close(); }
}
const write = (faults: readonly FlatFileFault[]): string => { const path = join(folder, 'annuaire.txt'); writeFileSync(path, [...flatFileLines(fictiveDirectory(30), faults)].join('')); return path; };
const addresses = async (file: FlatFile, rpps: string, structure = '') => (await file.known({ rpps, structure, name: '' })).mailboxes.map(({ address, type }) => `${type} ${address}`);

describe('the directory’s flat file', () => {
  test.each([[[]], [['columns-moved']], [['crlf']], [['bom']], [['repeated']], [['truncated']], [['short-line']]] as readonly (readonly [readonly FlatFileFault[]])[])('with %j: a person’s and a structure’s mailboxes, by the columns’ names', async (faults) => {
    await using(write(faults), async (file) => {
      // Two boxes of his own, one of a structure, as the directory has them.
      const { mailboxes } = fictiveDirectory(30).professionals[4]!;
      expect((await addresses(file, rppsOf(5))).filter((one) => one.includes('@medecin') || one.includes('@autre'))).toEqual(mailboxes.map(({ address }) => `PER ${address}`));
      expect((await file.known({ rpps: rppsOf(5), structure: '', name: '' })).mailboxes.every(({ rpps }) => rpps === rppsOf(5))).toBe(true);
      expect(new Set((await addresses(file, '', finessOf(1))).map((one) => one.slice(0, 4)))).toContain('ORG ');
      expect(await addresses(file, '99700999999')).toEqual([]);
    });
  });

  test.each([['column-missing', 'Adresse BAL'], ['empty', '0'], ['not-text', 'Type de BAL']] as const)('%s is refused, and says why', async (fault, detail) => {
    await expect(FlatFile.open(write([fault]))).rejects.toMatchObject({ name: 'FlatFileUnusable', detail });
  });

  test('with many short lines it is no such file', async () => {
    const path = join(folder, 'annuaire.txt');
    writeFileSync(path, `${columns.join('|')}\n${'PER|a\n'.repeat(10)}`);
    await expect(FlatFile.open(path)).rejects.toMatchObject({ detail: '10/10' });
  });

  test('of its real size (half a million lines) is read in under 150 MB of memory', () => {
    const path = join(folder, 'annuaire.txt');
    const file = openSync(path, 'w');
    writeSync(file, `${columns.join('|')}\n`);
    for (let n = 0; n < 536_000; n += 2000) {
      writeSync(file, Array.from({ length: 2000 }, (_, i) => {
        const rank = n + i, rpps = String(10_000_000_000 + rank * 7);
        return `PER|prenom.nomdefamille${String(rank)}@medecin.mssante.test|8|${rpps}|8${rpps}|1|${String(140_000_000 + (rank % 9000))}|SERVICE DE MEDECINE|DR|NOMDEFAMILLE|PRENOM|C|Civil|10|Médecin|SM54|Médecine générale|O|STRUCTURE FICTIVE|ENSEIGNE||||1||AV|DU TEST|\n`;
      }).join(''));
    }
    closeSync(file);
    expect(statSync(path).size).toBeGreaterThan(89_000_000);
    // Not resourceUsage().maxRSS: it begins at what the parent had at the fork.
    const script = `const { readFileSync } = await import('node:fs'); const { FlatFile } = await import(${JSON.stringify(new URL('./flat-file.ts', import.meta.url).href)});
      const file = await FlatFile.open(${JSON.stringify(path)});
      const found = await file.known({ rpps: '10003751993', structure: '', name: '' });
      console.log(JSON.stringify({ lines: file.lines, found: found.mailboxes.map((one) => one.address), rss: Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024 }));
      await file.close();`;
    const { lines, found, rss } = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })) as { lines: number; found: string[]; rss: number };
    expect([lines, found]).toEqual([536_000, ['prenom.nomdefamille535999@medecin.mssante.test']]);
    expect(rss).toBeLessThan(150);
  }, 60_000);
});

whenShared('the flat file’s published form', () => {
  test('is read', async () => {
    await using(shared('examples/mss/extraction-correspondance-mssante.sample.txt') ?? '', async (file) => {
      expect(file.lines).toBe(3);
      expect((await file.known({ rpps: '99900000002', structure: '', name: '' })).mailboxes).toEqual([{
        address: 'marie.testmartin@chu-test.mssante.test', type: 'PER', rank: null, digitization: false, service: 'CARDIOLOGIE', description: '', rpps: '99900000002', structure: '140000999' }]);
      expect(await addresses(file, '', '140000999')).toEqual(['PER marie.testmartin@chu-test.mssante.test', 'ORG secretariat.cardio@chu-test.mssante.test']);
    });
  });
});
