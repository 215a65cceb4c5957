import type { Submission } from '../xds/submission.ts';

/** Where the first subset of an XDM medium stands (IHE ITI TF-2 §3.32.4.1.2.2). */
export const subset = 'IHE_XDM/SUBSET01';

const extensions: Readonly<Record<string, string>> = {
  'text/xml': 'XML', 'application/xml': 'XML', 'application/xslt+xml': 'XML', 'application/pdf': 'PDF', 'text/plain': 'TXT', 'image/jpeg': 'JPG', 'image/png': 'PNG', 'image/tiff': 'TIF', 'application/dicom': 'DCM',
};

/** ISO 9660 level 1: eight characters, a dot, three; `DOC00001.XML`. */
export const documentName = (index: number, mimeType: string): string => `DOC${String(index + 1).padStart(5, '0')}.${extensions[mimeType] ?? 'DAT'}`;

/** The lot with each document's file name in its slot URI. */
export function named(submission: Submission, mimeTypes: ReadonlyMap<string, string>): Submission {
  return { ...submission, documents: submission.documents.map((one, i) => ({ ...one, documentName: documentName(i, mimeTypes.get(one.id) ?? one.entry.mimeType) })) };
}
