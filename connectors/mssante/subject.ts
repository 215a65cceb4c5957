import type { MailContent } from './content.ts';
import { birthName, cut, oneLine, unaccented } from './words.ts';

const labelMost = 40;

/** JJ/MM/AAAA of yyyy-mm-dd; '' when the day is not known. */
function french(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  return parts === null ? '' : `${parts[3] ?? ''}/${parts[2] ?? ''}/${parts[1] ?? ''}`;
}

/**
 * `XDM/1.0/DDM+<libellé> <NOM> <prénom> <JJ/MM/AAAA>` (ECO.2.1.3): the label of the one CDA, at most 40 characters, or
 * `N documents`. What replaces an earlier mail says so before (AMBU.MSS/va1.02).
 */
export function subjectOf({ action, documents, patient }: Pick<MailContent, 'action' | 'documents' | 'patient'>): string {
  const [only] = documents;
  const label = documents.length === 1 && only !== undefined ? cut(oneLine(only.label), labelMost) : `${String(documents.length)} documents`;
  const words = [label, birthName(patient.family), unaccented(patient.given), french(patient.birthDate)].filter((word) => word !== '');
  return `${action === 'replace' ? '[Annule et remplace] ' : ''}XDM/1.0/DDM+${words.join(' ')}`;
}
