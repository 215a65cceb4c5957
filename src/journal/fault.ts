import { catalogue } from '../domain/catalogue.ts';
import type { journalFaults } from '../domain/faults/journal.ts';
import { JournalFault } from './journal.ts';

export type JournalCode = keyof typeof journalFaults;

/** A JournalFault with its text and advice from the catalogue. `about` fills `{0}` and is a number, a place or a system code. */
export function journalFault(code: JournalCode, about = '', options?: ErrorOptions): JournalFault {
  const { text, advice } = catalogue[code];
  return new JournalFault(code, `${text.fr.replace('{0}', about)} ${advice.fr}`, options, [about]);
}
