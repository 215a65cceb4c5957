import { readFileSync } from 'node:fs';

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
