import { shownFinding } from '../compose/judged.ts';
import { catalogue } from '../domain/catalogue.ts';
import { say, type Finding, type Language } from '../domain/finding.ts';

/** How a command prints: NDJSON for machines, words for people. */
export interface Output {
  readonly json: boolean;
  readonly language: Language;
  /** One object on one line. Machines only. */
  record(value: unknown): void;
  /** A line for people, or several; every other control character is escaped. */
  line(text: string): void;
  /** A choice of words by the reader's language. */
  words(fr: string, en: string): string;
}

const escaped = (text: string, controls: RegExp): string => text.replace(controls, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
/** A value as one line of a terminal: a control character in it (ECMA-48 C0, DEL, C1) could hide, forge or run something there. */
export const plain = (text: string): string => escaped(text, /[\u0000-\u001f\u007f-\u009f]/g);

export function createOutput(options: { json?: boolean | undefined; lang?: string | undefined }): Output {
  const language: Language = options.lang === 'en' ? 'en' : 'fr';
  const json = options.json === true;
  const write = (text: string) => { process.stdout.write(`${text}\n`); };
  return {
    json, language,
    record: (value) => { if (json) write(JSON.stringify(value)); },
    line: (text) => { if (!json) write(escaped(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g)); },
    words: (fr, en) => (language === 'fr' ? fr : en),
  };
}

const marks = { error: '✗', warning: '!', information: 'i' } as const;

/** A finding for people: what, where, why, what to do. */
export function findingLines(found: Finding, output: Output): string[] {
  const { text, advice } = say(found, output.language);
  const entry = catalogue[found.code];
  return [
    `  ${marks[found.severity]} ${found.location === '' ? '' : `${found.location} : `}${text}`,
    ...(found.severity === 'information' ? [] : [`      → ${advice}`]),
    ...(entry.spec === '' || found.severity === 'information' ? [] : [`      ${entry.spec} [${found.code}]`]),
  ];
}

/** A finding in the reader's language. */
export const findingRecord = (found: Finding, output: Output): ReturnType<typeof shownFinding> => shownFinding(found, output.language);

/** What went wrong with the command itself: one clear paragraph on standard error, and the exit code. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault';
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) { super(message); this.exitCode = exitCode; }
}
