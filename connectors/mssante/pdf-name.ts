import type { MailDocument } from './content.ts';
import { birthName, cut, oneLine, unaccented } from './words.ts';

/** What a file system may refuse, and `_`, which separates the fields. */
const field = (text: string, most: number): string => cut(oneLine(oneLine(text).replace(/[_/\\:*?"<>|]+/gu, ' ')), most);

/**
 * `<date de l'acte>_<type document>_<NOM>_<prénom>.pdf` (ECO.2.1.6); accents of the type stay. Several copies of one mail
 * under one name are told apart by a number, where the file number would stand.
 */
export function pdfNames(documents: readonly Pick<MailDocument, 'actDate' | 'label'>[], patient: { readonly family: string; readonly given: string }): string[] {
  const seen = new Map<string, number>();
  return documents.map(({ actDate, label }) => {
    const name = [actDate, field(label, 100), field(birthName(patient.family), 80), field(unaccented(patient.given), 80)].filter((part) => part !== '').join('_');
    const rank = (seen.get(name) ?? 0) + 1;
    seen.set(name, rank);
    return `${name}${rank === 1 ? '' : `_${String(rank)}`}.pdf`;
  });
}
