import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

// What may be in the sealed journal and in what is sent, and nowhere else: not in a log, a trace, a metric, a page, nor a file left behind.

/** Secrets of the configurations of the tests, written into the files that their settings name. */
export const secrets = { homologation: 'HOMOLOGATION-SECRETE-42', passphrase: 'mot de passe secret', directoryKey: 'CLE-ANNUAIRE-SECRETE-42' } as const;

const fixtures = new URL('../fixtures/', import.meta.url).pathname;
const texts = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?:hl7v2|cda|dmp)\/.*\.(?:hl7|xml)$/.test(name)).map((name) => readFileSync(join(fixtures, name), 'utf8'));
const matches = (pattern: RegExp, all = texts): string[] => all.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found));
const bases = texts.filter((text) => text.includes('<ClinicalDocument'));

/** Full INS of the fixtures' patients and of those the load makes (test/bench/message.ts). */
export const matricules: readonly string[] = [...new Set([...matches(/\b([1-8]\d{14})\^+[^|~\r\n]*INS/g), ...matches(/root="1\.2\.250\.1\.213\.1\.4\.\d+" extension="(\w+)"/g)])];
/** Birth and used names of the fixtures' patients; of those that are no word of another kind. */
export const names: readonly string[] = [...new Set([...matches(/^PID\|(?:[^|\r\n]*\|){4}([^|^\r\n]*)/gm), ...matches(/<family[^>]*>([^<]*)<\/family>/g, matches(/<patient>([\s\S]*?)<\/patient>/g))])].filter((name) => /^[A-Z-]{5,}$/.test(name));
/** A sentence of each document's body, and what its bytes and those of the file inside it start with in base64. */
export const marks: readonly string[] = [...new Set([
  ...bases.flatMap((text) => matches(/<(?:td|paragraph|content|item)[^>]*>([^<]{24,80})</g, [text]).slice(0, 3)),
  ...matches(/representation="B64"[^>]*>\s*([A-Za-z0-9+/]{32})/g), 'PD94bWwgdmVyc2lvbj0i', 'PENsaW5pY2FsRG9jdW1lbnQ',
])];

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['a full INS', new RegExp([...matricules, String.raw`2790351\d{8}`].join('|'), 'g')],
  ['a patient’s name', new RegExp(String.raw`\b(?:${[...names, String.raw`ESSAI\d+`].join('|')})\b`, 'g')],
  ['a document’s content', new RegExp(marks.map(bytesOf).map(literal).join('|'), 'g')],
  ['a secret', new RegExp([...Object.values(secrets).map(bytesOf).map(literal), 'PRIVATE KEY'].join('|'), 'g')],
];

/** Kind and offset of all that is told where it must not be; never the value. */
export function canariesIn(bytes: Uint8Array | string): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  return kinds.flatMap(([kind, pattern]) => [...text.matchAll(pattern)].slice(0, 3).map(({ index }) => `${kind} at ${String(index)}`));
}

/**
 * Every file of a test's folder: the logs and what else the gateway said, its data (sealed), temporary files.
 * @param kept paths in the folder of what is the test's own or the intake's input; the key ring and files of secrets too
 * @returns file, kind and offset of each find
 */
export function toldIn(folder: string, kept: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).flatMap((one) => {
    const path = join(one.parentPath, one.name);
    const name = relative(folder, path);
    return kept.some((own) => name === own || name.startsWith(`${own}/`)) ? [] : canariesIn(readFileSync(path)).map((what) => `${name}: ${what}`);
  });
}

/** The same. @throws when there is any */
export function noCanary(folder: string, kept: readonly string[]): void {
  const found = toldIn(folder, kept);
  if (found.length > 0) throw new Error(`told outside the journal:\n${found.join('\n')}`);
}
