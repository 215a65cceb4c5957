import { readFileSync } from 'node:fs';
import { splitMessages } from '../formats/hl7v2/split.ts';

/** A file given on the command line: its bytes, or why it cannot be read. A bad file never stops the others. */
export type Input = { readonly file: string; readonly bytes: Uint8Array } | { readonly file: string; readonly problem: string };

const reasons: Readonly<Record<string, { fr: string; en: string }>> = {
  ENOENT: { fr: 'fichier introuvable', en: 'no such file' },
  EISDIR: { fr: 'c’est un dossier', en: 'it is a folder' },
  EACCES: { fr: 'lecture interdite', en: 'reading is not permitted' },
};

export function readInput(file: string, words: (fr: string, en: string) => string): Input {
  try {
    return { file, bytes: readFileSync(file) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    const reason = reasons[code];
    return { file, problem: reason === undefined ? code : words(reason.fr, reason.en) };
  }
}

/** The messages of a file; a file that holds none is one unreadable message, so that each input gives an answer. */
export function messagesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const found = splitMessages(bytes);
  return found.length === 0 ? [bytes] : found;
}

/** A mail, by the name that mail programs and mailboxes give it. */
export const isMailFile = (file: string): boolean => /\.eml$/i.test(file);

/** One object per input file (design.md §6): the first message's, with the file's other messages under `more`. */
export function oneLine(records: readonly object[]): object {
  const [first, ...more] = records;
  return { ...first, ...(more.length > 0 ? { more } : {}) };
}

/** The object of a file that cannot be read, in the shape of the command's own. */
export const unreadable = (input: { file: string; problem: string }, rest: object): object => ({
  file: input.file, format: 'unknown', messageType: '', ...rest, findings: [{ severity: 'error', code: 'file.unreadable', location: input.file, text: input.problem, spec: '' }], loss: [],
});
