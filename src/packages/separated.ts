import { basename } from 'node:path';
import type { CodeList } from './code-list.ts';
import { PackageFault } from './fault.ts';

export const isSeparated = (place: string): boolean => /\.(?:csv|tsv|tabs)$/i.test(place);

/** Headings by which such files name their columns, lower case and without accents. */
const headings = {
  code: ['code', 'code concept', 'conceptcode', 'identifiant'],
  display: ['libelle', 'display', 'displayname', 'libelle long', 'libelle adapte', 'designation'],
  system: ['oid', 'codesystem', 'systeme', 'system', 'oid terminologie', 'oid du systeme de codage'],
} as const;
const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').trim().toLowerCase();

/**
 * A list as text, one code a line under a line of headings, separated by `;`, `,` or tabulations (the CSV and `.tabs`
 * forms of the NOS). The list is named by its file: `JDV_J46-TypeEvenementNotification-CISIS.csv`. Throws PackageFault.
 */
export function readSeparated(text: string, place: string): CodeList {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const start = lines.findIndex((line) => columnsOf(line) !== undefined);
  const columns = start < 0 ? undefined : columnsOf(lines[start] ?? '');
  const file = basename(place).replace(/\.\w+$/, '');
  if (columns === undefined) throw new PackageFault('no line of headings names a code column', place, `name the columns, for example: ${headings.code[0]};${headings.display[0]};${headings.system[0]}`);
  if (!/^(?:JDV|TRE|ASS)_[RJAX]\d+/i.test(file)) throw new PackageFault('the file’s name is no name of a NOS list', place, 'name it as the NOS does: JDV_J46-TypeEvenementNotification-CISIS.csv');
  const concepts = lines.slice(start + 1).flatMap((line) => {
    const cells = split(line, columns.separator);
    const of = (index: number): string => (cells[index] ?? '').trim();
    return of(columns.code) === '' ? [] : [{ code: of(columns.code), display: of(columns.display), system: of(columns.system) }];
  });
  if (concepts.length === 0) throw new PackageFault('the terminology holds no code', place, 'check its separator and its headings');
  return { file, oid: '', version: '', concepts };
}

interface Columns { readonly separator: string; readonly code: number; readonly display: number; readonly system: number }

function columnsOf(line: string): Columns | undefined {
  for (const separator of ['\t', ';', ',']) {
    const cells = split(line, separator).map(plain);
    const find = (names: readonly string[]): number => cells.findIndex((cell) => names.includes(cell));
    const code = find(headings.code);
    if (code >= 0 && cells.length > 1) return { separator, code, display: find(headings.display), system: find(headings.system) };
  }
  return undefined;
}

/** Cells of a line, quotes doubled inside quotes (RFC 4180), no cell over several lines. */
function split(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (quoted && character === '"' && line.charAt(i + 1) === '"') { cell += '"'; i += 1; }
    else if (character === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (character === separator && !quoted) { cells.push(cell); cell = ''; }
    else cell += character;
  }
  return [...cells, cell];
}
