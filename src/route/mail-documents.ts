import type { CdaHeader } from '../formats/cda/header.ts';
import { finding, type Finding } from '../domain/finding.ts';
import { isInsOid } from '../domain/identity.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { DocumentEntry } from '../formats/xds/document-entry.ts';
import { documentEntry } from '../formats/xds/entry.ts';
import { part } from '../formats/xds/hl7-texts.ts';
import type { Flags } from '../normalize/volet/order.ts';
import type { DocumentRules } from './document-rules.ts';

const pdf = 'application/pdf';

/** A CDA as the mail connector needs it (connectors/mssante/content.ts). */
export interface MailedDocument { readonly name: string; readonly entry: DocumentEntry; readonly label: string; readonly actDate: string; readonly pdf: boolean; readonly traits: boolean }

/** Family and given names as the INS knows them (birth name, first given name of birth), and yyyy-mm-dd. */
export function mailedPatient({ patient }: CdaHeader): { family: string; given: string; birthDate: string } {
  const { name, birthTime } = patient;
  return { family: part(name.family, 'BR'), given: part(name.given, 'BR'), birthDate: /^\d{4}-\d{2}-\d{2}/.exec(birthTime.iso)?.[0] ?? '' };
}

/** Day of the act as written: that of the first service event, else of the document. */
const actDate = ({ serviceEvents, effectiveTime }: CdaHeader): string =>
  [...serviceEvents.map(({ low }) => low.raw), effectiveTime.raw].map((raw) => /^\d{8}/.exec(raw)?.[0] ?? '').find((day) => day !== '') ?? '';

const holdsPdf = ({ level, nonXmlMediaType, embedded }: CdaHeader): boolean => (level === 'N1' ? nonXmlMediaType === pdf : embedded.includes(pdf));

/** The four traits and a matricule (Référentiel socle MSSanté #2, ECO.2.4.2). */
function traits(header: CdaHeader): boolean {
  const { ids, gender } = header.patient;
  const { family, given, birthDate } = mailedPatient(header);
  return ids.some(({ root, extension }) => isInsOid(root) && extension !== '') && family !== '' && given !== '' && birthDate !== '' && (gender.code === 'M' || gender.code === 'F');
}

/** The documents of a mail, and which of them nobody could read without a software. */
export function mailedDocuments(documents: readonly (ReadDocument & { header: CdaHeader })[], flags: Flags, { tables, maskedAndInvisible }: Pick<DocumentRules, 'tables' | 'maskedAndInvisible'>): { documents: readonly MailedDocument[]; findings: readonly Finding[] } {
  return {
    documents: documents.map(({ name, header, sha1, size }) => ({
      name, entry: documentEntry(header, { sha1, size, flags, tables, maskedAndInvisible }).entry, label: header.code.display === '' ? header.title : header.code.display,
      actDate: actDate(header), pdf: holdsPdf(header), traits: traits(header),
    })),
    findings: documents.filter(({ header }) => !holdsPdf(header)).map(({ place }) => finding('mss.pdf-missing', place, place)),
  };
}
